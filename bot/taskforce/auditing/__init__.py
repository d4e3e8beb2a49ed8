"""Clocks proved from the log: whether rows say the same, due times follow from promises, and all of it fired."""
