"""Connections that can be cut: an HTTP protocol that remembers its transports by client address."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

Address = tuple[str, int]

_transports: dict[Address, asyncio.Transport] = {}


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP protocol, whose connections `cut` can find."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection."""
        super().connection_made(transport)
        if self.client is not None:
            _transports[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        if self.client is not None:
            _transports.pop(self.client, None)


def cut(client: Address) -> None:
    """Close the connection from this client without an answer."""
    transport = _transports.get(client)
    if transport is not None:
        transport.abort()
