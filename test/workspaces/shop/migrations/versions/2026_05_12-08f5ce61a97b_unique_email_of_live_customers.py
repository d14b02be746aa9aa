"""An email is unique among live customers only.

The new index is there before the old constraint goes, so that no moment is without one.

Revision ID: 08f5ce61a97b
Revises: d3784ba2f60c
Create Date: 2026-05-12 10:18:22.804513+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "08f5ce61a97b"
down_revision: str | tuple[str, ...] | None = "d3784ba2f60c"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_customers_email_live",
            "customers",
            ["email"],
            unique=True,
            postgresql_where=sa.text("deleted_at IS NULL"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )
    op.drop_constraint("uq_customers_email", "customers", type_="unique")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_customers_email",
            "customers",
            ["email"],
            unique=True,
            postgresql_concurrently=True,
            if_not_exists=True,
        )
    op.execute(
        "ALTER TABLE customers "
        "ADD CONSTRAINT uq_customers_email UNIQUE USING INDEX uq_customers_email"
    )
    with op.get_context().autocommit_block():
        op.drop_index(
            "uq_customers_email_live",
            table_name="customers",
            postgresql_concurrently=True,
            if_exists=True,
        )
