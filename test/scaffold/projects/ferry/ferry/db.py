# Copyright 2023 The Ferry authors
# SPDX-License-Identifier: Apache-2.0

"""The base of all models."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase


class Model(DeclarativeBase):
    """What every model is."""
