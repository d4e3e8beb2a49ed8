"""What Slack sends to the app, by Socket Mode or by signed HTTP requests."""
