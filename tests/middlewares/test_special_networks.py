from ipaddress import ip_network

import pytest

from newscrawler.middlewares.special_networks import is_public

# IANA's registries of special-purpose addresses, as of 2025, and what no registry has.
# fmt: off
NETWORKS = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.170/31", "192.0.2.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128", "::1/128", "::ffff:0:0/104", "::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23",
    "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20",
    "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)
# fmt: on


@pytest.mark.parametrize("network", NETWORKS)
def test_a_special_network_is_not_public(network: str) -> None:
    addresses = ip_network(network)
    for address in (addresses[0], addresses[-1], addresses[addresses.num_addresses // 2]):
        assert not is_public(str(address)), address


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254",
        "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_ipv4_inside_ipv6_is_as_private_as_outside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34", "1.1.1.1", "172.32.0.1", "172.15.255.255", "192.0.1.1", "198.20.0.1", "100.128.0.1",
        "223.255.255.255", "2606:2800:220:1::1", "2001:4860:4860::8888", "2a00::1", "64:ff9b::1.1.1.1",
        "::ffff:1.1.1.1",
    ],
)  # fmt: skip
def test_addresses_beside_them_are_public(address: str) -> None:
    assert is_public(address)
