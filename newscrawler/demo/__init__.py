"""A small news site of our own, invented, served on loopback, so that everything can be tried offline."""

from newscrawler.demo.server import DemoServer, serve
from newscrawler.demo.site import BASE, HOST
from newscrawler.demo.truth import Truth, truth

__all__ = ["BASE", "HOST", "DemoServer", "Truth", "serve", "truth"]
