"""Total of orders, step 2 of 4: fill it in.

In batches, so that no order stays locked for long. Stopped half-way it goes on where it was; as
an SQL script, which cannot loop, it is one statement.

Revision ID: 6b0d37e9a81c
Revises: f41a8c25d9e6
Create Date: 2026-06-24 07:20:58.937126+00:00
"""

import sqlalchemy as sa
from alembic import context, op

revision: str = "6b0d37e9a81c"
down_revision: str | tuple[str, ...] | None = "f41a8c25d9e6"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


BATCH_SIZE = 1000

# The tables as they are at this point, whatever becomes of the models later.
orders = sa.table("orders", sa.column("id", sa.BigInteger), sa.column("total_cents", sa.BigInteger))
order_items = sa.table(
    "order_items",
    sa.column("order_id", sa.BigInteger),
    sa.column("quantity", sa.Integer),
    sa.column("unit_price_cents", sa.BigInteger),
)

total = (
    sa.select(
        sa.func.coalesce(sa.func.sum(order_items.c.quantity * order_items.c.unit_price_cents), 0)
    )
    .where(order_items.c.order_id == orders.c.id)
    .scalar_subquery()
)
missing = orders.c.total_cents.is_(None)


def upgrade() -> None:
    if context.is_offline_mode():
        op.execute(sa.update(orders).where(missing).values(total_cents=total))
        return
    batch = sa.select(orders.c.id).where(missing).order_by(orders.c.id).limit(BATCH_SIZE)
    fill_batch = sa.update(orders).where(orders.c.id.in_(batch)).values(total_cents=total)
    # Outside of a transaction every batch commits by itself and lets go of its row locks.
    with op.get_context().autocommit_block():
        while op.get_bind().execute(fill_batch).rowcount > 0:
            pass


def downgrade() -> None:
    op.execute(sa.update(orders).where(orders.c.total_cents.is_not(None)).values(total_cents=None))
