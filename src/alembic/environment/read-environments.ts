/**
 * Finds and reads every migration environment among some files. Text in, data out: the caller says which files there are
 * and what they hold. Paths are as the caller has them, with slashes.
 */
import type { Problem } from '../../base/problem.ts';
import type { Module } from '../../python/syntax.ts';
import type { ConfigSources, EnvironmentConfig, ScriptLocation } from '../configuration/config.ts';
import { readConfig } from '../configuration/read-config.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { RevisionGraph } from '../graph/graph.ts';
import type { ImportedText } from '../revision/constants.ts';
import { importedTextOf } from '../revision/imported-text.ts';
import type { RevisionReading } from '../revision/revision.ts';
import { revisionFiles } from '../revision/revision-files.ts';
import { createRevisionReader, type RevisionReader } from '../revision/revision-reader.ts';
import type { EnvironmentProblem, MigrationEnvironment } from './environment.ts';
import { defaultVersionTable, type EnvironmentScript, readEnvironmentScript } from './environment-script.ts';
import { folderOf, joinPath } from './paths.ts';

export interface EnvironmentFiles {
  /** All files that may matter: Python files, .ini files and pyproject.toml. */
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string | undefined;
  readonly parse: (text: string) => Module;
  /** Constants of other modules; by default looked up in the files. */
  readonly importedText?: ImportedText;
  /** Readings kept from before. */
  readonly readRevision?: RevisionReader;
}

type Files = Required<EnvironmentFiles>;

export function readEnvironments(given: EnvironmentFiles): readonly MigrationEnvironment[] {
  const files: Files = {
    ...given,
    importedText: given.importedText ?? importedTextOf(given),
    readRevision: given.readRevision ?? createRevisionReader(given.parse),
  };
  const known = new Set(files.paths);
  const configured = configurations(files).flatMap(sources => {
    const { environments, problems } = readConfig(sources);
    return environments.map(config => configuredEnvironment(files, known, config, problems));
  });
  const covered = new Set(configured.map(environment => environment.scriptLocation));
  const bare = scriptFolders(files.paths, known).filter(folder => !covered.has(folder));
  return [...configured, ...bare.map(folder => bareEnvironment(files, known, folder))];
}

/** Each folder's .ini files with `script_location`, the pyproject.toml beside them, and pyproject.toml alone. */
function configurations({ paths, textOf }: EnvironmentFiles): readonly ConfigSources[] {
  const source = (path: string | undefined) => {
    const text = path === undefined ? undefined : textOf(path);
    return path === undefined || text === undefined ? null : { path, text };
  };
  const tomls = new Map(
    paths.filter(path => /(^|\/)pyproject\.toml$/.test(path)).map(path => [folderOf(path), path]),
  );
  const inis = paths.filter(
    path => path.endsWith('.ini') && /^\s*\[alembic\]|script_location/m.test(textOf(path) ?? ''),
  );
  const withIni = inis.map(path => ({ ini: source(path), toml: source(tomls.get(folderOf(path))) }));
  const used = new Set(inis.map(folderOf));
  const alone = [...tomls]
    .filter(([folder]) => !used.has(folder))
    .map(([, path]) => ({ ini: null, toml: source(path) }));
  return [...withIni, ...alone.filter(({ toml }) => toml?.text.includes('tool.alembic'))];
}

function configuredEnvironment(
  files: Files,
  known: ReadonlySet<string>,
  config: EnvironmentConfig,
  fileProblems: readonly (Problem & { readonly path: string })[],
): MigrationEnvironment {
  const scriptLocation = locate(files.paths, known, config, config.scriptLocation, 'env.py');
  const locations = config.versionLocations.flatMap(
    each => locate(files.paths, known, config, each, null) ?? [],
  );
  const defaults = scriptLocation === null ? [] : [joinPath(scriptLocation, 'versions')];
  const missing = scriptLocation === null ? [missingLocation(config)] : [];
  return assemble(files, {
    config,
    configPath: config.configPath,
    scriptLocation,
    versionLocations: locations.length > 0 ? locations : defaults,
    problems: [
      ...fileProblems.map(problem => toProblem(problem, problem.path)),
      ...config.problems.map(problem => toProblem(problem, config.configPath)),
      ...missing,
    ],
  });
}

function bareEnvironment(files: Files, known: ReadonlySet<string>, folder: string): MigrationEnvironment {
  const versions = joinPath(folder, 'versions');
  const recursive = !files.paths.some(
    path => folderOf(path) === versions && known.has(path) && !path.endsWith('/__init__.py'),
  );
  return assemble(files, {
    config: null,
    configPath: joinPath(folder, 'env.py'),
    scriptLocation: folder,
    versionLocations: [versions],
    problems: [],
    recursive,
  });
}

interface Parts {
  readonly config: EnvironmentConfig | null;
  readonly configPath: string;
  readonly scriptLocation: string | null;
  readonly versionLocations: readonly string[];
  readonly problems: readonly EnvironmentProblem[];
  readonly recursive?: boolean;
}

function assemble(files: Files, parts: Parts): MigrationEnvironment {
  const { config, scriptLocation } = parts;
  const { readings, graph, versionLocations } = readGraph(files, parts);
  const script = scriptLocation === null ? null : readScript(files, joinPath(scriptLocation, 'env.py'));
  return {
    config: parts.configPath,
    section: config?.section ?? null,
    scriptLocation,
    versionLocations,
    settings: config,
    script,
    versionTable: {
      schema: script?.versionTableSchema ?? null,
      name: script?.versionTable ?? defaultVersionTable,
    },
    url: config?.url?.value ?? null,
    urlRange: config?.url?.range ?? null,
    graph,
    problems: [
      ...parts.problems,
      ...readings.flatMap(reading => (reading.kind === 'revision' ? reading.problems : [reading.problem])),
      ...graph.problems,
    ],
  };
}

interface GraphReading {
  readonly versionLocations: readonly string[];
  readonly readings: readonly RevisionReading[];
  readonly graph: RevisionGraph;
}

function readGraph(files: Files, { config, versionLocations, recursive }: Parts): GraphReading {
  const pathsOf = (deep: boolean) => revisionFiles(files.paths, { versionLocations, recursive: deep });
  const readings = (paths: readonly string[], locations = versionLocations): GraphReading => {
    const found = paths.flatMap(path => {
      const text = files.textOf(path);
      return text === undefined ? [] : [files.readRevision(path, text, files.importedText)];
    });
    return {
      versionLocations: locations,
      readings: found,
      graph: buildGraph(found.flatMap(each => (each.kind === 'revision' ? [each.revision] : []))),
    };
  };
  const own = pathsOf(config?.recursive ?? recursive ?? false);
  const configured = readings(own);
  if (config === null || config.recursive || config.versionLocations.length > 0) return configured;
  const all = pathsOf(true);
  if (all.length === own.length) return configured;
  const deep = readings(all);
  if (continues(configured.graph, deep.graph)) return deep;
  const ours = configured.graph.nodes.length === 0 ? foldersForPostgres(all, versionLocations) : [];
  return ours.length === 0
    ? configured
    : readings(revisionFiles(files.paths, { versionLocations: ours, recursive: false }), ours);
}

/** Programs that keep a chain for each kind of database choose one by the dialect: `versions/postgresql`, `versions/sqlite`. */
function foldersForPostgres(paths: readonly string[], locations: readonly string[]): readonly string[] {
  const folders = new Set(paths.map(folderOf));
  return [...folders].filter(
    folder =>
      locations.includes(folderOf(folder)) && /postgres|psql/i.test(folder.slice(folder.lastIndexOf('/'))),
  );
}

/** Programs that set version_locations themselves keep later revisions in folders below: they follow the ones above. */
function continues(above: RevisionGraph, all: RevisionGraph): boolean {
  if (
    all.nodes.length === above.nodes.length ||
    all.problems.some(each => each.code === 'duplicate-revision-id')
  )
    return false;
  return above.nodes.length === 0 || all.bases.every(id => above.byId.has(id));
}

function readScript(files: Files, path: string): EnvironmentScript | null {
  const text = files.textOf(path);
  return text === undefined ? null : readEnvironmentScript(path, text, files.parse(text), files.importedText);
}

/** The folder that a location means; null where no file below it is known (or not the one asked for). */
function locate(
  paths: readonly string[],
  known: ReadonlySet<string>,
  config: EnvironmentConfig,
  location: ScriptLocation,
  file: string | null,
): string | null {
  const folder = folderOf(config.configPath);
  const exists = (candidate: string) =>
    file === null
      ? paths.some(path => path.startsWith(`${candidate}/`))
      : known.has(joinPath(candidate, file));
  if (location.kind === 'path') {
    const direct = joinPath(folder, location.path);
    // A location without %(here)s is relative to where Alembic is started: the configuration's folder, or one above.
    for (
      let base = folder, candidate = direct;
      ;
      base = folderOf(base), candidate = joinPath(base, location.path)
    ) {
      if (exists(candidate)) return candidate;
      if (base === '' || location.path.startsWith('/')) return null;
    }
  }
  const suffix = joinPath(location.package.replaceAll('.', '/'), location.path);
  const roots = [...config.prependSysPath, '.', 'src'].map(root => joinPath(folder, root));
  return roots.map(root => joinPath(root, suffix)).find(exists) ?? anywhere(paths, suffix, exists);
}

/** A package below any folder: the import path is not known for sure. */
function anywhere(
  paths: readonly string[],
  suffix: string,
  exists: (folder: string) => boolean,
): string | null {
  const marker = `/${suffix}/`;
  const found = paths.flatMap(path => {
    const at = `/${path}`.indexOf(marker);
    return at < 0 ? [] : [path.slice(0, at + marker.length - 2)];
  });
  return found.filter(exists).sort((a, b) => a.length - b.length)[0] ?? null;
}

/** Folders with an env.py of Alembic and its template or a versions folder, as projects without a configuration have. */
function scriptFolders(paths: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const versions = new Set(
    paths.flatMap(path => /^(.*)\/versions\/(?:.*\/)?[^/]+\.py$/.exec(path)?.[1] ?? []),
  );
  return [...versions].filter(folder => known.has(joinPath(folder, 'env.py')));
}

function toProblem(problem: Problem, path: string): EnvironmentProblem {
  return {
    code: problem.code,
    message: problem.message,
    path,
    range: problem.range ?? { start: 0, end: 0 },
    revisions: [],
  };
}

function missingLocation(config: EnvironmentConfig): EnvironmentProblem {
  const { scriptLocation } = config;
  const name =
    scriptLocation.kind === 'path' ? scriptLocation.path : `${scriptLocation.package}:${scriptLocation.path}`;
  return {
    code: 'missing-script-location',
    message: `There is no env.py in '${name}', the script_location: Alembic has nothing to run. Correct the path, or create the folder with “alembic init”.`,
    path: config.configPath,
    range: config.scriptLocationRange ?? { start: 0, end: 0 },
    revisions: [],
  };
}
