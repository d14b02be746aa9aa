/** Set Up Alembic: configuration, env.py that sees every model, the template of revisions, and tests of the migrations. */
import { textAnswer } from '../answers.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import {
  type AnswerCheck,
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { alembicIni, revisionTemplate } from './alembic-ini.ts';
import type { AlembicPlan } from './alembic-plan.ts';
import { environmentSource } from './environment-source.ts';
import { migrationTestsSource } from './migration-tests-source.ts';
import { modelModules } from './model-modules.ts';

export const alembicScaffold: Scaffold = {
  kind: 'alembic',
  title: 'Set Up Alembic',
  problem,
  questions,
  check: (_facts, { path, value }: AnswerCheck) => (path[0] === 'databases' ? checkNames(value) : null),
  render,
};

function problem(facts: ProjectFacts): string | null {
  const { base, database, root } = facts;
  const there = facts.fileAt(`${root}/alembic.ini`) === null ? environmentOf(facts) : `${root}/alembic.ini`;
  if (there !== null) return `${there.slice(root.length + 1)} is there already: Alembic is set up.`;
  if (base === null || database.engines.length === 0)
    return 'Alembic needs an engine and a declarative base to begin with. Use Set Up Database Layer first.';
  return null;
}

function questions(): readonly Question[] {
  return [
    {
      kind: 'text',
      id: 'databases',
      title: 'Databases',
      prompt:
        'Leave it empty for one. For several, their names: each has its own revisions, and alembic -n NAME runs them.',
      placeholder: 'primary, analytics',
      optional: true,
    },
  ];
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(name => name !== '');
}

function checkNames(text: string): string | null {
  const names = namesIn(text);
  const odd = names.find(
    name => !/^[a-z][a-z0-9_]*$/.test(name) || name === 'alembic' || /^(logger|handler|formatter)/.test(name),
  );
  if (odd !== undefined) return `${odd} cannot name a section: use small letters, digits and underscores.`;
  return new Set(names).size < names.length ? 'A name is there twice.' : null;
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = problem(facts);
  const { base, database, root } = facts;
  const [engine] = database.engines;
  if (reason !== null || base === null || !engine) return failed(reason ?? '');
  const databases = namesIn(textAnswer(answers, 'databases'));
  const nameProblem = checkNames(databases.join(','));
  if (nameProblem !== null) return failed(nameProblem);
  const plan: AlembicPlan = {
    base,
    engine,
    databases,
    modules: modelModules(facts),
    testsDepth: facts.tests.path.slice(root.length + 1).split('/').length,
    dialect: dialectOf(facts),
  };
  const options = { ...facts, concurrency: engine.concurrency };
  const file = (path: string, text: string): ScaffoldFile => ({
    kind: 'create',
    path: `${root}/${path}`,
    text,
  });
  const versions = databases.length === 0 ? ['versions'] : databases.map(name => `versions/${name}`);
  const files = [
    file('alembic.ini', alembicIni(facts, databases)),
    file('migrations/env.py', renderModule(environmentSource(plan), options)),
    file('migrations/script.py.mako', revisionTemplate),
    ...versions.map(folder => file(`migrations/${folder}/.gitkeep`, '')),
    ...(databases.length === 0
      ? [
          {
            kind: 'create' as const,
            path: `${facts.tests.path}/test_migrations.py`,
            text: renderModule(migrationTestsSource(plan), options),
          },
        ]
      : []),
  ];
  return { files, open: `${root}/migrations/env.py`, problems: [] };
}

/** Wherever in the project it stands: a second one beside it would have revisions of its own. */
function environmentOf({ project, root }: ProjectFacts): string | null {
  const paths = [...project.files.keys()].filter(
    path => path.startsWith(`${root}/`) && path.endsWith('/env.py'),
  );
  return (
    paths.find(path => /^from alembic import .*\bcontext\b/m.test(project.files.get(path)?.text ?? '')) ??
    null
  );
}

function dialectOf({ database, usesSqlite }: ProjectFacts): AlembicPlan['dialect'] {
  const driver = database.engines[0]?.driver ?? null;
  if (driver === null) return usesSqlite ? 'unknown' : 'postgresql';
  return driver.startsWith('sqlite') ? 'sqlite' : driver.startsWith('postgresql') ? 'postgresql' : 'unknown';
}
