/** Gathers what scaffolds need to know from a project that has been read. Pure: the texts are handed in. */
import { firstPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { folderOf } from '../paths.ts';
import type { KnownFile, ModelPlace, ProjectFacts } from '../project-facts.ts';
import { learnBase } from './learn-base.ts';
import { learnColumns } from './learn-columns.ts';
import { learnDatabase } from './learn-database.ts';
import { learnEnums } from './learn-enums.ts';
import { learnFiles } from './learn-files.ts';
import { learnHabits, modelFacts, usualKey } from './learn-habits.ts';
import { learnKeySample } from './learn-key.ts';
import { learnEnumValues, learnKeyAliases, learnMixins } from './learn-mixins.ts';
import { learnPackage, learnPlaces, learnRegistry } from './learn-places.ts';
import { learnRepositories } from './learn-repositories.ts';
import { learnStyle } from './learn-style.ts';
import { learnTests } from './learn-tests.ts';
import { learnWeb } from './learn-web.ts';
import { mostCommon } from './most-common.ts';
import { type IsOwnCode, type OwnClasses, ownClasses, ownCodeBelow } from './own-classes.ts';

export interface ProjectSources {
  readonly project: SqlAlchemyProject;
  /** Folders of the workspace, absolute. The first takes new packages. */
  readonly roots: readonly string[];
  /** Every Python file, absolute. */
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string | undefined;
}

export function learnProject(sources: ProjectSources): ProjectFacts {
  const { project, paths } = sources;
  const root = sources.roots[0] ?? '';
  const isOwnCode = ownCodeBelow(sources.roots);
  const ownFiles = [...project.files.values()].filter(file => isOwnCode(file.path));
  const classes = ownClasses(ownFiles);
  const models = [...project.models.values()].filter(model => isOwnCode(model.location.path));
  const base = learnBase(project, models, { classes, ownFiles });
  const keyAliases = learnKeyAliases(ownFiles);
  const mixins = learnMixins(models, classes, { base, keyAliases });
  const places = placesOf(models.filter(model => model.kind !== 'table'));
  const keySample = learnKeySample(models, classes, base);
  const known = new Set(paths);
  const home = learnPackage(paths.filter(isOwnCode), root);
  const settings = settingsOf(sources, root, home.path);
  const database = learnDatabase(
    project,
    { classes, ownFiles },
    {
      base,
      home,
      places,
      texts: { roots: sources.roots, paths: paths.filter(isOwnCode), textOf: sources.textOf },
    },
  );
  return {
    root,
    isOwnCode,
    exists: path => known.has(path),
    fileAt: path => fileAt(path, sources),
    filesIn: folder =>
      [...project.files.keys()]
        .filter(path => folderOf(path) === folder)
        .flatMap(path => fileAt(path, sources) ?? []),
    ownPackages: new Set(
      [...project.files.values()]
        .filter(file => !file.path.startsWith('package:'))
        .map(file => firstPart(file.name))
        .concat(home.module),
    ),
    style: styleOf(sources, settings, models),
    files: learnFiles(paths.filter(isOwnCode).flatMap(path => sources.textOf(path) ?? [])),
    concurrency: concurrencyOf(sources, settings, isOwnCode, classes),
    usesSqlite: usesSqlite(sources, settings),
    base,
    mixins,
    keyAliases,
    enumValues: learnEnumValues(ownFiles),
    keySample,
    usualKey: usualKey(models, { base, mixins, keyAliases, keySample }, classes),
    models: modelFacts(models),
    habits: learnHabits(models, classes, base),
    columns: learnColumns(models, classes),
    enums: learnEnums(classes),
    places,
    registry: learnRegistry(project, models, { places, isOwnCode }),
    package: home,
    tests: learnTests(paths, root, home.path),
    repositories: learnRepositories(models, classes),
    database,
    web: learnWeb({ ownFiles, ownPaths: paths.filter(isOwnCode), place: database.place }),
    project,
  };
}

function fileAt(path: string, { project, textOf }: ProjectSources): KnownFile | null {
  const text = textOf(path);
  if (text === undefined) return null;
  const file = project.files.get(path);
  return { path, text, module: file?.name ?? '', syntax: file?.module ?? null };
}

/** Where models of the usual base are comes first: other places may belong to another database of the project. */
function placesOf(models: readonly Model[]): readonly ModelPlace[] {
  const usual = mostCommon(models.map(model => model.base));
  const own = learnPlaces(models.filter(model => model.base === usual));
  const all = learnPlaces(models);
  const isOwn = (place: ModelPlace): boolean =>
    own.some(each => each.kind === place.kind && each.path === place.path);
  return [...all.filter(isOwn), ...all.filter(place => !isOwn(place))];
}

/** The text of a file of settings: the one that is nearest to the package, as a workspace may hold several projects. */
type Settings = (name: string) => string | undefined;

function settingsOf({ textOf }: ProjectSources, root: string, home: string): Settings {
  return name => {
    for (let at = home; at.startsWith(`${root}/`); at = folderOf(at)) {
      const text = textOf(`${at}/${name}`);
      if (text !== undefined) return text;
    }
    return textOf(`${root}/${name}`);
  };
}

function styleOf({ project }: ProjectSources, settings: Settings, models: readonly Model[]) {
  const samples = [...new Set(models.map(model => model.location.path))].slice(0, 50);
  return learnStyle({
    pyproject: settings('pyproject.toml'),
    ruff: settings('ruff.toml') ?? settings('.ruff.toml'),
    samples: samples.flatMap(path => project.files.get(path)?.text ?? []),
  });
}

/** What most session factories and engines are; without any, what the drivers and the code speak of. */
function concurrencyOf(
  { project }: ProjectSources,
  settings: Settings,
  isOwnCode: IsOwnCode,
  classes: OwnClasses,
): 'sync' | 'async' {
  const facts = [...project.sessionFactories, ...project.engines].filter(each =>
    isOwnCode(each.location.path),
  );
  const async = facts.filter(each => each.kind === 'async').length;
  if (facts.length > 0) return async * 2 >= facts.length ? 'async' : 'sync';
  const requirements = settings('pyproject.toml') ?? '';
  if (/\b(asyncpg|aiosqlite|sqlalchemy\[[^\]]*asyncio|fastapi)\b/.test(requirements)) return 'async';
  return [...classes.values()].some(each => each.file.text.includes('AsyncSession')) ? 'async' : 'sync';
}

function usesSqlite({ project }: ProjectSources, settings: Settings): boolean {
  if (/\baiosqlite\b/.test(settings('pyproject.toml') ?? '')) return true;
  return [...project.files.values()].some(file => /\bsqlite(\+\w+)?:\/\/|["']sqlite["']/.test(file.text));
}
