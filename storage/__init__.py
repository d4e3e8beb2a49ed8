"""Durable state: tables, repositories, transactions and migrations.

``Store`` opens a database, ``Store.read()`` and ``Store.write()`` give a ``Unit``: one transaction with
every repository on it. Nobody else in the project knows SQL, an ORM or a driver.
"""
