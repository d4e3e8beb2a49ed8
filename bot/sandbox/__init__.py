"""A local Slack workspace as strict as Slack; it knows nothing of the bot."""
