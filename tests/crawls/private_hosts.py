"""Hosts of this machine and its networks in every notation, a trap that they lead to, and a program that asks them.

python -m tests.crawls.private_hosts PORT
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from twisted.python.failure import Failure

from newscrawler import settings

_LOOPBACK = ("127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "0.0.0.0")
_NETWORKS = (
    "10.0.0.1", "100.64.0.1", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.168.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
_IPV6 = (
    "::1", "::", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "0::1", "::ffff:127.0.0.1",
    "::ffff:7f00:1", "::FFFF:127.0.0.1", "0:0:0:0:0:ffff:127.0.0.1", "::127.0.0.1", "::7f00:1", "64:ff9b::7f00:1",
    "64:ff9b::127.0.0.1", "2002:7f00:1::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:0:7f00:1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::1%lo", "fec0::1",
)  # fmt: skip
_NAMES = (
    "localhost", "LOCALHOST", "LocalHost", "localhost.", "localhost.localdomain", "localhost6", "ip6-localhost",
    "ip6-loopback", "a.localhost", "www.localhost", "ⓛocalhost", "ｌｏｃａｌｈｏｓｔ", "localhost%2e", "loc%61lhost",
    "metadata.google.internal", "metadata", "instance-data", "host.docker.internal", "gateway.docker.internal",
    "kubernetes.default.svc", "router.lan", "nas.local", "printer", "127.0.0.1.", "127.0.0.1%2f", "127。0。0。1",
    "１２７.0.0.1", "①②⑦.⓪.⓪.①", "127%2e0%2e0%2e1", "example.org@127.0.0.1", "example.org:80@127.0.0.1",
    "example.org%40127.0.0.1", "127.0.0.1%00.example.org", "127.0.0.1\\.example.org", "localhost\t", " 127.0.0.1",
)  # fmt: skip


def _notations(address: str) -> list[str]:
    """An IPv4 address as inet_aton(3) and browsers read it."""
    a, b, c, d = map(int, address.split("."))
    whole = int.from_bytes(bytes((a, b, c, d)))
    return [
        address, str(whole), hex(whole), f"{whole:#X}", f"{whole:#o}".replace("0o", "0"), f"0x{whole:016x}",
        f"{a:#o}.{b:#o}.{c:#o}.{d:#o}".replace("0o", "0"), f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0x{a:02x}.{b}.{c}.{d}",
        f"{a}.{b * 65536 + c * 256 + d}", f"{a}.{b}.{c * 256 + d}", f"0{a:03o}.{b}.{c}.{d}", f"{a}.{b}.0x{c:x}.0{d:o}",
        f"000000{a:o}.{b}.{c}.{d}", f"0x{a:x}.{b * 65536 + c * 256 + d}",
    ]  # fmt: skip


def hosts() -> list[str]:
    """At least 200, each once."""
    found = [one for address in (*_LOOPBACK, *_NETWORKS) for one in _notations(address)]
    found += [f"[{address}]" for address in _IPV6]
    found += [*_NAMES, socket.gethostname(), f"{socket.gethostname()}."]
    return list(dict.fromkeys(found))


class Trap:
    """Listens on every address of this machine; `caught` has the first bytes of each connection."""

    def __init__(self) -> None:
        self.caught: list[bytes] = []
        family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET
        self._socket = socket.create_server(
            ("", 0), family=family, dualstack_ipv6=family == socket.AF_INET6, backlog=500
        )
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._catch, daemon=True)
        self._thread.start()

    def __enter__(self) -> Trap:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _catch(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                self.caught.append(connection.recv(200))


class _Bare(Spider):
    """Asks every host by the guards alone: no scope, no frontier stands before them."""

    name = "bare"
    port: str

    async def start(self) -> AsyncIterator[Any]:
        for number, host in enumerate(hosts()):
            try:
                request = Request(
                    f"http://{host}:{self.port}/{number}", self.came, errback=self.failed, dont_filter=True
                )
            except ValueError:
                print("failed")
            else:
                yield request

    def came(self, response: Any) -> None:
        print("came", response.url)

    def failed(self, failure: Failure) -> None:
        print("failed")


if __name__ == "__main__":
    process = CrawlerProcess({
        "LOG_LEVEL": "CRITICAL",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "RETRY_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_TIMEOUT": 5,
        "CONCURRENT_REQUESTS": 50,
        "DOWNLOAD_HANDLERS": settings.DOWNLOAD_HANDLERS,
        "TWISTED_DNS_RESOLVER": settings.TWISTED_DNS_RESOLVER,
        "DOWNLOADER_MIDDLEWARES": {"newscrawler.middlewares.address_guard.AddressGuardMiddleware": 40},
    })  # fmt: skip
    process.crawl(_Bare, port=sys.argv[1])
    process.start()
