"""What each Web API method does, by family."""
