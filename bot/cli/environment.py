"""What most commands begin with: the configuration and the database."""

import os

import storage
from bot import clock
from bot.config import Config, read
from bot.errors import BotError
from bot.operations.current import with_known_people
from bot.operations.rebase_policies import administrator
from bot.programme import Programme, load
from bot.taskforce.permissions import Actor
from storage import Store


def configuration() -> Config:
    """The environment as a configuration; policy time is the bot's from now on. Raises ``ConfigError`` with every problem."""
    config = read(os.environ)
    if config.clock_file is not None:
        clock.use_shift_file(config.clock_file)
    return config


def opened(config: Config) -> Store:
    """The configured database. Raises ``StorageFault`` when it is in use or at another revision."""
    return Store.open(config.database_url, data_dir=config.data_dir)


def programme_of(config: Config) -> Programme:
    """The programme, with those of its people whom the directory knows. Raises ``BotError`` when none is configured."""
    if config.programme is None:
        raise BotError("BURST_PROGRAMME: name the programme file")
    with storage.peek(config.database_url, config.data_dir) as unit:
        return with_known_people(load(config.programme), unit)


def administrating(config: Config, named: str) -> Actor:
    """The administrator of the programme whom ``named`` means. Raises ``BotError`` for anybody else."""
    return administrator(programme_of(config), named)
