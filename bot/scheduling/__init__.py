"""The supervised ticker and what it ticks: the sweep and the periodic jobs."""
