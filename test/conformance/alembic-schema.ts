/**
 * Compares the simulated schema with the one that Alembic's own SQL builds: `node test/conformance/alembic-schema.ts FOLDER…`
 * runs both on PostgreSQL (PGlite) and compares columns, constraints, indexes and enums. Revisions that Alembic cannot run
 * without a connection are counted. Python is DBPATTERNS_TEST_PYTHON or python3 and needs alembic.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readOperations } from '../../src/alembic/directives/read-operations.ts';
import { readEnvironments } from '../../src/alembic/environment/read-environments.ts';
import { walkRevisions } from '../../src/alembic/graph/graph-walk.ts';
import { revisionSite } from '../../src/alembic/revision/revision-site.ts';
import { simulate } from '../../src/alembic/simulation/simulate.ts';
import { renderSchema } from '../../src/schema/ddl.ts';
import { loadSqlParser } from '../../src/sql/parser.ts';
import { loadTestPythonParser } from '../python-parser.ts';

const python = process.env.DBPATTERNS_TEST_PYTHON ?? 'python3';
const parser = await loadTestPythonParser();
const sqlParser = await loadSqlParser();

interface RevisionSql {
  readonly id: string;
  readonly sql: string;
  readonly error: string | null;
}

function askAlembic(versions: string, root: string): readonly RevisionSql[] {
  const script = join(import.meta.dirname, 'alembic_upgrade_sql.py');
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const result = spawnSync(python, [script, versions, root], { encoding: 'utf8', maxBuffer: 1 << 28, env });
  if (result.status !== 0) throw new Error(`${python} failed: ${result.stderr}`);
  return JSON.parse(result.stdout) as RevisionSql[];
}

/** Runs each text by itself; gives what failed. */
async function build(
  texts: readonly string[],
): Promise<{ facts: ReadonlySet<string>; failures: readonly string[] }> {
  const database = new PGlite();
  const failures: string[] = [];
  for (const text of texts) {
    try {
      await database.exec(text);
    } catch (error) {
      failures.push(`${error} in ${text.trim().slice(0, 200)}`);
    }
  }
  const facts = new Set<string>();
  for (const query of catalogQueries) {
    for (const { fact } of (await database.query<{ fact: string }>(query)).rows) facts.add(fact);
  }
  await database.close();
  return { facts, failures };
}

const catalogQueries = [
  `SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
     pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) AS fact
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`,
  `SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, replace(pg_get_constraintdef(oid), ' NOT VALID', '')) AS fact
   FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'`,
  `SELECT 'index ' || indexdef AS fact FROM pg_indexes WHERE schemaname = 'public'`,
  `SELECT concat_ws(' ', 'enum', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder)) AS fact
   FROM pg_enum JOIN pg_type t ON t.oid = enumtypid GROUP BY typname`,
];

/** One session builds the schema: no transaction of its own, nothing concurrent. */
function plain(sql: string): string {
  return sql.replace(/^(?:BEGIN|COMMIT);/gm, '').replaceAll(' CONCURRENTLY', '');
}

let differences = 0;
for (const root of process.argv.slice(2)) {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.(?:py|ini|toml)$/.test(path),
  );
  const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
  for (const { config, graph, versionLocations } of readEnvironments({
    paths,
    textOf,
    parse: text => parser.parse(text),
  })) {
    const revisions = walkRevisions(graph)
      .reverse()
      .map(({ id, revision }) => {
        const module = parser.parse(textOf(revision.path));
        const site = revisionSite(revision.path, textOf(revision.path), module);
        return { id, operations: readOperations(module, site).upgrade };
      });
    const steps = simulate(revisions, sqlParser);
    const answers = askAlembic(join(root, versionLocations[0] ?? ''), root);
    const theirs = await build(answers.map(answer => plain(answer.sql)));
    const ours = await build(
      steps.at(-1)
        ? renderSchema(steps.at(-1)?.after ?? { tables: [], enums: [], sequences: [], extensions: [] })
        : [],
    );
    const missing = [...theirs.facts].filter(fact => !ours.facts.has(fact));
    const extra = [...ours.facts].filter(fact => !theirs.facts.has(fact));
    const failed = answers.filter(answer => answer.error !== null).length + theirs.failures.length;
    const opaque = steps.reduce((count, step) => count + step.opaque.length, 0);
    console.log(
      `${config}: ${revisions.length} revisions, ${failed} that Alembic or PostgreSQL refused, ${opaque} opaque operations, ${theirs.facts.size} facts, ${missing.length} missing, ${extra.length} extra`,
    );
    for (const line of [
      ...ours.failures,
      ...missing.map(fact => `missing: ${fact}`),
      ...extra.map(fact => `extra: ${fact}`),
    ].slice(0, 10))
      console.log(`  ${line}`);
    differences += missing.length + extra.length + ours.failures.length;
  }
}
process.exitCode = differences === 0 ? 0 : 1;
