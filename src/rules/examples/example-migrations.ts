/** The migrations beside examples of migration rules, and how an example becomes a file of them. */

/** The environment, and the revision that makes the tables of the example models. */
export const exampleMigrations: Readonly<Record<string, string>> = {
  'alembic.ini': `[alembic]
script_location = migrations
sqlalchemy.url = postgresql://localhost/app
`,
  'migrations/env.py': `from alembic import context
from sqlalchemy import engine_from_config

from app.models import Base

engine = engine_from_config(context.config.get_section(context.config.config_ini_section, {}))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        context.execute("SET lock_timeout = '5s'")
        context.run_migrations()
`,
  'migrations/versions/a1_tables.py': `"""users and posts"""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(255), unique=True),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime()),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("users.id", name="fk_posts_author_id"), index=True),
    )
    op.execute("CREATE TYPE state AS ENUM ('draft', 'published')")
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("amount", sa.Numeric(10, 2)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.Integer()),
    )


def downgrade() -> None:
    op.drop_table("events")
    op.execute("DROP TYPE state")
    op.drop_table("posts")
    op.drop_table("users")
`,
};

export interface PlacedExample {
  readonly path: string;
  readonly text: string;
  /** Where the example's first line stands in the text, and how far its lines are indented there. */
  readonly firstLine: number;
  readonly indent: number;
}

const header = `"""example"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b2"
down_revision = "a1"


`;

const upgradeLine = 'def upgrade() -> None:\n';

const noDowngrade = `

def downgrade() -> None:
    raise NotImplementedError("there is no way back")
`;

/**
 * Settings become alembic.ini, code that calls `context.configure()` env.py, anything else a revision: what is missing
 * of one is put around the code, and statements alone are the body of `upgrade()`.
 */
export function placeExample(code: string): PlacedExample {
  const whole = { text: `${code}\n`, firstLine: 0, indent: 0 };
  if (/^\[/.test(code)) return { path: 'alembic.ini', ...whole };
  if (code.includes('context.configure(')) return { path: 'migrations/env.py', ...whole };
  const path = 'migrations/versions/b2_example.py';
  if (/^revision\b/m.test(code)) return { path, ...whole };
  const bare = !/^def /m.test(code);
  const lines = bare ? code.split('\n').map(line => (line === '' ? '' : `    ${line}`)) : [code];
  const above = bare ? header + upgradeLine : header;
  const below = code.includes('def downgrade') ? '\n' : `\n${noDowngrade}`;
  return {
    path,
    text: `${above}${lines.join('\n')}${below}`,
    firstLine: above.split('\n').length - 1,
    indent: bare ? 4 : 0,
  };
}
