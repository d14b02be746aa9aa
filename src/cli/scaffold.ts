/** `dbpatterns scaffold`: the files that answers lead to, printed with `--dry-run`, else written. Overwrites nothing unasked. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type ClashChoice, clashChoices } from '../base/clash-choice.ts';
import { applyEdits } from '../base/edit.ts';
import { isRecord } from '../base/record.ts';
import { schemaScaffoldKinds } from '../base/scaffold-kind.ts';
import { misspeltAnswers } from '../scaffold/answer-names.ts';
import { learnProject } from '../scaffold/learn/learn-project.ts';
import { modelsFromDatabase } from '../scaffold/models-from-database/models-from-database.ts';
import type { Answers, Scaffold, ScaffoldFile, ScaffoldKind } from '../scaffold/scaffold.ts';
import { scaffolds } from '../scaffold/scaffolds.ts';
import { clashesIn, settleClashes } from '../scaffold/settle-clashes.ts';
import { type ScriptSchema, schemaOfScript } from '../workspace/migrations/schema-of-script.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { Command, CommandStreams } from './command.ts';
import { databaseSchema } from './database-schema.ts';
import { draftMigration } from './draft-migration.ts';
import { printedPath } from './located.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';
import type { Written, WrittenFile } from './written.ts';

const kinds = Object.keys(scaffolds) as ScaffoldKind[];
const all = [...kinds, ...schemaScaffoldKinds, 'migration'] as const;

export const scaffoldCommand: Command = {
  name: 'scaffold',
  summary: 'Write models, repositories, migrations and other patterns from a file of answers',
  usage: `dbpatterns scaffold ${all.join('|')} --answers FILE [--dry-run] [--on-clash ${clashChoices.join('|')}] [--database-url URL | --sql FILE]`,
  async run(parameters, streams) {
    const { output, signal, errors } = streams;
    const { values, positionals } = parseOptions(parameters, options);
    const [named] = positionals;
    if (named === undefined) throw new UsageError(`Name what to write: ${all.join(' or ')}`);
    const kind = choice('KIND', named, all);
    const answers = answersFor(kind, values.answers);
    const { workspace } = await openForCli([], signal);
    const clash =
      values['on-clash'] === undefined ? undefined : choice('--on-clash', values['on-clash'], clashChoices);
    const request = { workspace, values, streams, clash };
    const { files, problems, notes = [] } = await write(kind, answers, request);
    // It was called as it should be: the usage would not help.
    if (problems.length > 0) throw new Error(problems.join('\n'));
    for (const { path, text, before } of files) {
      const shown = printedPath(path, process.cwd());
      if (values['dry-run'])
        output.write(before === undefined ? `--- ${shown}\n${text}` : diffOf(shown, before, text));
      else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
        output.write(`Wrote ${shown}\n`);
      }
    }
    for (const note of notes) errors.write(`${note}\n`);
    return 0;
  },
};

const options = {
  answers: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'on-clash': { type: 'string' },
  'database-url': { type: 'string' },
  sql: { type: 'string' },
} as const;

interface Request {
  readonly workspace: WorkspaceSnapshot;
  readonly values: { readonly 'database-url'?: string | undefined; readonly sql?: string | undefined };
  readonly streams: CommandStreams;
  /** What is done with files that are there already; undefined for nothing. */
  readonly clash: ClashChoice | undefined;
}

async function write(kind: (typeof all)[number], answers: Answers, request: Request): Promise<Written> {
  const { workspace } = request;
  if (kind === 'migration') return draftMigration(workspace, answers);
  if (kind !== 'models-from-database') return render(scaffolds[kind], answers, request);
  const { schema, doubts } = await givenSchema(request);
  const written = render(modelsFromDatabase(schema), answers, request);
  return { ...written, notes: [...(written.notes ?? []), ...doubts] };
}

async function givenSchema({ workspace, values, streams }: Request): Promise<ScriptSchema> {
  const { environment: variables, signal } = streams;
  if (values.sql !== undefined) return schemaOfScript(readText(values.sql), workspace.sql);
  const url = values['database-url'] ?? variables.DATABASE_URL;
  if (url === undefined) throw new UsageError('Give --database-url URL or --sql FILE, where the tables are');
  return { schema: await databaseSchema({ url, variables, schemas: 'all' }, signal), doubts: [] };
}

function render(scaffold: Scaffold, answers: Answers, { workspace, clash }: Request): Written {
  const { project, roots, pythonFiles, textOf } = workspace;
  const facts = learnProject({ project, roots, paths: pythonFiles, textOf });
  const reason = scaffold.problem(facts);
  if (reason !== null) return { files: [], problems: [reason] };
  const misspelt = misspeltAnswers(scaffold.questions(facts, null), answers);
  if (misspelt.length > 0) return { files: [], problems: misspelt };
  const rendering = scaffold.render(facts, answers, null);
  const { files, problems, notes = [] } = settleClashes(rendering, () => clash, existsSync);
  const clashes = clashesIn(files, existsSync).map(
    path => `${printedPath(path, process.cwd())} is there already.`,
  );
  if (clashes.length > 0)
    clashes.push(
      'Say with --on-clash keep, beside or replace what is to be done, and look at it with --dry-run.',
    );
  return { files: files.map(file => written(file, workspace)), problems: [...problems, ...clashes], notes };
}

function written(file: ScaffoldFile, workspace: WorkspaceSnapshot): WrittenFile {
  if (file.kind === 'create') return file.replaces ? { ...file, before: readText(file.path) } : file;
  const before = workspace.textOf(file.path) ?? '';
  return { path: file.path, text: applyEdits(before, file.edits), before };
}

/** As `git diff` and `patch` read it. */
function diffOf(path: string, before: string, after: string): string {
  const options = { headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
  return `${patch.trim()}\n`;
}

/** Models of a database can be had without an answer: all tables, at the usual place. */
function answersFor(kind: (typeof all)[number], path: string | undefined): Answers {
  if (path !== undefined) return readAnswers(path);
  if (kind === 'models-from-database') return {};
  throw new UsageError('Give --answers FILE, a JSON object of answers');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Checked by the scaffold itself, question by question. */
function readAnswers(path: string): Answers {
  let answers: unknown;
  try {
    answers = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!isRecord(answers)) {
    throw new UsageError(`${path} must hold a JSON object of answers`);
  }
  return answers as Answers;
}
