/** Folders that hold no source of the workspace's own, by name: they are never entered. */
const names: ReadonlySet<string> = new Set([
  '__pycache__',
  'node_modules',
  'site-packages',
  'venv',
  'env',
  'virtualenv',
  'build',
  'dist',
  'htmlcov',
]);

/** Hidden folders and virtual environments by name; `pyvenv.cfg` is looked for by the file port. */
export function isIgnoredFolder(name: string): boolean {
  return name.startsWith('.') || names.has(name) || name.endsWith('.egg-info');
}

/** Names under which projects keep a virtual environment: it is asked for the packages that it holds. */
export function mayBeEnvironment(name: string): boolean {
  return /^\.?(?:v|virtual)?env\d*$/.test(name);
}
