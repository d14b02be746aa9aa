/**
 * `npm run conformance:statements -- FOLDER…`: how many statements of real projects are rendered; and where a place that runs
 * or builds one can be evaluated outside of its function, with stand-ins for what the function is given, whether SQLAlchemy makes the
 * same of it. `FOLDER=PYTHON` imports with that interpreter, which may have the project's requirements; without one, that of
 * the sample shop does, and every import that is missing is a stub. `--show` prints what differs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { indexLines, positionAt } from '../../src/base/line-index.ts';
import { loadSqlParser } from '../../src/sql/parser.ts';
import type { SqlAlchemyProject } from '../../src/sqlalchemy/project.ts';
import type { StatementFact } from '../../src/sqlalchemy/statement.ts';
import { ended } from './compare-conversion.ts';
import { askConversionOracle, givenProjects, openProject } from './given-projects.ts';
import { asImported, declaringModules, isImported } from './project-modules.ts';
import { percent, table, writeSection } from './results.ts';

/** A place that runs a statement, as `conversion_oracle.py` tells it; lines from 1. */
interface Place {
  readonly line: number;
  readonly endLine: number;
  /** First line of the function around it. */
  readonly since: number;
  readonly source: string;
  readonly sql: string | null;
  /** True where a stand-in is in the place of what the function or the project works out itself. */
  readonly guessed: boolean;
}

interface Answer {
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly places: readonly Place[] }[];
}

interface Judged {
  readonly name: string;
  readonly sqlAlchemy: string;
  readonly statements: number;
  readonly rendered: number;
  readonly compared: number;
  readonly equal: number;
}

const { values, positionals } = parseArgs({
  options: { show: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const sql = await loadSqlParser();
const judged: Judged[] = [];
for await (const { root, python } of givenProjects(positionals)) {
  const one = await judge(root, python);
  judged.push(one);
  const { name, rendered, statements, equal, compared } = one;
  console.log(`${name}: ${rendered} of ${statements} rendered, ${equal} of ${compared} equal`);
  write();
}

async function judge(root: string, python: string): Promise<Judged> {
  const project = await openProject(root, sql);
  const own = [...project.files.values()].filter(({ path }) => path.startsWith(`${root}/`));
  const facts = new Map(
    own.map(({ path }) => [path, project.factsOf(path).statements.filter(({ kind }) => kind !== 'text')]),
  );
  const all = [...facts.values()].flat();
  const answer = asked(root, python, project);
  let [compared, equal] = [0, 0];
  for (const { path, places } of answer.files) {
    const read = facts.get(join(root, path)) ?? [];
    const lines = indexLines(project.files.get(join(root, path))?.text ?? '');
    const lineOf = (offset: number) => positionAt(lines, offset).line + 1;
    for (const place of places) {
      const same = place.sql === null ? null : isEqual(place, read, lineOf);
      if (same === null) continue;
      compared += 1;
      if (same) equal += 1;
      else if (values.show) show(path, place, read.filter(isWithin(place.line, place.endLine, lineOf)));
    }
  }
  return {
    name: basename(root),
    sqlAlchemy: answer.version,
    statements: all.length,
    rendered: all.filter(({ unknown }) => unknown === null).length,
    compared,
    equal,
  };
}

/**
 * What stands at the place itself, else what the function has built above it. Null where that is not rendered, or
 * several statements may be meant and none is the same.
 */
function isEqual(
  { sql: made, line, endLine, since, source, guessed }: Place,
  facts: readonly StatementFact[],
  lineOf: (offset: number) => number,
): boolean | null {
  const within = (first: number) => facts.filter(isWithin(first, endLine, lineOf));
  // What these methods make of a query is no statement that the product renders.
  if (/\.(?:delete|update|get)\(/.test(source)) return null;
  // SQL as text is not among the facts.
  if (/^\S+\((?:\w+\.)?text\(/.test(source)) return null;
  // Alone, a subquery has nothing that it could leave out of its FROM.
  if (/\.correlate\(/.test(source)) return null;
  const here = within(line);
  const isPart = facts.some(
    ({ location: { range } }) => lineOf(range.start) < line && line <= lineOf(range.end),
  );
  if (here.length === 0 && isPart) return null;
  // A statement that stands here whole is not what another one above builds.
  const isWhole = /\b(?:query|select|exists|insert|update|delete)\(/.test(source);
  const candidates = here.length > 0 || isWhole ? here : within(since);
  // What these methods make of a join that loads is not worked out here.
  const isWrapped = /\.(?:first|count)\(\)/.test(source);
  if (isWrapped && candidates.some(each => each.forms.some(form => form.sql.includes('OUTER JOIN'))))
    return null;
  const wanted = fingerprint(made ?? '');
  const forms = candidates.flatMap(each =>
    each.forms.map(form => sql.fingerprint(ended(form.sql, { source }))),
  );
  if (wanted === null) return null;
  if (forms.includes(wanted)) return true;
  const [only, ...others] = candidates;
  // Which branches of a statement with several forms run, the stand-ins do not decide, nor which columns given rows have.
  if (guessed || /\.values\(\w+\)/.test(source)) return null;
  return only !== undefined && others.length === 0 && only.unknown === null && only.forms.length === 1
    ? false
    : null;
}

function isWithin(first: number, last: number, lineOf: (offset: number) => number) {
  return ({ location: { range } }: StatementFact) =>
    lineOf(range.start) >= first && lineOf(range.end) <= last;
}

function show(path: string, { line, source, sql: made }: Place, facts: readonly StatementFact[]): void {
  console.log(`${path}:${line}\n  ${source}\n  SQLAlchemy ${made}`);
  for (const form of facts.flatMap(({ forms }) => forms)) console.log(`  read       ${form.sql}`);
}

/** With parameters as PostgreSQL has them. */
function fingerprint(text: string): string | null {
  const numbered = text
    .replaceAll(/%\(\w+\)s(?:::[A-Z][A-Z ]*(?:\(\d+(?:, \d+)?\))?(?:\[\])?)?/g, '$$1')
    .replaceAll(/\(__\[POSTCOMPILE_\w+\]\)/g, '($$1)')
    .replaceAll('%%', '%');
  return sql.fingerprint(numbered);
}

function asked(root: string, python: string, project: SqlAlchemyProject): Answer {
  const named = asImported([...project.files.values()]);
  const modules = declaringModules(named, project.models, root);
  const files = named.filter(
    ({ path }) => isImported(path, root) && project.factsOf(path).statements.length > 0,
  );
  const scratch = mkdtempSync(join(tmpdir(), 'conformance-statements-'));
  try {
    return askConversionOracle({
      python: resolve(python),
      root,
      folder: root,
      modules,
      files,
      ownLabels: true,
      scratch,
      errors: 'ignore',
    }) as Answer;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function write(): void {
  const sum = (pick: (one: Judged) => number) => judged.reduce((total, one) => total + pick(one), 0);
  const cells = (rendered: number, statements: number, equal: number, compared: number) => [
    statements,
    percent(rendered, statements),
    compared,
    percent(equal, compared),
  ];
  writeSection({
    name: 'project-statements',
    title: 'Statements of real projects, rendered and beside SQLAlchemy',
    versions: [`Node.js ${process.versions.node}`],
    body: [
      'Rendered is a statement of which each form is known. Compared are places that run or build one and can be evaluated',
      'outside of their function, after importing the project, with stand-ins for what the function is given: equal is what',
      'has the fingerprint of SQLAlchemy’s own output for PostgreSQL. What several branches build, and what holds a stand-in',
      'for something that the function or the project works out itself, is compared where one of the forms is the same: what',
      'else it may be, the stand-ins do not decide.',
      '',
      table(
        ['project', 'SQLAlchemy', 'statements', 'rendered', 'compared', 'equal'],
        [
          ...judged.map(one => [
            one.name,
            one.sqlAlchemy,
            ...cells(one.rendered, one.statements, one.equal, one.compared),
          ]),
          [
            'all',
            '',
            ...cells(
              sum(one => one.rendered),
              sum(one => one.statements),
              sum(one => one.equal),
              sum(one => one.compared),
            ),
          ],
        ],
      ),
    ].join('\n'),
  });
}
