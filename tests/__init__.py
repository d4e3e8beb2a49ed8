"""Tests, by layer; each room says how it tests."""
