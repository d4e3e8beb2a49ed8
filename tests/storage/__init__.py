"""The same storage suite on SQLite and on a real PostgreSQL."""
