"""Durable state: tables, repositories, transactions and migrations."""
