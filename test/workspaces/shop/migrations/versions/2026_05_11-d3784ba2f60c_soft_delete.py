"""Soft delete of customers and orders.

Revision ID: d3784ba2f60c
Revises: 5e1b97c40dd3
Create Date: 2026-05-11 09:30:45.219866+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "d3784ba2f60c"
down_revision: str | tuple[str, ...] | None = "5e1b97c40dd3"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("orders", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "deleted_at")
    op.drop_column("customers", "deleted_at")
