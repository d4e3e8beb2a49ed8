"""The pure domain: no Slack, no database, no clock."""
