"""Orders can be packed and refunded.

A new value cannot be used in the transaction that adds it, hence the autocommit block. PostgreSQL
has no way to remove a value: going back builds the type anew and rewrites the table.

Revision ID: 5e1b97c40dd3
Revises: a6308fd5be12
Create Date: 2026-04-21 14:12:03.648219+00:00
"""

from alembic import op

revision: str = "5e1b97c40dd3"
down_revision: str | tuple[str, ...] | None = "a6308fd5be12"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'packed' AFTER 'paid'")
        op.execute("ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded' AFTER 'cancelled'")


def downgrade() -> None:
    op.execute("ALTER TABLE orders ALTER COLUMN status DROP DEFAULT")
    op.execute("ALTER TYPE order_status RENAME TO order_status_before")
    op.execute("CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped', 'cancelled')")
    op.execute(
        """
        ALTER TABLE orders ALTER COLUMN status TYPE order_status USING (
            CASE status::text
                WHEN 'packed' THEN 'paid'
                WHEN 'refunded' THEN 'cancelled'
                ELSE status::text
            END
        )::order_status
        """
    )
    op.execute("ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'pending'")
    op.execute("DROP TYPE order_status_before")
