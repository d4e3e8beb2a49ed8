"""The reference pages that are written from the code: ``python -m tools.reference`` writes, the checks compare."""
