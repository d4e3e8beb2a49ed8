"""The control API under /sandbox: to act as a person, see what they see, and break things."""
