"""One scene a module: a blocker, and what its people live through with it."""
