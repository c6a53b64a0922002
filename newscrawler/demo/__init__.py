"""A small news site of our own, invented, served on loopback, so that everything can be tried offline."""

from newscrawler.demo.script_site import SCRIPT_BASE, SCRIPT_HOST
from newscrawler.demo.server import DemoServer, serve
from newscrawler.demo.truth import Truth, script_truth, truth
from newscrawler.demo.website import BASE, HOST

HOSTS = (HOST, SCRIPT_HOST)  # of the two editions

__all__ = [
    "BASE",
    "HOST",
    "HOSTS",
    "SCRIPT_BASE",
    "SCRIPT_HOST",
    "DemoServer",
    "Truth",
    "script_truth",
    "serve",
    "truth",
]
