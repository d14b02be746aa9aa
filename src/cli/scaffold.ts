/** `dbpatterns scaffold`: the files that answers lead to, printed with `--dry-run`, else written. Never overwrites. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { applyEdits } from '../base/edit.ts';
import { learnProject } from '../scaffold/learn/learn-project.ts';
import type { Answers, ScaffoldFile, ScaffoldKind } from '../scaffold/scaffold.ts';
import { scaffolds } from '../scaffold/scaffolds.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { Command } from './command.ts';
import { draftMigration } from './draft-migration.ts';
import { printedPath } from './located.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';
import type { Written, WrittenFile } from './written.ts';

const kinds = Object.keys(scaffolds) as ScaffoldKind[];
const all = [...kinds, 'migration'] as const;

export const scaffoldCommand: Command = {
  name: 'scaffold',
  summary: 'Write models, repositories, migrations and other patterns from a file of answers',
  usage: `dbpatterns scaffold ${all.join('|')} --answers FILE [--dry-run]`,
  async run(parameters, { output, signal, errors }) {
    const options = { answers: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseOptions(parameters, options);
    const [named] = positionals;
    if (named === undefined) throw new UsageError(`Name what to write: ${all.join(' or ')}`);
    const kind = choice('KIND', named, all);
    if (values.answers === undefined) throw new UsageError('Give --answers FILE, a JSON object of answers');
    const answers = readAnswers(values.answers);
    const { workspace } = await openForCli([], signal);
    const {
      files,
      problems,
      notes = [],
    } = kind === 'migration' ? draftMigration(workspace, answers) : render(kind, answers, workspace);
    if (problems.length > 0) throw new UsageError(problems.join('; ').replace(/\.$/, ''));
    for (const { path, text } of files) {
      const shown = printedPath(path, process.cwd());
      if (values['dry-run']) output.write(`--- ${shown}\n${text}`);
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

function render(kind: ScaffoldKind, answers: Answers, workspace: WorkspaceSnapshot): Written {
  const { project, roots, pythonFiles, textOf } = workspace;
  const facts = learnProject({ project, roots, paths: pythonFiles, textOf });
  const reason = scaffolds[kind].problem(facts);
  if (reason !== null) return { files: [], problems: [reason] };
  const { files, problems } = scaffolds[kind].render(facts, answers, null);
  const clashes = files
    .filter(file => file.kind === 'create' && existsSync(file.path))
    .map(file => `${file.path} is there already`);
  return { files: files.map(file => written(file, workspace)), problems: [...problems, ...clashes] };
}

function written(file: ScaffoldFile, workspace: WorkspaceSnapshot): WrittenFile {
  if (file.kind === 'create') return file;
  return { path: file.path, text: applyEdits(workspace.textOf(file.path) ?? '', file.edits) };
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
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    throw new UsageError(`${path} must hold a JSON object of answers`);
  }
  return answers as Answers;
}
