"""The shape of a programme file: strict pydantic models, one module a subject."""
