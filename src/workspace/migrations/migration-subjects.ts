/** What the migration rules look at, from the workspace's own products: revisions of a file, and environments. */

import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { firstPart } from '../../base/dotted-name.ts';
import { importedModules } from '../../python/modules/imported-modules.ts';
import type {
  EnvironmentSubject,
  ImportClosure,
  RevisionSubject,
} from '../../rules/shared/revisions/revision-subject.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { MigrationSettings } from '../snapshot.ts';
import { environmentId } from './environment-id.ts';
import { type DialectFacts, dialectOf } from './migration-dialect.ts';
import { revisionAt } from './revision-at.ts';
import { revisionSubject } from './revision-subjects.ts';
import type { Timeline } from './revision-timeline.ts';
import { type SizesByEnvironment, sizeLookup } from './table-sizes.ts';

export interface MigrationFacts extends DialectFacts {
  readonly environments: readonly MigrationEnvironment[];
  readonly timelineOf: (environment: MigrationEnvironment) => Timeline;
  readonly settings: MigrationSettings;
  readonly parser: SqlParser;
  readonly sizes: SizesByEnvironment;
}

/** A file may be a revision of several environments: sections that share a folder. */
export function revisionSubjectsOf(path: string, facts: MigrationFacts): readonly RevisionSubject[] {
  return facts.environments.flatMap(environment => {
    if (revisionAt(environment.graph, path) === undefined) return [];
    const timeline = facts.timelineOf(environment);
    const { settings, parser } = facts;
    const sizeOf = sizeLookup(facts.sizes.get(environmentId(environment)));
    const dialect = dialectOf(environment, facts);
    return revisionSubject(path, { environment, timeline, dialect, settings, parser, sizeOf }) ?? [];
  });
}

export function environmentSubjectsOf(facts: MigrationFacts): readonly EnvironmentSubject[] {
  return facts.environments.map(environment => ({
    environment,
    dialect: dialectOf(environment, facts),
    imports: importClosure(environment, facts.project),
    tables: new Set(facts.timelineOf(environment).latest.tables.map(tableKey)),
  }));
}

/** Also `flask.current_app`: the application that runs env.py has imported what it wanted. */
const looksAround =
  /\b(?:walk_packages|iter_modules|autodiscover|current_app)\b|\b__all__\s*\+?=[^\n]*\bfor\b/;

/** `from models import *` imports the modules that `__all__` of the package lists. */
function listedModules(file: SourceFile | undefined): readonly string[] {
  const { name = '', text = '' } = file ?? {};
  const [, listed = ''] = /^__all__\s*(?::[^=\n]*)?=\s*[[(]([^\])]*)[\])]/m.exec(text) ?? [];
  return [...listed.matchAll(/["'](\w+)["']/g)].map(([, each]) => `${name}.${each}`);
}

function importClosure({ script }: MigrationEnvironment, project: SqlAlchemyProject): ImportClosure {
  const byName = new Map([...project.files.values()].map(file => [file.name, file]));
  const packages = new Set([...byName.keys()].flatMap(enclosingPackages));
  const start = script === null ? undefined : project.files.get(script.path);
  const modules = new Set<string>();
  const pending = start ? [start] : [];
  let complete = start !== undefined;
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (looksAround.test(file.text)) complete = false;
    const { loaded, possible, starred, open } = importedModules(file.module, file);
    // A package that names no library is not read, and may list its modules.
    if (open || [...starred].some(each => packages.has(each) && !byName.has(each))) complete = false;
    const listed = [...starred].flatMap(each => listedModules(byName.get(each)));
    for (const name of [...loaded, ...possible, ...listed]) {
      if (modules.has(name)) continue;
      modules.add(name);
      const next = byName.get(name);
      if (next) pending.push(next);
      else if (loaded.has(name) && packages.has(firstPart(name)) && !packages.has(name)) complete = false;
    }
  }
  return { modules, complete };
}

function enclosingPackages(name: string): readonly string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
