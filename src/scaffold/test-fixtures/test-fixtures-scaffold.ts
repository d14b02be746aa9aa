/** Add Test Fixtures: tables made once, and a session for each test whose work is undone, commits included. */
import { modelModules } from '../alembic/model-modules.ts';
import { importLine } from '../module-scaffold.ts';
import { clashes } from '../new-packages.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import { failed, type Rendering, type Scaffold, type ScaffoldFile } from '../scaffold.ts';
import { fixturesSource, fixturesTestSource } from './fixtures-source.ts';

export const testFixturesScaffold: Scaffold = {
  kind: 'test-fixtures',
  title: 'Add Test Fixtures',
  problem: ({ base }) =>
    base === null
      ? 'There is no declarative base whose tables the tests could use. Make one first, with Set Up Database Layer.'
      : null,
  questions: () => [],
  check: () => null,
  render,
};

function render(facts: ProjectFacts): Rendering {
  const { base, database, style, root } = facts;
  if (base === null) return failed(testFixturesScaffold.problem(facts) ?? '');
  const [engine] = database.engines;
  const concurrency = engine?.concurrency ?? facts.concurrency;
  const dialect =
    engine?.driver?.startsWith('sqlite') || (engine === undefined && facts.usesSqlite)
      ? 'sqlite'
      : 'postgresql';
  const driver =
    engine?.driver ??
    (concurrency === 'async' ? defaultDrivers[dialect].async : defaultDrivers[dialect].sync);
  const modules = modelModules(facts);
  const plan = {
    dialect,
    driver,
    database: `${facts.package.module || 'app'}_test`,
    base: importLine({ module: base.module, name: base.name }),
    baseName: base.name,
    modules,
  } as const;
  const options = { style, ownPackages: facts.ownPackages, concurrency };
  const folder = `${root}/tests`;
  const file = (name: string, source: string): ScaffoldFile => ({
    kind: 'create',
    path: `${folder}/${name}`,
    text: renderModule(source, options),
  });
  const files = [
    file('conftest.py', fixturesSource(plan, concurrency)),
    file('test_session.py', fixturesTestSource(concurrency)),
  ];
  const taken = clashes(facts, files);
  return taken.length > 0 ? failed(...taken) : { files, open: `${folder}/conftest.py`, problems: [] };
}

const defaultDrivers = {
  postgresql: { async: 'postgresql+asyncpg', sync: 'postgresql+psycopg' },
  sqlite: { async: 'sqlite+aiosqlite', sync: 'sqlite+pysqlite' },
} as const;
