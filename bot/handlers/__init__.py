"""What people do in Slack: parse, call one operation, answer."""
