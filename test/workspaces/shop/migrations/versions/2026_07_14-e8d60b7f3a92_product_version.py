"""Version counter of products.

The second of two concurrent changes fails instead of undoing the first.

Revision ID: e8d60b7f3a92
Revises: d50e7b93a1c6
Create Date: 2026-07-14 12:29:07.451833+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "e8d60b7f3a92"
down_revision: str | tuple[str, ...] | None = "d50e7b93a1c6"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.add_column(
        "products",
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("products", "version")
