/** Which files are read again after an edit: those that looked at what it changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createModuleTable } from '../../../src/python/modules/modules.ts';
import { FileReadings } from '../../../src/sqlalchemy/file-readings.ts';
import { type ModuleView, viewOf, viewReplacing } from '../../../src/sqlalchemy/module-view.ts';
import type { SourceFile } from '../../../src/sqlalchemy/project.ts';
import type { RecordedModules } from '../../../src/sqlalchemy/recorded-modules.ts';
import { parseFile } from '../../../src/workspace/files/parse-file.ts';
import { parser } from '../../project.ts';

const texts: Readonly<Record<string, string>> = {
  base: 'class Base:\n    number = 1\n',
  alias: 'from base import Base as Root\n',
  /** Asks what a name leads to. */
  naming: 'from alias import Root\nRoot\n',
  /** Looks at the code behind it. */
  reading: 'from alias import Root\nRoot()\n',
  lonely: 'number = 1\n',
};

function fileOf(name: string, text: string): SourceFile {
  return parseFile(parser, { path: `/project/${name}.py`, name, text });
}

interface Opened {
  readonly view: ModuleView;
  readonly readings: FileReadings<{ readonly path: string; readonly modules: RecordedModules }>;
  /** Names of the files that were read since this was asked last. */
  readonly read: () => readonly string[];
}

function opened(): Opened {
  const files = Object.entries(texts).map(([name, text]) => fileOf(name, text));
  const view = viewOf(files, createModuleTable(files));
  let names: string[] = [];
  const readings = new FileReadings(view, (file, record) => {
    names.push(file.name);
    const modules = record();
    for (const statement of file.module.body) {
      if (statement.kind !== 'expression') continue;
      const { expression } = statement;
      const name = expression.kind === 'call' ? expression.function : expression;
      const qualified = modules.names.qualify(name, file);
      if (expression.kind === 'call') modules.names.definitionOf(qualified ?? '')?.node;
    }
    return { path: file.path, modules };
  });
  const read = () => {
    const before = names;
    names = [];
    return before;
  };
  read();
  return { view, readings: readings, read };
}

/** Of each edit in turn: what is read again. */
function readAfter(...edits: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const { readings, read, ...first } = opened();
  let view = first.view;
  return edits.map(([name, text]) => {
    view = viewReplacing(view, [fileOf(name, text)]);
    readings.moveTo(view);
    return read().toSorted().join(' ');
  });
}

test('a file that nobody asks is read again alone', () => {
  assert.deepEqual(readAfter(['lonely', 'number = 2\n'], ['lonely', 'other = 2\n']), ['lonely', 'lonely']);
});

test('code that changes behind its name concerns those that looked at it', () => {
  assert.deepEqual(readAfter(['base', 'class Base:\n    number = 2\n']), ['base reading']);
});

test('a name that leads elsewhere concerns all that asked for it', () => {
  assert.deepEqual(readAfter(['alias', 'from other import Base as Root\n']), ['alias naming reading']);
});

test('what was read again is asked about again', () => {
  const edits = [1, 2, 3].map(number => ['base', `class Base:\n    number = ${number}0\n`] as const);
  assert.deepEqual(readAfter(...edits), ['base reading', 'base reading', 'base reading']);
});
