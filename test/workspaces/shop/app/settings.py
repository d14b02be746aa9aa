"""The settings of the shop, from the environment and from `.env`."""

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

DEFAULT_DATABASE_URL = "postgresql+asyncpg://shop@127.0.0.1:5432/shop"


class Settings(BaseSettings):
    """What differs between one installation and the next.

    Every variable carries the prefix `SHOP_`. The database's address is also read from plain
    `DATABASE_URL`, the name under which hosting platforms provide it.
    """

    model_config = SettingsConfigDict(
        env_prefix="SHOP_", env_file=".env", extra="ignore", populate_by_name=True
    )

    database_url: SecretStr = Field(
        default=SecretStr(DEFAULT_DATABASE_URL),
        validation_alias=AliasChoices("SHOP_DATABASE_URL", "DATABASE_URL"),
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    health_timeout_seconds: float = Field(default=5.0, gt=0)

    @field_validator("database_url")
    @classmethod
    def name_the_driver(cls, value: SecretStr) -> SecretStr:
        """Turn a URL without a driver into one for asyncpg, which the engine is set up for."""
        url = make_url(value.get_secret_value())
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+asyncpg")
        return SecretStr(url.render_as_string(hide_password=False))
