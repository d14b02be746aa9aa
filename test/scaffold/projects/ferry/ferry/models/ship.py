# Copyright 2023 The Ferry authors
# SPDX-License-Identifier: Apache-2.0

"""What goes there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ferry import db

if TYPE_CHECKING:
    from ferry.models.line import Line


class Drive(StrEnum):
    """What moves it."""

    SAIL = "sail"
    DIESEL = "diesel"


class Deck(StrEnum):
    """Where one sits."""

    UPPER = "upper"
    LOWER = "lower"


class Ship(db.Model):
    """One ship."""

    __tablename__ = "ships"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    line_id: Mapped[int | None] = mapped_column(ForeignKey("lines.id"), index=True)

    line: Mapped[Line | None] = relationship(back_populates="ships")
