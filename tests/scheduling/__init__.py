"""The ticker and the sweep."""
