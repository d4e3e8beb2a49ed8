"""What the rules must know about the world around a form: what identifies people, where the organisation ends."""

import ipaddress
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from bot.taskforce.notations import Malformed
from bot.taskforce.notations.entries import split_at_commas, split_outside_parentheses
from bot.taskforce.notations.hl7 import field_of
from bot.taskforce.notations.network import Host, Network, parse_endpoint, parse_hosts

Identified: TypeAlias = Literal["patient", "staff", "device"]
_WRITTEN_TAG = re.compile(r"\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\)", re.ASCII)


@dataclass(frozen=True)
class Identifying:
    """Attributes and HL7 fields whose concrete values identify somebody or something.

    ``attributes`` maps a tag ``(GGGG,EEEE)`` and a keyword alike to whom it identifies (DICOM
    PS3.15 Table E.1-1); ``hl7_fields`` are references such as ``PID-3``, all of them the patient's.
    """

    attributes: dict[str, Identified] = field(default_factory=dict)
    hl7_fields: frozenset[str] = frozenset()

    def patient_in(self, answer: str) -> bool:
        """Whether a list of attributes or of HL7 fields names at least one that identifies the patient."""
        return "patient" in self._named(answer)

    def any_in(self, answer: str) -> bool:
        """Whether it names at least one that identifies a patient, staff or a device."""
        return bool(self._named(answer))

    def _named(self, answer: str) -> set[Identified]:
        named: set[Identified] = set()
        for entry in split_outside_parentheses(answer):
            tag = _WRITTEN_TAG.match(entry)
            found = self.attributes.get(tag[0].upper() if tag else entry)
            if found is not None:
                named.add(found)
        if any(field_of(entry) in self.hl7_fields for entry in split_at_commas(answer)):
            named.add("patient")
        return named


@dataclass(frozen=True)
class Organisation:
    """Where the organisation ends: its domains (lower case) and its networks."""

    domains: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()

    @cached_property
    def _inside(self) -> tuple[Network, ...]:
        return tuple(ipaddress.ip_network(network) for network in self.networks)

    def is_left_by(self, answer: str) -> bool:
        """Whether at least one host of a host list, or the host of ``host:port``, lies outside."""
        return any(self._is_outside(host) for host in _hosts_of(answer))

    def _is_outside(self, host: Host) -> bool:
        if host.name is not None:
            return "." in host.name and not any(
                host.name == domain or host.name.endswith(f".{domain}") for domain in self.domains
            )
        return not any(_within(host.network, network) for network in self._inside)


@dataclass(frozen=True)
class Surroundings:
    """Everything that validation and predicates need beside the answers themselves."""

    identifying: Identifying = field(default_factory=Identifying)
    organisation: Organisation = field(default_factory=Organisation)


def _within(inner: Network | None, outer: Network) -> bool:
    if isinstance(inner, ipaddress.IPv4Network) and isinstance(outer, ipaddress.IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(inner, ipaddress.IPv6Network) and isinstance(outer, ipaddress.IPv6Network):
        return inner.subnet_of(outer)
    return False


def _hosts_of(answer: str) -> tuple[Host, ...]:
    # One colon is an endpoint: a list holds colons in IPv6 addresses alone, two or more each.
    try:
        return (parse_endpoint(answer)[0],)
    except Malformed:
        return parse_hosts(answer)
