"""Indexes for order lists and product search.

Concurrently, so that the shop goes on selling meanwhile. That works outside of a transaction
only; an index that a failed attempt left behind as invalid has to be dropped first.

Revision ID: ab17e4f8206d
Revises: 70a3c9e4d51b
Create Date: 2026-08-25 16:10:54.072391+00:00
"""

from alembic import op

revision: str = "ab17e4f8206d"
down_revision: str | tuple[str, ...] | None = "70a3c9e4d51b"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_orders_status_placed_at",
            "orders",
            ["status", "placed_at"],
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.create_index(
            "ix_products_name",
            "products",
            ["name"],
            postgresql_concurrently=True,
            if_not_exists=True,
        )
        op.create_index(
            "ix_products_attributes",
            "products",
            ["attributes"],
            postgresql_using="gin",
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name, table in (
            ("ix_products_attributes", "products"),
            ("ix_products_name", "products"),
            ("ix_orders_status_placed_at", "orders"),
        ):
            op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
