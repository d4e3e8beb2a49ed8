"""What holds for every test: nothing leaves this machine, and nothing comes in from its owner's environment.

The guard is an audit hook and not a patched ``socket.socket``: it also sees asyncio and libraries that
bound the class before us, it leaves the class alone, and no test can forget or undo it. Child processes
are not under it; what keeps them at home is the environment that they inherit from here.
https://docs.python.org/3/library/audit_events.html
"""

import ipaddress
import os
import socket
import sys

import hypothesis

pytest_plugins = ["tests.store_fixtures"]

_GUARDED = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}


class LeftTheMachine(AssertionError):
    """A test tried to reach, or to be reached from, something that is not on loopback."""


def is_loopback(host: object) -> bool:
    """Whether ``host``, a name or an address, can only mean this machine; no name is looked up."""
    if isinstance(host, bytes | bytearray):
        host = host.decode()
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _stay_home(event: str, arguments: tuple[object, ...]) -> None:
    if event in _LOOKUPS and not is_loopback(arguments[0]):
        message = f"{event}: {arguments[0]!r} is not on loopback"
        raise LeftTheMachine(message)
    if event in _GUARDED:
        connection, address = arguments[0], arguments[1]
        is_internet = isinstance(connection, socket.socket) and connection.family in {
            socket.AF_INET,
            socket.AF_INET6,
        }
        if is_internet and isinstance(address, tuple) and not is_loopback(address[0]):
            message = f"{event}: {address!r} is not on loopback"
            raise LeftTheMachine(message)


def is_the_owners(variable: str) -> bool:
    """Whether an environment variable is a proxy, or a setting or token of a real installation."""
    return variable.upper().endswith("_PROXY") or variable.startswith(("BURST_", "SLACK_"))


for _variable in [name for name in os.environ if is_the_owners(name)]:
    del os.environ[_variable]
sys.addaudithook(_stay_home)

# An example that is slow because the machine is busy is no counterexample. Everything else stays as
# hypothesis chose for where it runs: in CI it draws the same examples each time.
hypothesis.settings.register_profile("unhurried", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("unhurried")
