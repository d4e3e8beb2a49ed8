"""The gateway, the sender and every view."""
