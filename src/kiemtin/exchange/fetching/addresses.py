"""Which addresses of the network may be asked: only those of the public Internet.

An allow list, not a list of what is forbidden: IPv4 that the registries call global, and IPv6 global unicast
(2000::/3) without its special blocks. What wraps one address into another (IPv4-mapped, NAT64, 6to4, Teredo) is refused
whole, since the gateway that unwraps it decides where it leads.

See RFC 6890 and the IANA special-purpose address registries.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT (and a metadata service, 100.100.100.200)
            "127.0.0.0/8",
            "168.63.129.16/32",  # a cloud's own service for its machines, at a public address
            "169.254.0.0/16",  # link-local, metadata services
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",
        ),
    )
)


def is_public(address: str) -> bool:
    """Return whether a numeric address belongs to the public Internet; False for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_6(found) if isinstance(found, IPv6Address) else _is_public_4(found)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id or address not in _GLOBAL_6:
        return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC_6)
