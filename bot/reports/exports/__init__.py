"""Bursts as files for people: tables for spreadsheets, and documents to read."""
