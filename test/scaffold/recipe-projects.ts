/** Migrations that running code survives: each recipe's answers, and the project that its revisions are written into. */
import { describedSchema } from '../../src/features/drift/drift.ts';
import { creationTime } from '../../src/scaffold/migration/creation-time.ts';
import {
  type RecipeKind,
  type WrittenRecipe,
  writeRecipe,
} from '../../src/scaffold/migration-recipe/write-recipe.ts';
import type { Answers } from '../../src/scaffold/scaffold.ts';
import { workspaceOf } from '../workspace.ts';
import type { Texts } from './apply-scaffold.ts';

export interface RecipeCase {
  readonly name: string;
  readonly kind: RecipeKind;
  readonly answers: Answers;
  /** SQL that is true of the upgraded database. */
  readonly holds: string;
  /** What old code writes after the first of several revisions, and what is true of it at the end. */
  readonly meanwhile?: string;
}

const project: Texts = {
  'alembic.ini': '[alembic]\nscript_location = migrations\nfile_template = %%(rev)s\n',
  'migrations/env.py': `import os

import sqlalchemy as sa
from alembic import context

engine = sa.create_engine(os.environ["DATABASE_URL"], poolclass=sa.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        connection.execute(sa.text("SET lock_timeout = '5s'"))
        context.run_migrations()
`,
  'migrations/versions/first.py': `import sqlalchemy as sa
from alembic import op

revision = "first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("order", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )


def downgrade() -> None:
    op.drop_table("orders")
`,
};

const added = { table: 'orders', column: 'total', type: 'NUMERIC(12, 2)', value: 'id * 2' };

export const recipeCases: readonly RecipeCase[] = [
  {
    name: 'data',
    kind: 'data',
    answers: { table: 'orders', column: 'remark', value: "upper(note) || ':x'" },
    holds: "SELECT bool_and(remark = upper(note) || ':x') FROM orders",
  },
  {
    name: 'data in a column with a reserved name',
    kind: 'data',
    answers: { table: 'orders', column: 'order', value: 'id' },
    holds: 'SELECT bool_and("order" = id) FROM orders',
  },
  {
    name: 'add a column in several revisions',
    kind: 'add-column',
    answers: added,
    holds: 'SELECT bool_and(total = id * 2) FROM orders',
  },
  {
    name: 'add a column in one revision',
    kind: 'add-column',
    answers: { ...added, default: '0', value: '0', revisions: 'one' },
    holds: 'SELECT bool_and(total = 0) FROM orders',
  },
  {
    name: 'rename a column that may not be empty',
    kind: 'rename-column',
    answers: { table: 'orders', column: 'note', newName: 'comment' },
    meanwhile: "INSERT INTO orders (note) VALUES ('old code')",
    holds: "SELECT bool_and(comment <> '') AND bool_or(comment = 'old code') FROM orders",
  },
  {
    name: 'rename a column that may be empty',
    kind: 'rename-column',
    answers: { table: 'orders', column: 'remark', newName: 'hint' },
    meanwhile: "UPDATE orders SET remark = 'late' WHERE id = 7",
    holds: "SELECT count(hint) = 1 FROM orders WHERE hint = 'late'",
  },
  {
    name: 'index',
    kind: 'index',
    answers: { table: 'orders', columns: 'note, remark' },
    holds: "SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid = 'ix_orders_note_remark'::regclass",
  },
];

export interface WrittenCase {
  /** Paths relative to the project. */
  readonly texts: Texts;
  readonly written: WrittenRecipe;
}

export async function writeRecipeCase({ kind, answers, name: message }: RecipeCase): Promise<WrittenCase> {
  const workspace = await workspaceOf(project);
  const [environment] = workspace.environments;
  if (!environment) throw new Error('there is no environment');
  let count = 0;
  const written = writeRecipe({
    kind,
    answers,
    message,
    environment,
    schema: describedSchema(workspace, environment, 'migrations').schema,
    down: environment.graph.heads,
    style: { lineLength: 100, quote: '"', python: 310 },
    time: creationTime(new Date(0), 'UTC'),
    template: null,
    newId: () => {
      count += 1;
      return `step${count}`;
    },
  });
  const files = written.kind === 'written' ? written.files : [];
  const own = Object.fromEntries(files.map(({ path, text }) => [path.replace('/project/', ''), text]));
  return { texts: { ...project, ...own }, written };
}
