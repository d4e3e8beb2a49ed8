"""The guard that keeps patient identifiers out of everything we store or post."""
