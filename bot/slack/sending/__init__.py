"""The outbox on its way to Slack: attempts, what is recorded of them, and how many run at once."""
