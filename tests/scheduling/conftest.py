"""The sweep works on a real SQLite database and the demonstration's programme."""

from tests.handlers.conftest import empty_database, office, programme

__all__ = ["empty_database", "office", "programme"]
