"""Slack's Web API: one declarative table of methods, and what checks a call before it runs."""
