# Copyright 2024 The Ferry authors
# SPDX-License-Identifier: Apache-2.0

"""Where ships go."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ferry import db
from ferry.models.ship import Ship


class Season(StrEnum):
    """When a line is served."""

    SUMMER = "summer"
    WINTER = "winter"


class Line(db.Model):
    """One line."""

    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))

    ships: Mapped[list[Ship]] = relationship(back_populates="line")
