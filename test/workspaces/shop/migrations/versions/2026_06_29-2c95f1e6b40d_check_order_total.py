"""Total of orders, step 3 of 4: check new rows.

Not validated, a check holds for new rows at once and needs no scan under the lock.

Revision ID: 2c95f1e6b40d
Revises: 6b0d37e9a81c
Create Date: 2026-06-29 08:02:49.286640+00:00
"""

from alembic import op

revision: str = "2c95f1e6b40d"
down_revision: str | tuple[str, ...] | None = "6b0d37e9a81c"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_check_constraint(
        op.f("ck_orders_total_not_negative"),
        "orders",
        "total_cents >= 0",
        postgresql_not_valid=True,
    )
    op.create_check_constraint(
        op.f("ck_orders_total_present"),
        "orders",
        "total_cents IS NOT NULL",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_orders_total_present"), "orders", type_="check")
    op.drop_constraint(op.f("ck_orders_total_not_negative"), "orders", type_="check")
