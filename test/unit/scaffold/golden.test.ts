/**
 * What some cases write, as a reader sees it: one Markdown file a case below `test/scaffold/golden/`.
 * DBPATTERNS_UPDATE_GOLDEN=1 writes them anew.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { caseProjects } from '../../scaffold/cases.ts';
import { type CaseRun, runCases } from '../../scaffold/run-cases.ts';

const folder = join(import.meta.dirname, '..', '..', 'scaffold', 'golden');
const chosen: Readonly<Record<string, readonly string[]>> = {
  'new-async': ['model Customer', 'model OrderItem', 'repository Customer', 'unit of work with more'],
  'new-sync': ['model InvoiceLine', 'model Category', 'repository Invoice'],
  folder: [
    'model Shipment',
    'model Transfer',
    'repository Customer',
    'unit of work',
    'column Silent.customer_id',
    'many-to-many Customer Bare',
    'association-object Bare Order',
    'association-object Bare Bare',
  ],
  'shop-asyncpg-web': [
    'database layer',
    'retry',
    'health check',
    'pool telemetry',
    'test fixtures',
    'alembic',
    'resource Customer',
    'read write split',
  ],
  'shop-psycopg-flat': ['database layer', 'retry', 'health check', 'read write split'],
  'shop-sqlite': ['test fixtures', 'alembic'],
  'pair-asyncpg': ['alembic'],
  'shop-aiosqlite-web-flat': ['database layer', 'resource Order', 'resource Tag'],
  relative: ['model Transaction'],
  module: ['model Comment', 'column Post.kind', 'association-object Post Author'],
  dataclasses: ['model Item', 'unit of work'],
  abstract: ['model Invitation'],
  market: ['models-from-database'],
  kept: ['retry', 'health check'],
  heroes: ['model Mission', 'column Team.founder_id', 'many-to-many Hero Mission'],
  guild: ['model Workshop', 'many-to-many Workshop Craft'],
};

const written: string[] = [];
for (const project of caseProjects) {
  for (const run of runCases(project)) {
    if (!chosen[project.project]?.includes(run.scaffoldCase.name)) continue;
    const file = `${project.project}-${run.scaffoldCase.name.replaceAll(/[ .]/g, '-').toLowerCase()}.md`;
    written.push(file);
    test(file, () => compare(file, markdownOf(project.project, run)));
  }
}

test('every golden file belongs to a case', () => {
  assert.deepEqual(readdirSync(folder).sort(), [...written].sort());
});

function compare(file: string, text: string): void {
  const path = join(folder, file);
  if (process.env.DBPATTERNS_UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  assert.equal(readFileSync(path, 'utf8'), text);
}

function markdownOf(project: string, { scaffoldCase, applied }: CaseRun): string {
  const answers = `\`\`\`json\n${JSON.stringify(scaffoldCase.answers, null, 2)}\n\`\`\``;
  const files = Object.entries(applied.changed).map(
    ([path, text]) => `## ${path}\n\n\`\`\`python\n${text}\`\`\``,
  );
  return `${[`# ${scaffoldCase.name}, in the project ${project}`, answers, ...files].join('\n\n')}\n`;
}
