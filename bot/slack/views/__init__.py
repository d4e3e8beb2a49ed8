"""Block Kit views, built from plain data with Slack's own models."""
