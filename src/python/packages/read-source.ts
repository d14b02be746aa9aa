/** One file that names packages: a lock file, requirements, `pyproject.toml`, or the trace of an installed package. */
import { recordOf } from '../../base/record.ts';
import { parseToml, type TomlTable, tomlTable } from '../../base/toml.ts';
import { anyVersion, packageName, type Requirement, readRequirement, readVersions } from './requirement.ts';
import { readRelease } from './version.ts';

/** From the strongest word to the weakest. */
export type Authority = 'installed' | 'locked' | 'pinned' | 'allowed';

export interface PackageSource {
  /** The project's folder that it speaks for. */
  readonly folder: string;
  readonly authority: Authority;
  /** True where it lists everything there is. */
  readonly complete: boolean;
  readonly requirements: readonly Requirement[];
}

type Read = (text: string, path: string) => readonly Requirement[];

interface Format {
  readonly path: RegExp;
  readonly authority: Authority;
  readonly complete: boolean;
  readonly read: Read;
}

const formats: readonly Format[] = [
  {
    path: /^(.*?)\/[^/]+\/(?:lib\/python[\d.]+|Lib)\/site-packages\/[^/]+\.dist-info\/WHEEL$/,
    authority: 'installed',
    complete: true,
    read: (_text, path) => readInstalled(path),
  },
  {
    path: /^(.*?)\/[^/]+\/pyvenv\.cfg$/,
    authority: 'installed',
    complete: false,
    read: readEnvironment,
  },
  {
    path: /^(.*)\/(?:uv|poetry|pdm)\.lock$|^(.*)\/pylock(?:\.[\w-]+)?\.toml$/,
    authority: 'locked',
    complete: true,
    read: readLock,
  },
  { path: /^(.*)\/Pipfile\.lock$/, authority: 'locked', complete: true, read: readPipfileLock },
  { path: /^(.*)\/Pipfile$/, authority: 'allowed', complete: false, read: readPipfile },
  { path: /^(.*)\/pyproject\.toml$/, authority: 'allowed', complete: false, read: readPyproject },
  { path: /^(.*)\/setup\.py$/, authority: 'allowed', complete: false, read: readSetupScript },
  { path: /^(.*)\/setup\.cfg$/, authority: 'allowed', complete: false, read: readSetupSettings },
  {
    path: /^(.*?)(?:\/requirements(?:\/[\w.-]+)?)?\/[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)$|^(.*)\/requirements\/(?:[\w.-]+\/)?[\w.-]+\.(?:txt|in)$/,
    authority: 'allowed',
    complete: false,
    read: text => readRequirements(text),
  },
  {
    path: /^(.*)\/(?:[^/]+\.dist-info\/METADATA|PKG-INFO)$/,
    authority: 'allowed',
    complete: false,
    read: text => readMetadata(text),
  },
  { path: /^(.*)\/\.python-version$/, authority: 'locked', complete: false, read: readPythonVersion },
];

/** True for files that `readPackageSource` understands, by an absolute path. */
export function isPackageSource(path: string): boolean {
  return formats.some(format => format.path.test(path));
}

/** None for other files. A requirement that is pinned to one version has a stronger word than one that is not. */
export function readPackageSource(path: string, text: string): readonly PackageSource[] {
  for (const format of formats) {
    const match = format.path.exec(path);
    if (!match) continue;
    const folder = match[1] ?? match[2] ?? '';
    const { authority, complete } = format;
    const requirements = format.read(text, path);
    if (authority !== 'allowed') return [{ folder, authority, complete, requirements }];
    const pinned = requirements.filter(each => each.version.kind === 'exact');
    const allowed = requirements.filter(each => each.version.kind !== 'exact');
    return [
      { folder, authority: 'pinned', complete, requirements: pinned },
      { folder, authority, complete, requirements: allowed },
    ];
  }
  return [];
}

function readInstalled(path: string): readonly Requirement[] {
  const match = /\/([^/]+)-([^/-]+)\.dist-info\/WHEEL$/.exec(path);
  return match?.[1] && match[2] ? exact(match[1], match[2]) : [];
}

function readEnvironment(text: string): readonly Requirement[] {
  const version = /^version(?:_info)?\s*=\s*(\S+)/m.exec(text);
  return version?.[1] ? exact('python', version[1]) : [];
}

function readPythonVersion(text: string): readonly Requirement[] {
  const version = /^\s*(?:cpython-)?(\d+\.\d+)/m.exec(text);
  return version?.[1] ? [{ name: 'python', extras: [], version: readVersions(`==${version[1]}.*`) }] : [];
}

/**
 * By lines, not by the TOML parser: the tools write every package as `[[package]]` with its name and version next, and a
 * lock file of a large project has tens of thousands of lines.
 */
const lockedPackage =
  /^\[\[packages?\]\]\r?\nname = "([^"]+)"\r?\nversion = "([^"]+)"(?:\r?\nextras = \[([^\]]*)\])?/gm;

function readLock(text: string): readonly Requirement[] {
  const packages = [...text.matchAll(lockedPackage)].flatMap(([, name = '', version = '', extras = '']) =>
    exact(name, version, extras.match(/[\w-]+/g) ?? []),
  );
  const python = /^requires-python = "([^"]+)"/m.exec(text)?.[1];
  return python === undefined
    ? packages
    : [...packages, { name: 'python', extras: [], version: readVersions(python) }];
}

function readPipfileLock(text: string): readonly Requirement[] {
  const lock = parseJson(text);
  const sections = ['default', 'develop'].map(name => recordOf(lock[name]));
  return sections.flatMap(section =>
    Object.entries(section).flatMap(([name, value]) => fromTable(name, value)),
  );
}

function readPipfile(text: string): readonly Requirement[] {
  const parsed = parseToml(text);
  if (parsed.kind === 'error') return [];
  const { table } = parsed;
  const packages = { ...tomlTable(table, 'dev-packages'), ...tomlTable(table, 'packages') };
  const { python_version: python } = tomlTable(table, 'requires');
  return [
    ...Object.entries(packages).flatMap(([name, value]) => fromTable(name, value)),
    ...(typeof python === 'string'
      ? [{ name: 'python', extras: [], version: readVersions(`==${python}.*`) }]
      : []),
  ];
}

function readPyproject(text: string): readonly Requirement[] {
  const parsed = parseToml(text);
  if (parsed.kind === 'error') return [];
  const project = tomlTable(parsed.table, 'project');
  const poetry = tomlTable(parsed.table, 'tool', 'poetry');
  const groups = Object.values(tomlTable(poetry, 'group')).map(group =>
    tomlTable(recordOf(group), 'dependencies'),
  );
  const lists = [
    project.dependencies,
    ...Object.values(tomlTable(project, 'optional-dependencies')),
    ...Object.values(tomlTable(parsed.table, 'dependency-groups')),
    ...Object.values(tomlTable(parsed.table, 'tool', 'pdm', 'dev-dependencies')),
    tomlTable(parsed.table, 'tool', 'uv')['dev-dependencies'],
  ];
  const tables = [tomlTable(poetry, 'dependencies'), tomlTable(poetry, 'dev-dependencies'), ...groups];
  const python = project['requires-python'];
  return [
    ...lists.flatMap(asTexts).flatMap(each => readRequirement(each) ?? []),
    ...tables.flatMap(table => Object.entries(table).flatMap(([name, value]) => fromTable(name, value))),
    ...(typeof python === 'string' ? [{ name: 'python', extras: [], version: readVersions(python) }] : []),
  ];
}

/** Strings that give a version, wherever they stand, and the names of a list of requirements. */
function readSetupScript(text: string): readonly Requirement[] {
  const versions = text.matchAll(/(["'])([A-Za-z][\w.-]*(?:\[[\w\s,-]*\])?\s*[<>=!~]=?\s*\d[^"'\n]*)\1/g);
  const lists = text.matchAll(/\w*require\w*\s*=\s*\[([^\]]*)\]/g);
  const names = [...lists].flatMap(([, list = '']) => [...list.matchAll(/["']([A-Za-z][\w.-]*)["']/g)]);
  const written = [...[...versions].map(([, , each = '']) => each), ...names.map(([, each = '']) => each)];
  return written.flatMap(each => readRequirement(each) ?? []);
}

/** `install_requires` and its kin: one requirement on each of the lines that are indented. */
function readSetupSettings(text: string): readonly Requirement[] {
  const [, lines = ''] = /^install_requires\s*=((?:.*\n[ \t]+)*.*)$/m.exec(text) ?? [];
  return readRequirements(lines);
}

/** Options, included files and addresses name no package; a line may go on after a backslash. */
function readRequirements(text: string): readonly Requirement[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').replace(/\s--hash=.*$/, ''))
    .filter(line => line.trim() !== '' && !/^\s*[-./]/.test(line))
    .flatMap(line => readRequirement(line) ?? []);
}

/** The headers of a package that was unpacked, without its description behind the first empty line. */
function readMetadata(text: string): readonly Requirement[] {
  const [headers = ''] = text.split(/\r?\n\r?\n/, 1);
  const values = (name: string) =>
    [...headers.matchAll(new RegExp(`^${name}:(.*)$`, 'gm'))].map(([, value = '']) => value.trim());
  const python = values('Requires-Python')[0];
  return [
    ...values('Requires-Dist').flatMap(each => readRequirement(each) ?? []),
    ...(python === undefined ? [] : [{ name: 'python', extras: [], version: readVersions(python) }]),
  ];
}

/** `name = "^2.0"` or `name = { version = "^2.0", extras = ["asyncio"] }`. */
function fromTable(name: string, value: unknown): readonly Requirement[] {
  const { version, extras } = typeof value === 'string' ? { version: value, extras: [] } : recordOf(value);
  return [
    {
      name: packageName(name),
      extras: asTexts(extras),
      version: typeof version === 'string' ? readPoetryVersions(version) : anyVersion,
    },
  ];
}

/** Poetry's bare `2.0` means exactly that version; so does Pipfile's `==2.0`. */
function readPoetryVersions(text: string): Requirement['version'] {
  return text.trim() === '*' ? anyVersion : readVersions(text);
}

function exact(name: string, version: string, extras: readonly string[] = []): readonly Requirement[] {
  const release = readRelease(version);
  return release === null ? [] : [{ name: packageName(name), extras, version: { kind: 'exact', release } }];
}

function parseJson(text: string): TomlTable {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : [];
}
