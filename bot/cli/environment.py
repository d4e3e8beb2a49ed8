"""What most commands begin with: the configuration and the database."""

import os

from bot.config import Config, read
from storage import Store


def configuration() -> Config:
    """The environment as a configuration. Raises ``ConfigError`` with every problem."""
    return read(os.environ)


def opened(config: Config) -> Store:
    """The configured database. Raises ``StorageFault`` when it is in use or at another revision."""
    return Store.open(config.database_url, data_dir=config.data_dir)
