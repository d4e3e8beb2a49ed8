"""The command line, command by command: what it prints, how it ends, and that nobody meets a stack trace."""
