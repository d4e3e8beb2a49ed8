"""HTTP: health, metrics and, in HTTP mode, Slack's deliveries."""
