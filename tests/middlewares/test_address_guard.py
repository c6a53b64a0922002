import pytest
from scrapy.http import Request

from newscrawler.exceptions import Refused
from newscrawler.middlewares.address_guard import (
    AddressGuardMiddleware,
    PrivateAddresses,
    private_origins,
)


def test_what_the_user_named_is_opened_at_that_port_only():
    private = PrivateAddresses(private_origins(["http://127.0.0.1:8000/news"]))
    assert private.opens_origin("127.0.0.1", 8000)
    assert not private.opens_origin("127.0.0.1", 9200)
    assert private.opens_host("127.0.0.1")
    assert not private.opens_host("127.0.0.2")


def test_naming_a_public_host_opens_nothing():
    assert private_origins(["https://www.example.org/", "http://93.184.216.34/"]) == []
    assert private_origins(["http://localhost:81/", "http://[::1]/"]) == ["localhost:81", "[::1]:80"]


def test_a_network_can_be_opened():
    private = PrivateAddresses(["10.1.0.0/16"])
    assert private.opens_address("10.1.2.3")
    assert not private.opens_address("10.2.0.1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9200/", "ftp://127.0.0.1/", "file:///etc/passwd"])
def test_the_guard_refuses(url):
    guard = AddressGuardMiddleware(PrivateAddresses(["127.0.0.1:8000"]))
    with pytest.raises(Refused) as caught:
        guard.process_request(Request(url))
    assert caught.value.outcome == "refused-address"


def test_the_guard_lets_the_named_origin_and_public_hosts_through():
    guard = AddressGuardMiddleware(PrivateAddresses(["127.0.0.1:8000"]))
    assert guard.process_request(Request("http://127.0.0.1:8000/x")) is None
    assert guard.process_request(Request("https://www.example.org/x")) is None
