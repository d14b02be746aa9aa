/** A project made of texts, read as the product reads a workspace. */
import { nameModules } from '../src/python/modules/module-names.ts';
import { createModuleTable } from '../src/python/modules/modules.ts';
import { readPackages } from '../src/python/packages/read-packages.ts';
import type { PythonParser } from '../src/python/reading/parser.ts';
import type { RuleScope } from '../src/rules/active-rule.ts';
import { readDrivers } from '../src/rules/shared/drivers/read-drivers.ts';
import type { SqlAlchemyProject } from '../src/sqlalchemy/project.ts';
import { readProject } from '../src/sqlalchemy/read-project.ts';
import { parseFile } from '../src/workspace/files/parse-file.ts';
import { isPython } from '../src/workspace/files/source-texts.ts';
import { loadTestPythonParser } from './python-parser.ts';

/** One parser for all tests of a process: starting it costs more than a small file. */
export const parser: PythonParser = await loadTestPythonParser();

/** Paths such as `app/models.py` or `uv.lock`, below a root of their own. */
export function projectOf(texts: Readonly<Record<string, string>>): SqlAlchemyProject {
  const all = Object.entries(texts).map(([path, text]) => ({ path: `/project/${path}`, text }));
  const packages = readPackages(
    all.map(entry => entry.path),
    path => all.find(entry => entry.path === path)?.text,
  );
  const entries = all.filter(entry => isPython(entry.path));
  const names = nameModules(
    entries.map(entry => entry.path),
    ['/project'],
  );
  const files = entries.map(({ path, text }) => parsedOnce({ path, text, name: names.get(path) ?? '' }));
  return readProject(files, createModuleTable(files), { packages });
}

const parsed = new Map<string, ReturnType<typeof parseFile>>();

/** Projects that grow step by step are read again and again; a file that stayed the same is not. */
function parsedOnce(source: Parameters<typeof parseFile>[1]): ReturnType<typeof parseFile> {
  const key = `${source.name}\0${source.path}\0${source.text}`;
  const known = parsed.get(key) ?? parseFile(parser, source);
  parsed.set(key, known);
  return known;
}

/** What the rules may know of it, without any configuration beside. */
export function scopeOf(project: SqlAlchemyProject): RuleScope {
  return { project, driversOf: path => readDrivers(project, path, []), processes: () => null };
}
