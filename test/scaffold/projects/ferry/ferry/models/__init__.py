# Copyright 2023 The Ferry authors
# SPDX-License-Identifier: Apache-2.0

"""All models."""

from ferry.models.line import Line
from ferry.models.ship import Ship

__all__ = ["Line", "Ship"]
