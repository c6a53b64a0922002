"""A worker's numbers for Prometheus, at `/metrics`."""

from __future__ import annotations

from newscrawler.fleet.exceptions import FleetError
from newscrawler.fleet.fleet_result import pages
from newscrawler.fleet.site_crawl import SiteCrawl


class WorkerMetrics:
    """Counters and gauges of one worker; names follow prometheus.io/docs/practices/naming."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        """Serve them at this port. Raises FleetError when that is taken, or the client library is missing."""
        try:
            from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
        except ImportError:
            raise FleetError(
                "--metrics needs prometheus-client: pip install -r requirements-fleet.txt"
            ) from None
        registry = CollectorRegistry()
        self._running = Gauge("newscrawler_crawls_running", "Crawls under way", registry=registry)
        self._crawls = Counter(
            "newscrawler_crawls", "Crawls that ended, by exit code", ["exit_code"], registry=registry
        )
        self._stories = Counter("newscrawler_stories", "Stories delivered", registry=registry)
        self._pages = Counter("newscrawler_pages", "Pages read", registry=registry)
        self._seconds = Histogram(
            "newscrawler_crawl_seconds",
            "Duration of crawls",
            registry=registry,
            buckets=(5, 15, 60, 300, 900, 3600, 14400),
        )
        try:
            start_http_server(port, host, registry)
        except OSError as error:
            raise FleetError(f"--metrics {port}: {error.strerror or error}") from None

    def begin(self) -> None:
        """Count a crawl that begins."""
        self._running.inc()

    def end(self, crawl: SiteCrawl) -> None:
        """Count a crawl that has ended."""
        self._running.dec()
        self._crawls.labels(str(crawl.exit_code)).inc()
        self._stories.inc(crawl.stories)
        self._pages.inc(pages(crawl))
        self._seconds.observe(crawl.seconds)
