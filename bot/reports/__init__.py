"""Summaries, charts, digests, metrics and exports: data in, documents out."""
