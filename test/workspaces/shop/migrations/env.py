"""How Alembic reaches the database: online through asyncpg, offline as SQL on the terminal."""

import asyncio
from logging.config import fileConfig

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

# The import fills Base.metadata.
import app.models  # noqa: F401  # pyright: ignore[reportUnusedImport]
from app.db.base import Base
from app.settings import Settings

config = context.config
target_metadata = Base.metadata

# A migration that waits for a lock makes everyone behind it wait: better to fail and try again.
LOCK_TIMEOUT = "5s"


def database_url() -> str:
    """Return the caller's URL, else the one of the settings, else the one of alembic.ini."""
    given: str | None = config.attributes.get("database_url")
    if given is not None:
        return given
    settings = Settings()
    if "database_url" in settings.model_fields_set:
        return settings.database_url.get_secret_value()
    return config.get_main_option("sqlalchemy.url", default="")


def run_migrations_offline() -> None:
    """Print the SQL without a connection."""
    context.configure(
        url=database_url(),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        transaction_per_migration=True,
    )
    context.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    with context.begin_transaction():
        context.run_migrations()


def run_migrations(connection: Connection) -> None:
    """Run each migration in a transaction of its own, so that locks are held briefly."""
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_migrations_online() -> None:
    """Connect, migrate, and leave no connection behind."""
    engine = create_async_engine(
        database_url(),
        poolclass=NullPool,
        connect_args={
            "server_settings": {
                "application_name": "shop-migrations",
                "lock_timeout": LOCK_TIMEOUT,
            },
        },
    )
    async with engine.connect() as connection:
        await connection.run_sync(run_migrations)
    await engine.dispose()


# Whoever runs Alembic from a program has set up logging already.
if config.config_file_name is not None and "database_url" not in config.attributes:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    run_migrations_offline()
else:
    asyncio.run(run_migrations_online())
