/** Add Test Fixtures: tables made once, and a session for each test whose work is undone, commits included. */
import { modelModules } from '../alembic/model-modules.ts';
import { importLine } from '../module-scaffold.ts';
import { inPackage } from '../paths.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { factories, factoriesTestSource } from './factories-source.ts';
import { fixturesSource, fixturesTestSource } from './fixtures-source.ts';

export const testFixturesScaffold: Scaffold = {
  kind: 'test-fixtures',
  title: 'Add Test Fixtures',
  problem: ({ base }) =>
    base === null
      ? 'There is no declarative base whose tables the tests could use. Make one first, with Set Up Database Layer.'
      : null,
  questions,
  check: () => null,
  render,
};

/** Dataclasses take what they are made of in ways of their own. */
function canHaveFactories({ base, models }: ProjectFacts): boolean {
  return models.length > 0 && base?.kind === 'declarative' && !base.dataclass;
}

function questions(facts: ProjectFacts): readonly Question[] {
  if (!canHaveFactories(facts)) return [];
  return [
    {
      kind: 'confirm',
      id: 'factories',
      title: 'Factories',
      prompt: 'Write a function for each model that makes a row of it?',
      initial: true,
    },
  ];
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const { base, database, style } = facts;
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
  const folder = facts.tests.path;
  const file = (name: string, source: string): ScaffoldFile => ({
    kind: 'create',
    path: `${folder}/${name}`,
    text: renderModule(source, options),
  });
  const wanted = canHaveFactories(facts) && answers.factories !== false;
  const { source, names, notes } = wanted ? factories(facts) : { source: null, names: [], notes: [] };
  const rows =
    source === null
      ? []
      : [
          file('factories.py', source),
          file(
            'test_factories.py',
            factoriesTestSource(inPackage(facts.tests.module, 'factories'), names, concurrency),
          ),
        ];
  // A conftest.py that has the session is kept: only the factories are missing.
  const hasSession = /\bdef session\(/.test(facts.fileAt(`${folder}/conftest.py`)?.text ?? '');
  const fixtures =
    hasSession && rows.length > 0
      ? []
      : [
          file('conftest.py', fixturesSource(plan, concurrency)),
          file('test_session.py', fixturesTestSource(concurrency)),
        ];
  const files = [...fixtures, ...rows];
  return { files, open: files[0]?.path ?? null, problems: [], notes };
}

const defaultDrivers = {
  postgresql: { async: 'postgresql+asyncpg', sync: 'postgresql+psycopg' },
  sqlite: { async: 'sqlite+aiosqlite', sync: 'sqlite+pysqlite' },
} as const;
