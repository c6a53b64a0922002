"""Crawls by an HTTP proxy on a private address; passwords in addresses stay out of all that is written."""

from __future__ import annotations

from base64 import b64encode

import pytest

from tests.crawls.running import crawl
from tests.crawls.small_site import listing_page, story_page
from tests.crawls.tls_site import Proxy, certificate, over_tls
from tests.crawls.wire_site import WireSite, answer

FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "RETRY_TIMES": 0, "ROBOTSTXT_RETRY_WAIT": 0.05}
TITLES = [f"The {word} of the harbour is open again" for word in ("gate", "bridge", "market", "mill")]
STORIES = {f"/news/{n}/{title.lower().replace(' ', '-')}": title for n, title in enumerate(TITLES, 101)}
INSIDE = ["http://127.0.0.1:9200/a", "http://2130706433/b", "http://[::1]/c", "http://localhost/d"]
INSIDE += ["http://printer/e", "http://metadata.google.internal/f", "http://nas.local/g", "http://10.1.2.3/h"]


def site_of(host, tls=None):
    moved = {
        f"/moved/{n}": answer("", f"Location: {url}", status="302 Found") for n, url in enumerate(INSIDE)
    }
    links = [*STORIES.items(), *((path, f"A page that has moved to {path}") for path in moved)]
    pages = {path: story_page(title) for path, title in STORIES.items()}
    return WireSite(
        {"/": listing_page(links), "/robots.txt": f"Sitemap: {INSIDE[5]}\n", **pages, **moved}, tls
    )


def written_in(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_crawl_goes_by_a_proxy_that_wants_a_login(tmp_path, monkeypatch, scheme):
    tls, settings = None, dict(FAST)
    if scheme == "https":
        file = certificate(tmp_path, "harbour.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        tls = over_tls(file)
    login = "Basic " + b64encode(b"ann:s3cr/et").decode()
    with site_of("harbour.example", tls) as site, Proxy(int(site.url.rpartition(":")[2]), login) as proxy:
        address = f"http://ann:s3cr%2Fet@127.0.0.1:{proxy.port}"
        if scheme == "http":
            monkeypatch.setenv("http_proxy", address)
        else:
            settings["PROXY"] = address
        monkeypatch.setenv("no_proxy", "")
        done = crawl(
            tmp_path / "o", "-a", f"url={scheme}://harbour.example/", "-L", "DEBUG", settings=settings
        )
    assert (done.code, len(done.stories)) == (0, 4), done.told()
    hosts = {url.removeprefix("http://").partition("/")[0] for url, _ in proxy.asked}
    assert hosts == {"harbour.example" if scheme == "http" else "harbour.example:443"}
    assert b"s3cr" not in written_in(tmp_path / "o") + done.stderr.encode() + done.stdout.encode()


def test_a_login_in_a_start_address_is_sent_and_written_nowhere(tmp_path):
    def gated(page):
        wanted = "Basic " + b64encode(b"ann:s3cret").decode()
        return lambda headers: (
            page if headers.get("authorization") == wanted else answer("no", status="401 Unauthorized")
        )

    site = site_of("127.0.0.1")
    site.pages = {path: gated(page) for path, page in site.pages.items()}
    with site:
        url = site.url.replace("//", "//ann:s3cret@")
        done = crawl(tmp_path, "-a", f"url={url}/", "-L", "DEBUG", settings=FAST)
    assert (done.code, len(done.stories)) == (0, 4), done.told()
    assert b"s3cret" not in written_in(tmp_path) + done.stderr.encode() + done.stdout.encode()


@pytest.mark.parametrize(
    ("proxy", "reason"),
    [("socks5://u:s3cret@127.0.0.1:1", "a socks5 proxy"), ("http://u:s3cret@:x", "is no proxy")],
)
def test_what_is_no_http_proxy_is_a_wrong_argument(tmp_path, proxy, reason):
    done = crawl(tmp_path, "-a", "url=http://harbour.example/", settings={"PROXY": proxy})
    assert done.code == 2
    assert reason in done.stderr
    assert "s3cret" not in done.stderr


def test_a_proxy_that_is_down_is_named(tmp_path):
    done = crawl(
        tmp_path, "-a", "url=http://harbour.example/", settings={**FAST, "PROXY": "u:s3cret@127.0.0.1:9"}
    )
    assert done.code == 3
    assert "the proxy http://127.0.0.1:9 refuses connections" in done.stderr
    assert "s3cret" not in done.stderr


def test_a_bad_certificate_ends_the_run_with_its_reason(tmp_path):
    with site_of("127.0.0.1", over_tls(certificate(tmp_path, "127.0.0.1"))) as site:
        done = crawl(tmp_path / "o", "-a", f"url={site.url}/", settings=FAST)
        unchecked = crawl(
            tmp_path / "o",
            "-a",
            f"url={site.url}/",
            settings={**FAST, "DOWNLOAD_VERIFY_CERTIFICATES": 0, "PRIVATE_ADDRESSES": "10.1.2.3"},
        )
    assert done.code == 3
    assert "the certificate of 127.0.0.1 is self-signed" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr + unchecked.stderr
    assert len(unchecked.stories) == 4, unchecked.told()
    assert unchecked.stderr.count("certificates are not checked") == 1
