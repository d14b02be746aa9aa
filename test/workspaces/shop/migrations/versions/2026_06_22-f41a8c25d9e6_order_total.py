"""Total of orders, step 1 of 4: the column.

From here on the shop writes it; reports still add up the items.

Revision ID: f41a8c25d9e6
Revises: b2e96d10743f
Create Date: 2026-06-22 11:44:36.113450+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "f41a8c25d9e6"
down_revision: str | tuple[str, ...] | None = "b2e96d10743f"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("total_cents", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "total_cents")
