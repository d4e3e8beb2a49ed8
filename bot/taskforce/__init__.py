"""The pure domain: no Slack, no database, no clock read, no input or output."""
