"""The command line: every burst command."""
