"""Views: what people see, against Slack's limits and against hostile text."""
