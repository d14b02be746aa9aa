/**
 * What every case writes, as a reader sees it: one page a pattern below `test/scaffold/golden/`.
 * DBPATTERNS_UPDATE_GOLDEN=1 writes them anew.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { modelsFromDatabaseTitle } from '../../../src/scaffold/models-from-database/models-from-database.ts';
import { scaffolds } from '../../../src/scaffold/scaffolds.ts';
import { applyScaffold } from '../../scaffold/apply-scaffold.ts';
import { type CaseProject, caseProjects } from '../../scaffold/cases.ts';
import { type GoldenCase, goldenDocument } from '../../scaffold/golden-document.ts';
import { recipeCases, writeRecipeCase } from '../../scaffold/recipe-projects.ts';
import { type CaseRun, legacyTexts, runCases } from '../../scaffold/run-cases.ts';

const folder = join(import.meta.dirname, '..', '..', 'scaffold', 'golden');

/** Comes first on every page, and so is shown whole: the skill takes its samples from it. */
const first = 'shop-asyncpg-web';

const ordered = [
  ...caseProjects.filter(({ project }) => project === first),
  ...caseProjects.filter(({ project }) => project !== first),
];
const runs = ordered.flatMap(project => runCases(project).map(run => ({ project, run })));
const titles = { ...scaffolds, 'models-from-database': { title: modelsFromDatabaseTitle } };

const pages = new Map<string, string>();
for (const [kind, { title }] of Object.entries(titles)) {
  const own = runs.filter(({ run }) => run.scaffoldCase.kind === kind);
  if (own.length > 0)
    pages.set(
      kind,
      goldenDocument(
        title,
        own.map(({ project, run }) => caseOf(project, run)),
      ),
    );
}
pages.set('convert', goldenDocument(scaffolds.convert.title, [conversion()]));
pages.set('migration-recipe', goldenDocument('New Migration', await recipes()));

for (const [kind, text] of pages) test(`${kind}.md`, () => compare(kind, text));

test('every page belongs to a pattern', () => {
  assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].map(kind => `${kind}.md`).sort());
});

function compare(kind: string, text: string): void {
  const path = join(folder, `${kind}.md`);
  if (process.env.DBPATTERNS_UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  assert.equal(readFileSync(path, 'utf8'), text);
}

function caseOf(
  { project, package: home }: CaseProject,
  { scaffoldCase, before, applied }: CaseRun,
): GoldenCase {
  return {
    project,
    package: home,
    name: scaffoldCase.name,
    answers: scaffoldCase.answers,
    notes: applied.notes,
    files: Object.entries(applied.changed).map(([path, text]) => ({
      path,
      before: before[path] ?? null,
      text,
    })),
  };
}

/** A program of 1.x, all of it at once. */
function conversion(): GoldenCase {
  const before = legacyTexts();
  const answers = { scope: 'workspace' };
  const { changed, notes } = applyScaffold(before, 'convert', answers);
  const files = Object.entries(changed).map(([path, text]) => ({ path, before: before[path] ?? null, text }));
  return { project: 'legacy', package: undefined, name: 'the workspace', answers, notes, files };
}

/** Revisions that running code survives. */
async function recipes(): Promise<readonly GoldenCase[]> {
  return Promise.all(
    recipeCases.map(async each => {
      const { texts } = await writeRecipeCase(each);
      const files = Object.entries(texts)
        .filter(([path]) => path.includes('step'))
        .map(([path, text]) => ({ path, before: null, text }));
      const { name, answers, kind } = each;
      return { project: 'recipes', package: undefined, name: `${kind}: ${name}`, answers, notes: [], files };
    }),
  );
}
