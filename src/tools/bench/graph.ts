/** Times the revision graph of one long history, cold and after a changed file, beside `alembic history` on the same files. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readEnvironments } from '../../alembic/environment/read-environments.ts';
import { createRevisionReader } from '../../alembic/revision/revision-reader.ts';
import { loadPythonParser } from '../../python/reading/parser.ts';
import { run } from '../command.ts';
import { shopEnvironment } from '../shop.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface GraphTimes {
  readonly revisions: number;
  /** From texts in memory to the graph; the parser is there already. */
  readonly cold: number;
  /** As `cold`, with the files read from disk as well. */
  readonly coldFromDisk: number;
  /** After one changed file: median of many. */
  readonly changed: number;
  /** `alembic history` as a process. */
  readonly alembic: number;
}

const changes = 20;

export async function measureGraph(revisions: number, signal: AbortSignal): Promise<GraphTimes> {
  await using folder = await temporaryFolder('graph');
  const paths = writeHistory(folder.path, revisions);
  const require = createRequire(import.meta.url);
  const parser = await loadPythonParser({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  });
  const parse = (text: string) => parser.parse(text);
  const fromDisk = (path: string) => readFileSync(join(folder.path, path), 'utf8');
  const coldFromDisk = timed(() => readEnvironments({ paths, textOf: fromDisk, parse }));
  const texts = new Map(paths.map(path => [path, fromDisk(path)]));
  const readRevision = createRevisionReader(parse);
  const files = { paths, textOf: (path: string) => texts.get(path), parse, readRevision };
  const cold = timed(() => readEnvironments(files));
  const newest = paths.at(-1) ?? '';
  const times = Array.from({ length: changes }, (_, count) => {
    texts.set(newest, `${texts.get(newest)}# ${count}\n`);
    return timed(() => readEnvironments(files));
  });
  const { python } = await shopEnvironment(signal);
  const begin = performance.now();
  const { code, output } = await run(python, ['-m', 'alembic', 'history'], { cwd: folder.path, signal });
  if (code !== 0) throw new Error(`alembic history failed.\n${output}`);
  const alembic = performance.now() - begin;
  return { revisions, cold, coldFromDisk, changed: times.sort((a, b) => a - b)[changes / 2] ?? 0, alembic };
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** Returns paths relative to the folder, the configuration first, then the revisions, oldest first. */
function writeHistory(folder: string, revisions: number): readonly string[] {
  mkdirSync(join(folder, versions), { recursive: true });
  const files = historyTexts(revisions);
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  return [...files.keys()];
}

const versions = 'migrations/versions';

/** A chain with a short branch and its merge now and then. */
export function historyTexts(revisions: number): ReadonlyMap<string, string> {
  const files = new Map([
    ['alembic.ini', '[alembic]\nscript_location = migrations\n'],
    ['migrations/env.py', 'from alembic import context\ncontext.configure(target_metadata=None)\n'],
  ]);
  for (let number = 0; number < revisions; number++)
    files.set(`${versions}/${id(number)}_step.py`, revisionText(number));
  return files;
}

function id(number: number): string {
  return `c${number.toString(16).padStart(11, '0')}`;
}

/** Of each ten, one is beside its predecessor and the next merges the two. */
function parentsOf(number: number): readonly number[] {
  if (number === 0) return [];
  if (number % 10 === 8) return [number - 2];
  return number % 10 === 9 ? [number - 1, number - 2] : [number - 1];
}

function revisionText(number: number): string {
  const parents = parentsOf(number).map(parent => `"${id(parent)}"`);
  const down = parents.length === 0 ? 'None' : parents.length === 1 ? parents[0] : `(${parents.join(', ')})`;
  return `"""Step ${number}.

Revision ID: ${id(number)}
Revises: ${parentsOf(number).map(id).join(', ')}
Create Date: 2026-01-01 10:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision: str = "${id(number)}"
down_revision: str | tuple[str, ...] | None = ${down}
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "table_${number}",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_table_${number}"),
        sa.UniqueConstraint("name", name="uq_table_${number}_name"),
    )
    op.create_index("ix_table_${number}_created_at", "table_${number}", ["created_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_table_${number}_created_at", table_name="table_${number}")
    op.drop_table("table_${number}")
`;
}
