"""Bolt dispatch of signed requests."""
