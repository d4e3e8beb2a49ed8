"""One module per kind of identifier: each finds its own in a folded text and knows nothing of the others."""
