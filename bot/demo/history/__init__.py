"""What happened in the demonstration's hospital group before a newcomer looks in: lived, not written down."""
