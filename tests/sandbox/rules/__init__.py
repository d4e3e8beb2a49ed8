"""What Slack takes and refuses."""
