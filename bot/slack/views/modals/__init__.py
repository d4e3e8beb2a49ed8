"""Modals: what is asked, and nothing of what was answered, which lives in drafts."""
