"""Deliveries are tried on the handlers' workspace."""

from tests.handlers.conftest import office, offices_database, programme, slack

__all__ = ["office", "offices_database", "programme", "slack"]
