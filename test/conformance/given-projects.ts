/** Real projects that a script is given: what the product reads of them, and what they are to SQLAlchemy once imported. */
import { execFileSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import type { SqlParser } from '../../src/sql/parser.ts';
import type { SqlAlchemyProject } from '../../src/sqlalchemy/project.ts';
import { shopEnvironment } from '../../src/tools/shop.ts';
import { createNodeFilePort } from '../../src/workspace/files/node-file-port.ts';
import { WorkspaceStore } from '../../src/workspace/workspace-store.ts';
import { loadTestPythonParser } from '../python-parser.ts';
import { type NamedFile, rootOf } from './project-modules.ts';

export interface GivenProject {
  /** Absolute. */
  readonly root: string;
  /** The interpreter that imports the project, as it was given. */
  readonly python: string;
}

/** Of arguments `FOLDER` and `FOLDER=PYTHON`; without an interpreter, that of the sample shop. Throws where none is given. */
export async function* givenProjects(given: readonly string[]): AsyncGenerator<GivenProject> {
  if (given.length === 0) throw new Error('Name the folders of some projects.');
  for (const each of given) {
    const [folder = '', python = (await shopEnvironment()).python] = each.split('=');
    yield { root: resolve(folder), python };
  }
}

export async function openProject(root: string, sql: SqlParser): Promise<SqlAlchemyProject> {
  const parser = await loadTestPythonParser();
  const store = new WorkspaceStore({ files: createNodeFilePort(), parser, sql, logger: silentLogger });
  return (await store.open([root], undefined, new AbortController().signal)).project;
}

export interface OracleQuestion {
  readonly python: string;
  /** Where the modules were read, and where the project that is asked about stands: there, or a copy of it. */
  readonly root: string;
  readonly folder: string;
  /** Are imported before the files are looked at. */
  readonly modules: readonly NamedFile[];
  readonly files: readonly NamedFile[];
  readonly ownLabels?: boolean;
  /** The current folder: what a project writes while it is imported goes there. */
  readonly scratch: string;
  readonly errors: 'inherit' | 'ignore';
}

/** What `conversion_oracle.py` says of a project. Throws where it fails or takes more than ten minutes. */
export function askConversionOracle(question: OracleQuestion): unknown {
  const { python, root, folder, modules, files, ownLabels, scratch, errors } = question;
  const roots = new Set([...modules, ...files].map(rootOf));
  const answer = execFileSync(python, [join(import.meta.dirname, 'conversion_oracle.py')], {
    cwd: scratch,
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    input: JSON.stringify({
      folder,
      ownLabels,
      roots: [...roots].map(each => join(folder, relative(root, each))),
      modules: modules.map(({ name }) => name),
      files: files.map(({ path, name }) => ({ path: relative(root, path), module: name })),
    }),
    stdio: ['pipe', 'pipe', errors],
    timeout: 600_000,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(answer);
}
