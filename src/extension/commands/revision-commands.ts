/** Commands that show a revision or mend its file. Nothing is run. */
import { env, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { openPlace } from '../documents/open-place.ts';
import { compareSchemas, showRevisionSql } from '../migrations/show-revision.ts';
import type { CommandHandlers } from './handlers.ts';
import { type MigrationParts, onEnvironment, onRevision } from './migration-parts.ts';
import { subjectOf } from './subject-of.ts';

type RevisionCommand =
  | 'openRevision'
  | 'copyRevisionId'
  | 'showRevisionSql'
  | 'compareSchemas'
  | 'showDrift'
  | 'repairDownRevision';

export function revisionCommands(parts: MigrationParts): Pick<CommandHandlers, RevisionCommand> {
  return {
    openRevision: onRevision(({ revision }) => openPlace(revision.place)),
    copyRevisionId: onRevision(async ({ revision }) => env.clipboard.writeText(revision.id)),
    showRevisionSql: onRevision(subject => showRevisionSql(parts.server, parts.documents, subject)),
    compareSchemas: onRevision(subject => compareSchemas(parts.server, parts.documents, subject)),
    showDrift: onEnvironment(parts, environment => showDrift(parts, environment)),
    repairDownRevision: argument => repairDownRevision(argument),
  };
}

async function showDrift(
  { documents }: MigrationParts,
  { label, drift }: MigrationEnvironmentInfo,
): Promise<void> {
  const { operations, doubts } = drift ?? { operations: [], doubts: [] };
  const head =
    operations.length === 0
      ? `The migrations of ${label} agree with the models${doubts.length === 0 ? '' : ', as far as they were read'}.`
      : `A migration from the models would, in ${label}:`;
  const lines = [head, '', ...operations.map(line => `- ${line}`)];
  if (doubts.length > 0)
    lines.push('', 'Not known, or not compared:', '', ...doubts.map(doubt => `- ${doubt}`));
  const document = await workspace.openTextDocument(documents.write('drift.md', `${lines.join('\n')}\n`));
  await window.showTextDocument(document, { preview: true });
}

/** The row of a `down_revision` that no file declares: another revision takes its place in the file. */
async function repairDownRevision(argument: unknown): Promise<void> {
  const subject = subjectOf(argument, 'brokenRevision');
  if (subject === undefined) return;
  const { environment, place } = subject;
  const document = await workspace.openTextDocument(Uri.parse(place.uri));
  const line = document.lineAt(place.line);
  const literal = /^(["'])(?:(?!\1).)*\1/.exec(line.text.slice(place.character));
  if (literal === null) throw new Error('the file is not as it was read any more. Save it and try again.');
  const items = [
    ...environment.revisions
      .filter(revision => revision.place.uri !== place.uri)
      .map(({ id, message, head }) => ({
        label: id,
        description: message,
        detail: head ? 'head' : '',
        code: `"${id}"`,
      })),
    { label: 'None', description: 'the revision follows nothing: a base', detail: '', code: 'None' },
  ];
  const chosen = await window.showQuickPick(items, {
    title: 'Repair down_revision',
    placeHolder: 'Which revision does it follow?',
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const edit = new WorkspaceEdit();
  const end = place.character + literal[0].length;
  edit.replace(document.uri, new Range(place.line, place.character, place.line, end), chosen.code);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document);
}
