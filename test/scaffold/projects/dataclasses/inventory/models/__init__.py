"""Every model."""

from inventory.models.shelf import Shelf

__all__ = ["Shelf"]
