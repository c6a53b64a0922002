"""Networks that are not the public internet, by IANA's special-purpose address registries (RFC 6890 and later).

A list of our own: `ipaddress.is_global` differs from one Python to the next, and calls some of them public.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# https://www.iana.org/assignments/iana-ipv4-special-registry, without the three that are globally reachable.
_IPV4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network, RFC 791
            "10.0.0.0/8",  # private use, RFC 1918
            "100.64.0.0/10",  # shared by providers, RFC 6598
            "127.0.0.0/8",  # loopback, RFC 1122
            "168.63.129.16/32",  # a cloud's own services, public by its number alone
            "169.254.0.0/16",  # link-local and metadata services, RFC 3927
            "172.16.0.0/12",  # private use, RFC 1918
            "192.0.0.0/24",  # protocol assignments, RFC 6890
            "192.0.2.0/24",  # documentation, RFC 5737
            "192.88.99.0/24",  # relays of 6to4, RFC 7526
            "192.168.0.0/16",  # private use, RFC 1918
            "198.18.0.0/15",  # benchmarks of devices, RFC 2544
            "198.51.100.0/24",  # documentation, RFC 5737
            "203.0.113.0/24",  # documentation, RFC 5737
            "224.0.0.0/4",  # multicast, RFC 5771
            "240.0.0.0/4",  # reserved, and broadcast, RFC 1112
        ),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")  # RFC 4291: all that is public; the rest is special or unassigned
# https://www.iana.org/assignments/iana-ipv6-special-registry, what is inside the global unicast addresses.
_IPV6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments, Teredo among them, RFC 2928
            "2001:db8::/32",  # documentation, RFC 3849
            "2002::/16",  # 6to4, given up by RFC 7526
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """True when `address` is an IP address of the public internet; IPv4 inside IPv6 counts as what it stands for.

    Raises ValueError for what is no IP address.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        elif parsed in _NAT64:
            parsed = IPv4Address(int(parsed) & 0xFFFFFFFF)
        else:
            return parsed in _GLOBAL_UNICAST and not any(parsed in network for network in _IPV6)
    return not any(parsed in network for network in _IPV4)
