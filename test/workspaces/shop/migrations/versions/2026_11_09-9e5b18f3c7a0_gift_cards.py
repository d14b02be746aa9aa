"""Gift cards.

The shop runs without this revision: nothing reads the table before gift cards are sold.

Revision ID: 9e5b18f3c7a0
Revises: c46d02b9e7f3
Create Date: 2026-11-09 14:51:42.335907+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "9e5b18f3c7a0"
down_revision: str | tuple[str, ...] | None = "c46d02b9e7f3"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_table(
        "gift_cards",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gift_cards"),
        sa.UniqueConstraint("code", name="uq_gift_cards_code"),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_gift_cards_customer_id_customers",
            ondelete="SET NULL",
        ),
        sa.CheckConstraint("balance_cents >= 0", name=op.f("ck_gift_cards_balance_not_negative")),
    )
    op.create_index("ix_gift_cards_customer_id", "gift_cards", ["customer_id"])


def downgrade() -> None:
    op.drop_table("gift_cards")
