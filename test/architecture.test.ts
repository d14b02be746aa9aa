/**
 * The walls of the house, checked: which room may import which, one door for each outside library, no cycles,
 * pure rooms without IO, and files of a readable length. `src/README.md` tells the same story to people;
 * the last test holds the two together.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-parser';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

/** What each room may import besides itself. `types:` before a room's name allows type imports only. */
const walls: Readonly<Record<string, readonly string[]>> = {
  base: [],
  schema: ['base'],
  python: ['base'],
  sql: ['base'],
  sqlalchemy: ['base', 'schema', 'python', 'sql'],
  alembic: ['base', 'schema', 'python', 'sql', 'sqlalchemy'],
  storage: [],
  database: ['base', 'schema', 'sql', 'storage'],
  rules: ['base', 'schema', 'python', 'sql', 'sqlalchemy', 'alembic'],
  scaffold: ['base', 'schema', 'python', 'sqlalchemy', 'alembic'],
  workspace: ['base', 'schema', 'python', 'sql', 'sqlalchemy', 'alembic', 'database', 'rules'],
  features: [
    'base',
    'schema',
    'sql',
    'sqlalchemy',
    'rules',
    'workspace',
    'types:database',
    'types:python',
    'types:alembic',
  ],
  agent: [
    'base',
    'schema',
    'alembic',
    'features',
    'scaffold',
    'workspace',
    'database',
    'types:rules',
    'types:sqlalchemy',
  ],
  protocol: ['types:base', 'types:schema'],
  server: [
    'base',
    'schema',
    'sql',
    'features',
    'agent',
    'workspace',
    'database',
    'storage',
    'scaffold',
    'protocol',
    'types:rules',
    'types:alembic',
    'types:sqlalchemy',
  ],
  cli: [
    'base',
    'schema',
    'features',
    'agent',
    'rules',
    'workspace',
    'database',
    'storage',
    'scaffold',
    'types:alembic',
    'types:sqlalchemy',
  ],
  extension: ['base', 'protocol'],
  panels: ['base', 'protocol'],
};

/** Each outside library and the rooms whose door it is. Node's own modules are judged apart. */
const doors: Readonly<Record<string, readonly string[]>> = {
  vscode: ['extension'],
  'vscode-languageclient': ['extension'],
  'vscode-languageserver': ['server'],
  'vscode-languageserver-textdocument': ['server'],
  'web-tree-sitter': ['python'],
  'libpg-query': ['sql'],
  'sql-formatter': ['sql'],
  '@electric-sql/pglite': ['database'],
  pg: ['database'],
  'smol-toml': ['base'],
  yaml: ['base'],
  preact: ['panels'],
  uplot: ['panels'],
  zod: ['agent'],
  diff: ['agent', 'cli'],
  '@modelcontextprotocol/sdk': ['cli'],
};

/** Rooms whose functions take text and give data: no file, no process, no clock, no randomness. */
const pureRooms = [
  'base',
  'schema',
  'python',
  'sql',
  'sqlalchemy',
  'alembic',
  'rules',
  'scaffold',
  'features',
  'agent',
  'protocol',
];

/** Where files, processes, sockets and timers may be touched. `workspace` only through its file port. */
const impureRooms = ['storage', 'database', 'server', 'cli', 'extension'];
/** Code of a page in a browser: it has a document and a clock, and nothing of Node. */
const pageRooms = ['panels'];
const filePorts = ['workspace/files/node-file-port.ts'];

/** Files over 300 lines, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  'rules/registry.ts': 'Generated: one import and one entry a rule.',
  'sql/names/postgres-words.ts': 'Generated: the functions, types and keywords of PostgreSQL.',
  'python/syntax.ts': 'The grammar of Python as types: one list, read as a list.',
  'sqlalchemy/statements/ir.ts': 'The forms of SQL as types: one list, read as a list.',
  'sqlalchemy/statements/value.ts': 'The kinds of values as types: one list, read as a list.',
  'sqlalchemy/reading/constants.ts': 'One evaluator whose cases call each other.',
};

interface ImportEdge {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** Relative to `src`, with slashes. */
  readonly path: string;
  readonly room: string;
  readonly imports: readonly ImportEdge[];
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const files = readSources();

test('the reader sees the sources', () => {
  assert.ok(files.length > 50, `only ${files.length} files found under src`);
  assert.ok(files.some(file => file.imports.length > 0));
});

test('a room imports only what its row allows', () => {
  const breaches: string[] = [];
  for (const file of files) {
    const allowed = walls[file.room];
    if (file.room === 'tools') continue;
    assert.ok(allowed, `${file.path}: src/${file.room} has no row in the table of walls`);
    for (const edge of file.imports) {
      const target = roomOf(resolveImport(file.path, edge.specifier));
      if (target === null || target === file.room) continue;
      const open = allowed.includes(target) || (edge.typeOnly && allowed.includes(`types:${target}`));
      if (!open) breaches.push(`${file.path} imports ${edge.specifier}`);
    }
  }
  assert.deepEqual(breaches, []);
});

test('each outside library has one door', () => {
  const breaches: string[] = [];
  for (const file of files) {
    if (file.room === 'tools') continue;
    for (const edge of file.imports) {
      const library = libraryOf(edge.specifier);
      if (library === null) continue;
      if (!doors[library]?.includes(file.room)) breaches.push(`${file.path} imports ${edge.specifier}`);
    }
  }
  assert.deepEqual(breaches, []);
});

test('no import cycles between files', () => {
  const graph = new Map(
    files.map(file => [
      file.path,
      file.imports.map(edge => resolveImport(file.path, edge.specifier)).filter(path => path !== null),
    ]),
  );
  assert.deepEqual(findCycle(graph), null);
});

test('pure rooms touch no file, process, clock or chance', () => {
  const breaches: string[] = [];
  for (const file of files) {
    const nodeImports = file.imports.filter(edge => edge.specifier.startsWith('node:'));
    const pure = pureRooms.includes(file.room);
    const port = filePorts.includes(file.path);
    const page = pageRooms.includes(file.room);
    if (pure || page || (file.room === 'workspace' && !port)) {
      for (const edge of nodeImports) breaches.push(`${file.path} imports ${edge.specifier}`);
    } else if (!impureRooms.includes(file.room) && file.room !== 'tools' && !port) {
      breaches.push(`${file.path}: src/${file.room} is neither pure nor listed as impure`);
    }
    if (pure) breaches.push(...impureCalls(file));
  }
  assert.deepEqual(breaches, []);
});

test('named exports only, and no barrels', () => {
  const breaches: string[] = [];
  for (const file of files) {
    const statements = file.tree.statements;
    if (statements.some(isDefaultExport)) breaches.push(`${file.path} has a default export`);
    if (statements.length > 0 && statements.every(isReExport)) breaches.push(`${file.path} only re-exports`);
  }
  assert.deepEqual(breaches, []);
});

test('files are short, or their reason is listed', () => {
  const long = files.filter(file => file.text.split('\n').length > 301).map(file => file.path);
  assert.deepEqual(
    long.filter(path => !(path in longFiles)),
    [],
    'over 300 lines without a listed reason',
  );
  assert.deepEqual(
    Object.keys(longFiles).filter(path => !long.includes(path)),
    [],
    'listed as long but short',
  );
});

test('every file says what it is for', () => {
  const silent = files.filter(file => !/^(#!.*\n)?\/\*\*/.test(file.text)).map(file => file.path);
  assert.deepEqual(silent, []);
});

test('src/README.md names every room and nothing else', () => {
  const map = readFileSync(join(source, 'README.md'), 'utf8');
  const rows = [...map.matchAll(/^\| `([a-z]+)\/` \|/gm)].map(match => match[1] ?? '').sort();
  assert.deepEqual(rows, [...new Set(files.map(file => file.room))].sort());
});

test('src/README.md tells the same walls', () => {
  const map = readFileSync(join(source, 'README.md'), 'utf8');
  for (const [room, allowed] of Object.entries(walls)) {
    const row = new RegExp(`^\\| \`${room}/\` \\|[^|]*\\| ([^|]*) \\|$`, 'm').exec(map);
    const told = (row?.[1] ?? '')
      .replace('nothing', '')
      .split(/[ ,]+/)
      .filter(word => word !== '');
    const expected = allowed.map(name => (name.startsWith('types:') ? `${name.slice(6)}†` : name));
    assert.deepEqual(told.sort(), expected.sort(), `row of ${room}/`);
  }
});

function readSources(): readonly SourceFile[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.tsx?$/.test(path))
    .map(path => {
      const text = readFileSync(join(source, path), 'utf8');
      const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      return { path, room: path.split('/')[0] ?? '', imports: importsOf(tree), text, tree };
    });
}

function importsOf(tree: ts.SourceFile): readonly ImportEdge[] {
  const edges: ImportEdge[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      edges.push({ specifier: node.moduleSpecifier.text, typeOnly: node.importClause?.isTypeOnly ?? false });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      edges.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      edges.push({ specifier: node.argument.literal.getText().slice(1, -1), typeOnly: true });
    } else if (ts.isCallExpression(node) && isDynamicImport(node)) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) edges.push({ specifier: argument.text, typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return edges;
}

function isDynamicImport(node: ts.CallExpression): boolean {
  return (
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require')
  );
}

/** Path relative to `src` of a relative import, or null for a library. */
function resolveImport(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const resolved = relative(source, normalize(join(source, dirname(from), specifier)));
  return resolved.replaceAll('\\', '/');
}

function roomOf(path: string | null): string | null {
  return path === null || path.startsWith('..') ? null : (path.split('/')[0] ?? null);
}

function libraryOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return null;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? null);
}

const impureNames =
  /\b(Math\.random|Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval|process\.)/;

function impureCalls(file: SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isPropertyAccessExpression(node)) {
      const text = node.getText(file.tree).slice(0, 40);
      const match = impureNames.exec(text);
      if (match?.index === 0) found.push(`${file.path} uses ${match[0]}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file.tree);
  return [...new Set(found)];
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(modifier => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false)
  );
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): readonly string[] | null => {
    const open = path.indexOf(node);
    if (open >= 0) return [...path.slice(open), node];
    if (done.has(node)) return null;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return null;
}
