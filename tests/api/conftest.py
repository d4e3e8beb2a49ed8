"""Deliveries are tried on the handlers' workspace."""

from tests.handlers.conftest import office, programme, slack

__all__ = ["office", "programme", "slack"]
