"""Hosts, networks, endpoints and ports (RFC 1123 names, RFC 4291 and RFC 4632 addresses)."""

import ipaddress
import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.taskforce.notations import Malformed
from bot.taskforce.notations.entries import refuse_repeats, split_outside_parentheses

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

HOST_ALLOWED = "a host name, FQDN, IP address or CIDR"
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)", re.ASCII)
_PREFIX = re.compile(r"0|[1-9][0-9]{0,2}", re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_PORTS = re.compile(
    r"(?P<first>[0-9]{1,6})(?:-(?P<last>[0-9]{1,6}))?/(?P<protocol>tcp|udp)", re.ASCII | re.IGNORECASE
)
_ANNOTATED = re.compile(r"(?P<address>[^()]*?)\s*\((?P<note>[^()]*)\)", re.DOTALL)
LONGEST_NAME = 253
LONGEST_NOTE = 80
LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Host:
    """One end of a connection: a name in lower case, or an address or network."""

    name: str | None = None
    network: Network | None = None

    @property
    def text(self) -> str:
        """The host in one spelling, for comparing."""
        return self.name if self.name is not None else str(self.network)


@dataclass(frozen=True, slots=True)
class PortRange:
    """Ports ``first`` to ``last`` (the same for one port) of ``tcp`` or ``udp``."""

    first: int
    last: int
    protocol: str


def parse_hosts(text: str) -> tuple[Host, ...]:
    """The hosts of a list; each may be followed by a note in parentheses. Raises ``Malformed``."""
    hosts: list[Host] = []
    for number, entry in enumerate(split_outside_parentheses(text), start=1):
        address = _without_note(entry, number)
        try:
            hosts.append(parse_host(address, networks=True))
        except Malformed as fault:
            raise Malformed(f"Entry {number}: {fault}") from fault
    refuse_repeats(host.text for host in hosts)
    return tuple(hosts)


def parse_endpoint(text: str) -> tuple[Host, int]:
    """Host and port of ``host:port``; an IPv6 address stands in brackets. Raises ``Malformed``."""
    host, colon, port = text.rpartition(":")
    if not colon or not _PORT.fullmatch(port) or int(port) > LAST_PORT:
        raise Malformed("Give host:port, with a port from 1 to 65535, such as mllp1.core.example:2575.")
    if host.startswith("[") and host.endswith("]"):
        found = parse_host(host[1:-1], networks=False)
        if not isinstance(found.network, ipaddress.IPv6Network):
            raise Malformed("Only an IPv6 address stands in brackets.")
        return found, int(port)
    if ":" in host:
        raise Malformed("An IPv6 address stands in brackets: [2001:db8::17]:2575.")
    return parse_host(host, networks=False), int(port)


def parse_ports(text: str) -> tuple[PortRange, ...]:
    """The ports of a list such as ``53/udp, 11112/tcp, 49152-65535/tcp``. Raises ``Malformed``."""
    entries = split_outside_parentheses(text)
    ports = tuple(_port_range(entry, number) for number, entry in enumerate(entries, start=1))
    refuse_repeats(ports)
    return ports


def parse_host(text: str, *, networks: bool) -> Host:
    """One host; ``networks`` allows a CIDR. Raises ``Malformed``."""
    if "/" in text:
        if not networks:
            raise Malformed("A network is not a host; give a name or one address.")
        return Host(network=_network(text))
    address = _address(text)
    if address is not None:
        return Host(network=address)
    labels = text.split(".")
    well_formed = all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdecimal()
    if not well_formed or len(text) > LONGEST_NAME:
        raise Malformed(f"not {HOST_ALLOWED}; a note goes in parentheses after it.")
    return Host(name=text.lower())


def _without_note(entry: str, number: int) -> str:
    if "(" not in entry:
        return entry
    found = _ANNOTATED.fullmatch(entry)
    if found is None:
        raise Malformed(f"Entry {number}: one note in parentheses may follow, at the end.")
    if not 1 <= len(found["note"].strip()) <= LONGEST_NOTE:
        raise Malformed(f"Entry {number}: the note in parentheses takes 1 to {LONGEST_NOTE} characters.")
    return found["address"]


def _address(text: str) -> Network | None:
    """The single address as a network of one, None when it is none; a scope (``%eth0``) is refused."""
    if "%" in text:
        return None
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _network(text: str) -> Network:
    base, _, prefix = text.partition("/")
    if "%" in base or not _PREFIX.fullmatch(prefix):
        raise Malformed("A CIDR is an address and a prefix length: 10.61.8.0/24.")
    try:
        return ipaddress.ip_network(text, strict=True)
    except ValueError as fault:
        raise Malformed("A CIDR names a network: the bits after the prefix length are zero.") from fault


def _port_range(entry: str, number: int) -> PortRange:
    found = _PORTS.fullmatch(entry)
    if found is None:
        raise Malformed(f"Entry {number}: give port/tcp or port/udp, such as 443/tcp or 49152-65535/tcp.")
    first = int(found["first"])
    last = int(found["last"] or first)
    if not 1 <= first <= LAST_PORT or not 1 <= last <= LAST_PORT:
        raise Malformed(f"Entry {number}: a port lies between 1 and {LAST_PORT}.")
    if found["last"] is not None and first >= last:
        raise Malformed(f"Entry {number}: the first port of a range lies below its last.")
    return PortRange(first, last, found["protocol"].lower())
