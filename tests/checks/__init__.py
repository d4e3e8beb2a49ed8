"""What `make check` asserts beyond linting."""
