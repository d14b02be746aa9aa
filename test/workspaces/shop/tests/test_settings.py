"""Where the address of the database comes from."""

import pytest
from pydantic import SecretStr

from app.settings import Settings


@pytest.mark.parametrize("name", ["SHOP_DATABASE_URL", "DATABASE_URL"])
def test_a_url_without_a_driver_is_one_for_asyncpg(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("SHOP_DATABASE_URL", raising=False)
    monkeypatch.setenv(name, "postgresql://ada:secret@db:5432/shop")
    settings = Settings()
    assert settings.database_url.get_secret_value() == (
        "postgresql+asyncpg://ada:secret@db:5432/shop"
    )
    assert "secret" not in repr(settings)


def test_a_driver_that_is_named_stays() -> None:
    settings = Settings(database_url=SecretStr("sqlite+aiosqlite:///shop.db"))
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///shop.db"
