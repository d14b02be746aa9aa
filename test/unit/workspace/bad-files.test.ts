/** A file that cannot be read as it should be leaves all others as they are, and is named in the log. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Logger, silentLogger } from '../../../src/base/logger.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import type { FilePort } from '../../../src/workspace/files/file-port.ts';
import { createNodeFilePort } from '../../../src/workspace/files/node-file-port.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';

const model = (name: string) => `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase): pass

class ${name}(Base):
    __tablename__ = "${name.toLowerCase()}"
    id: Mapped[int] = mapped_column(primary_key=True)
`;

interface Opened {
  /** By name, sorted. */
  readonly models: readonly string[];
  /** Names of files that the log complains about. */
  readonly named: readonly string[];
}

async function opened(folder: string, files: FilePort = createNodeFilePort()): Promise<Opened> {
  const lines: string[] = [];
  const logger: Logger = { ...silentLogger, warn: line => lines.push(line) };
  const store = new WorkspaceStore({ files, parser, sql: await loadSqlParser(), logger });
  const { project } = await store.open([folder], undefined, new AbortController().signal);
  const models = [...project.models.values()].filter(({ tableName }) => tableName !== null);
  return {
    models: models.map(({ name }) => name).sort(),
    named: lines.flatMap(line => /[\w-]+\.py/.exec(line) ?? []).sort(),
  };
}

test('a generated module of ten megabytes, broken code, and bytes that are no text', async () => {
  await using folder = await temporaryFolder('bad-files');
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder.path, name), content);
  write('good.py', model('Good'));
  write('huge.py', `import sqlalchemy\n${'DATA = [1, 2, 3]\n'.repeat(620_000)}`);
  write('broken.py', `${model('Broken')}\ndef half(:\n    return ((("""`);
  write(
    'noise.py',
    Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256),
  );
  const { models, named } = await opened(folder.path);
  assert.deepEqual(models, ['Broken', 'Good']);
  assert.deepEqual(named, ['huge.py', 'noise.py']);
});

test('a document that grows too large while it is open, shrinks again, and is closed', async () => {
  await using folder = await temporaryFolder('bad-files');
  const path = join(folder.path, 'typed.py');
  writeFileSync(path, model('Saved'));
  const files = createNodeFilePort();
  const store = new WorkspaceStore({ files, parser, sql: await loadSqlParser(), logger: silentLogger });
  await store.open([folder.path], undefined, new AbortController().signal);
  const large = `${model('Large')}${'DATA = [1, 2, 3]\n'.repeat(250_000)}`;
  const seen = [large, model('Typed'), large, null].map(text => {
    const { project, problems } = store.setOverlay(path, text);
    const names = [...project.models.values()].filter(({ tableName }) => tableName !== null);
    return [...names.map(({ name }) => name), ...problems.map(({ code }) => code)].join();
  });
  assert.deepEqual(seen, ['too-large', 'Typed', 'too-large', 'Saved']);
});

test('a module in the encoding that it declares', async () => {
  await using folder = await temporaryFolder('bad-files');
  const text = `# -*- coding: latin-1 -*-\n${model('Größe')}`;
  writeFileSync(join(folder.path, 'old.py'), Buffer.from(text, 'latin1'));
  const { models, named } = await opened(folder.path);
  assert.deepEqual(models, ['Größe']);
  assert.deepEqual(named, []);
});

test('links that lead in a circle or nowhere, and a file that vanishes between being seen and being read', async () => {
  await using folder = await temporaryFolder('bad-files');
  const path = (...names: readonly string[]) => join(folder.path, ...names);
  mkdirSync(path('package'));
  writeFileSync(path('package', 'good.py'), model('Good'));
  writeFileSync(path('gone.py'), model('Gone'));
  symlinkSync(folder.path, path('package', 'circle'));
  symlinkSync(path('nowhere.py'), path('link.py'));
  symlinkSync(path('itself.py'), path('itself.py'));
  const disk = createNodeFilePort();
  const files: FilePort = {
    ...disk,
    async list(root) {
      const found = await disk.list(root);
      rmSync(path('gone.py'));
      return found;
    },
  };
  const { models, named } = await opened(folder.path, files);
  assert.deepEqual(models, ['Good']);
  assert.deepEqual(named, ['gone.py']);
});
