"""A browser's way to the page: plain requests, with the headers that a browser sends."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def browser(address: str) -> Iterator[httpx.Client]:
    """A client that looks at the page."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client
