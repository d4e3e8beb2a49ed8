"""The state of one Slack workspace, in memory.

Everything here is touched from the server's event loop alone, so each operation is atomic
without a lock; nothing in this package waits, reads a socket or knows HTTP.
"""
