"""Tests of single modules, and of the project itself."""
