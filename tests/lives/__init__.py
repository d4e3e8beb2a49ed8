"""Whole lives of several bursts over a database, with everything that works on them."""
