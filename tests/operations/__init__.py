"""Operations on a real SQLite database, asserting rows."""
