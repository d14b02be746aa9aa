/** New Model… and New Repository…: the server's questions in quick input, its files as one edit of the workspace. */
import { window } from 'vscode';
import type { Answers, ScaffoldKind, ScaffoldStart } from '../../protocol/scaffold.ts';
import { scaffoldCheck, scaffoldPreview, scaffoldQuestions } from '../../protocol/scaffold.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import { askQuestions } from '../questions/question-flow.ts';
import { quickPrompter } from '../questions/quick-prompter.ts';
import { applyScaffold } from '../scaffold/apply-scaffold.ts';
import { confirmScaffold } from '../scaffold/confirm-scaffold.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { CommandHandlers } from './handlers.ts';

export interface ScaffoldParts {
  readonly server: LanguageServer;
  readonly documents: VirtualDocuments;
}

export function scaffoldCommands(parts: ScaffoldParts): Pick<CommandHandlers, 'newModel' | 'newRepository'> {
  return {
    newModel: argument => scaffold(parts, 'model', argument),
    newRepository: argument => scaffold(parts, 'repository', argument),
  };
}

/** Another extension, or a key binding, may give the answers and skip the questions. */
async function scaffold(
  { server, documents }: ScaffoldParts,
  kind: ScaffoldKind,
  argument: unknown,
): Promise<void> {
  const start: ScaffoldStart = { kind, activeUri: window.activeTextEditor?.document.uri.toString() ?? null };
  const answers = isAnswers(argument) ? argument : await ask(server, start);
  if (answers === null) return;
  const preview = await server.request(scaffoldPreview, { ...start, answers });
  if (preview.problems.length > 0) throw new Error(preview.problems.join(' '));
  if (await confirmScaffold(titles[kind], preview.files, documents)) await applyScaffold(preview);
}

const titles: Readonly<Record<ScaffoldKind, string>> = { model: 'New Model', repository: 'New Repository' };

async function ask(server: LanguageServer, start: ScaffoldStart): Promise<Answers | null> {
  const { title, questions, problem } = await server.request(scaffoldQuestions, start);
  if (problem !== null) throw new Error(problem);
  return askQuestions(
    {
      title,
      questions,
      check: (path, value, answers) => server.request(scaffoldCheck, { ...start, path, value, answers }),
    },
    quickPrompter,
  );
}

function isAnswers(argument: unknown): argument is Answers {
  return (
    typeof argument === 'object' && argument !== null && Object.getPrototypeOf(argument) === Object.prototype
  );
}
