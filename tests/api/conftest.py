"""Deliveries are tried on the handlers' workspace."""

from tests.handlers.conftest import empty_database, office, programme, slack

__all__ = ["empty_database", "office", "programme", "slack"]
