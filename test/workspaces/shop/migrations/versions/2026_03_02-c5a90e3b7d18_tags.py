"""Tags on products.

Revision ID: c5a90e3b7d18
Revises: 72d4f0be916a
Create Date: 2026-03-02 10:22:17.448160+00:00
"""

import sqlalchemy as sa
from alembic import op

revision: str = "c5a90e3b7d18"
down_revision: str | tuple[str, ...] | None = "72d4f0be916a"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
    )
    op.create_table(
        "product_tags",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "tag_id", name="pk_product_tags"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name="fk_product_tags_product_id_products",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name="fk_product_tags_tag_id_tags", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_product_tags_tag_id", "product_tags", ["tag_id"])


def downgrade() -> None:
    op.drop_table("product_tags")
    op.drop_table("tags")
