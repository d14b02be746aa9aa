"""All models."""

from guild.models.craft import Craft
from guild.models.member import Member

__all__ = ["Craft", "Member"]
