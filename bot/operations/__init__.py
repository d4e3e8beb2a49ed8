"""One verb per module, one transaction each: load, decide, apply."""
