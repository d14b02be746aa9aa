"""What models share."""

from sqlmodel import Field, SQLModel


class NoteMixin(SQLModel):
    """A note of its own."""

    note: str | None = Field(default=None, max_length=400)
