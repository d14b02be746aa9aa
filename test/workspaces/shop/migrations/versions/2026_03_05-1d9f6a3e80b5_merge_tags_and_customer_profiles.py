"""Merge tags and customer profiles.

Both were written in the same week, each on top of the orders.

Revision ID: 1d9f6a3e80b5
Revises: c5a90e3b7d18, e07b42c8f951
Create Date: 2026-03-05 09:01:26.771038+00:00
"""

revision: str = "1d9f6a3e80b5"
down_revision: str | tuple[str, ...] | None = ("c5a90e3b7d18", "e07b42c8f951")
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    """Change nothing: both branches are complete."""


def downgrade() -> None:
    """Change nothing: going on downwards undoes each branch by itself."""
