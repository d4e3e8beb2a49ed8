"""Foretells the quarter from the programme file and the plan alone; nothing in here knows the bot's code.

Written from the words of docs/clocks.md and docs/programme.md. Time is counted minute by minute.
"""
