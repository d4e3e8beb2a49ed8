"""The sandbox is as strict as Slack."""
