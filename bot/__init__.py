"""Issue Burst: one blocker, one short-lived task force with an accountable owner."""
