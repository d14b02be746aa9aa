"""Total of orders, step 4 of 4: required.

Revision ID: d50e7b93a1c6
Revises: 2c95f1e6b40d
Create Date: 2026-06-30 07:31:15.604892+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "d50e7b93a1c6"
down_revision: str | tuple[str, ...] | None = "2c95f1e6b40d"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    # The scan that validates runs beside reads and writes.
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total_not_negative")
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total_present")
    # PostgreSQL 12 and later takes the validated check as proof and does not scan again.
    op.alter_column("orders", "total_cents", existing_type=sa.BigInteger(), nullable=False)
    op.drop_constraint(op.f("ck_orders_total_present"), "orders", type_="check")


def downgrade() -> None:
    op.create_check_constraint(
        op.f("ck_orders_total_present"),
        "orders",
        "total_cents IS NOT NULL",
        postgresql_not_valid=True,
    )
    op.alter_column("orders", "total_cents", existing_type=sa.BigInteger(), nullable=True)
