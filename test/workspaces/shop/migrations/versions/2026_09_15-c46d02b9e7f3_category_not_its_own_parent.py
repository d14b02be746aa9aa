"""A category is not its own parent.

Revision ID: c46d02b9e7f3
Revises: ab17e4f8206d
Create Date: 2026-09-15 10:35:20.918754+00:00
"""

from alembic import op

revision: str = "c46d02b9e7f3"
down_revision: str | tuple[str, ...] | None = "ab17e4f8206d"
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    # An attempt whose validation failed leaves the check behind.
    op.drop_constraint(
        op.f("ck_categories_not_its_own_parent"), "categories", type_="check", if_exists=True
    )
    op.create_check_constraint(
        op.f("ck_categories_not_its_own_parent"),
        "categories",
        "parent_id <> id",
        postgresql_not_valid=True,
    )
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE categories VALIDATE CONSTRAINT ck_categories_not_its_own_parent")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_categories_not_its_own_parent"), "categories", type_="check")
