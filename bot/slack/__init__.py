"""Everything that speaks Slack: the Bolt app, the gateway, the sender, the views."""
