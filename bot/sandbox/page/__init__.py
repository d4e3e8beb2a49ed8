"""The workspace in a browser: what one of its people sees, and what they can do."""
