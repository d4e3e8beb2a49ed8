"""Ports that people in imaging meet, and what listens on them (IANA's registry, DICOM PS3.8 and PS3.15)."""

from collections.abc import Iterator

from bot.taskforce.notations.network import PortRange

_KNOWN = {
    22: "SSH",
    53: "DNS",
    80: "HTTP without encryption",
    88: "Kerberos",
    104: "DICOM (the well-known port; on many systems only an administrator may listen on it)",
    123: "NTP (certificates need the right time)",
    389: "LDAP",
    443: "HTTPS, also DICOMweb and cloud services",
    445: "SMB file shares",
    500: "IKE of IPsec tunnels",
    514: "syslog",
    636: "LDAP over TLS",
    1433: "SQL Server",
    1521: "Oracle",
    2575: "HL7 MLLP",
    2761: "DICOM with ISCL",
    2762: "DICOM over TLS",
    3389: "remote desktop",
    4500: "IPsec behind NAT",
    5432: "PostgreSQL",
    6514: "syslog over TLS",
    8080: "HTTP, often of an application server",
    8443: "HTTPS, often of an application server",
    11112: "DICOM (the registered port)",
}
_USUAL = "the usual ones are 104 and 11112 for DICOM, 2762 for DICOM over TLS, 2575 for HL7"


def explain(ports: tuple[PortRange, ...]) -> Iterator[str]:
    """One line for each single port that is known."""
    for port in ports:
        if port.first == port.last and port.first in _KNOWN:
            yield f"{port.first}/{port.protocol} is {_KNOWN[port.first]}"


def explain_endpoint(port: int) -> str:
    """One line about the port of an endpoint, known or not."""
    return f"port {port} is {_KNOWN[port]}" if port in _KNOWN else f"port {port} is a local choice: {_USUAL}"
