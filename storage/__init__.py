"""Durable state: tables, repositories, transactions and migrations.

``Store`` opens a database, ``Store.read()`` and ``Store.write()`` give a ``Unit``: one transaction with
every repository on it. Nobody else in the project knows SQL, an ORM or a driver.
"""

from storage.faults import InUse, StaleBurst, StorageBusy
from storage.store import Store
from storage.unit import Unit
from storage.upkeep import backup, check, current_revision, peek, upgrade

__all__ = [
    "InUse",
    "StaleBurst",
    "StorageBusy",
    "Store",
    "Unit",
    "backup",
    "check",
    "current_revision",
    "peek",
    "upgrade",
]
