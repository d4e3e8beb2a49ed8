"""Kills, duplicates, full disks and clock steps."""
