"""The bot as its own process against the sandbox, told as stories."""
