"""The deliberate mistakes do no harm."""

from app import mistakes
from app.db.base import Base


def test_the_model_with_a_mistake_is_none_of_the_shop() -> None:
    assert mistakes.LoginAttempt.__tablename__ not in Base.metadata.tables
