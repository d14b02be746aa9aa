"""Free attributes of products.

A constant default is stored beside the table, so that no row is rewritten.

Revision ID: 94c2e7d1056f
Revises: 1d9f6a3e80b5
Create Date: 2026-03-20 13:37:59.162495+00:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "94c2e7d1056f"
down_revision: str | tuple[str, ...] | None = "1d9f6a3e80b5"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.add_column(
        "products",
        sa.Column(
            "attributes",
            postgresql.JSONB(),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column(
        "products",
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("products", "is_active")
    op.drop_column("products", "attributes")
