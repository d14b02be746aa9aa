/** Commands that write revisions: from the models, with the user's own Alembic, or to merge heads. */
import { isAbsolute, join } from 'node:path';
import { Uri, window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { draftMigration, migrationCheck, migrationQuestions } from '../../protocol/migrations.ts';
import type { Answers } from '../../protocol/scaffold.ts';
import { generatedFile } from '../migrations/alembic-failure.ts';
import { isWrittenByAlembic, revisionArguments } from '../migrations/new-migration.ts';
import { askQuestions } from '../questions/question-flow.ts';
import { quickPrompter } from '../questions/quick-prompter.ts';
import { applyScaffold } from '../scaffold/apply-scaffold.ts';
import { previewFiles } from '../scaffold/confirm-scaffold.ts';
import { showNotes } from '../scaffold/show-notes.ts';
import type { CommandHandlers } from './handlers.ts';
import { type MigrationParts, onEnvironment, runOf } from './migration-parts.ts';

type MigrationCommand = 'newMigration' | 'mergeHeads' | 'refreshMigrations';

export function migrationCommands(parts: MigrationParts): Pick<CommandHandlers, MigrationCommand> {
  return {
    newMigration: onEnvironment(parts, environment => newMigration(parts, environment)),
    mergeHeads: onEnvironment(parts, environment => mergeHeads(parts, environment)),
    refreshMigrations: parts.refresh,
  };
}

async function newMigration(parts: MigrationParts, environment: MigrationEnvironmentInfo): Promise<void> {
  const { server } = parts;
  const questions = await server.request(migrationQuestions, { environment: environment.id });
  const answers = await askQuestions(
    {
      title: 'New Migration',
      questions,
      check: (path, value, soFar) =>
        server.request(migrationCheck, { environment: environment.id, path, value, answers: soFar }),
    },
    quickPrompter,
  );
  if (answers === null) return;
  if (isWrittenByAlembic(answers)) await runRevision(parts, environment, answers);
  else await writeDraft(parts, environment, answers);
}

async function runRevision(
  { alembic, refresh }: MigrationParts,
  environment: MigrationEnvironmentInfo,
  answers: Answers,
): Promise<void> {
  const title = `Writing a migration for ${environment.label}`;
  const output = await alembic.run({ ...runOf(environment), title, arguments: revisionArguments(answers) });
  if (output === null) return;
  await openGenerated(output, environment);
  await refresh();
}

/** Without Python and without a database: what may be a renaming is asked, then the files are shown before they are written. */
async function writeDraft(
  { server, documents, refresh }: MigrationParts,
  environment: MigrationEnvironmentInfo,
  answers: Answers,
): Promise<void> {
  const renames: string[] = [];
  const refused = new Set<string>();
  for (;;) {
    const question = { environment: environment.id, answers: { ...answers, renames } };
    const draft = await server.request(draftMigration, question);
    if (draft.kind === 'failed') throw new Error(draft.problem);
    const guess = draft.guesses.find(({ value }) => !refused.has(value));
    if (guess !== undefined) {
      const isRenamed = await askRename(guess.label);
      if (isRenamed === undefined) return;
      if (isRenamed) renames.push(guess.value);
      else refused.add(guess.value);
      continue;
    }
    const files = draft.files.map(({ uri, text }) => ({ kind: 'create' as const, uri, text }));
    if (!(await previewFiles('New Migration', files, documents))) return;
    await applyScaffold({ files, open: files[0]?.uri ?? null });
    await showNotes('New Migration', draft.notes, documents);
    await refresh();
    return;
  }
}

/** Undefined where the user went away. */
async function askRename(label: string): Promise<boolean | undefined> {
  const items = [
    { label: '$(replace) Renamed', detail: 'The data stays where it is.', isRenamed: true },
    { label: '$(trash) Dropped, and another one made', detail: 'The data is lost.', isRenamed: false },
  ];
  const options = {
    title: `New Migration: ${label}?`,
    placeHolder: 'What happened to it?',
    ignoreFocusOut: true,
  };
  return (await window.showQuickPick(items, options))?.isRenamed;
}

async function mergeHeads(
  { alembic, refresh }: MigrationParts,
  environment: MigrationEnvironmentInfo,
): Promise<void> {
  const heads = environment.competingHeads;
  if (heads.length < 2) {
    const message = `${environment.label} has no heads that compete. There is nothing to merge.`;
    void window.showInformationMessage(message);
    return;
  }
  const message = await window.showInputBox({
    title: `Merge ${heads.join(' and ')}`,
    prompt: 'Message of the merge revision',
    value: 'merge heads',
  });
  if (message === undefined) return;
  const output = await alembic.run({
    ...runOf(environment),
    title: `Merging the heads of ${environment.label}`,
    arguments: ['merge', ...heads, '-m', message],
  });
  if (output === null) return;
  await openGenerated(output, environment);
  await refresh();
}

async function openGenerated(output: string, environment: MigrationEnvironmentInfo): Promise<void> {
  const path = generatedFile(output);
  if (path === null) return;
  const absolute = isAbsolute(path) ? path : join(environment.configPath, '..', path);
  await window.showTextDocument(Uri.file(absolute));
}
