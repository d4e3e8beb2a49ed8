"""Bursts as files for people."""
