/** The scaffolds' requests: facts of the newest snapshot in, questions and files in the protocol's words out. */

import {
  type ScaffoldAnswers,
  type ScaffoldCheck,
  type ScaffoldFile,
  type ScaffoldPreview,
  type ScaffoldQuestions,
  type ScaffoldStart,
  scaffoldCheck,
  scaffoldPreview,
  scaffoldQuestions,
} from '../protocol/scaffold.ts';
import { learnProject } from '../scaffold/learn/learn-project.ts';
import type { ProjectFacts } from '../scaffold/project-facts.ts';
import type { ScaffoldFile as RenderedFile, Answers as ScaffoldedAnswers } from '../scaffold/scaffold.ts';
import { scaffolds } from '../scaffold/scaffolds.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { answer } from './answer.ts';
import { positionsOf } from './convert.ts';
import type { ServerConnection } from './server-connection.ts';
import { pathOfUri, uriOfPath } from './uri.ts';

/** What is needed of a session: the snapshot, or null while the workspace is being read. */
export interface ScaffoldSession {
  readonly analysis: { readonly workspace: WorkspaceSnapshot } | null;
}

const notReady = 'The workspace is still being read. Try again in a moment.';

export function answerScaffoldRequests(connection: ServerConnection, session: ScaffoldSession): void {
  const learn = factsKeeper();
  const workspace = (): WorkspaceSnapshot | null => session.analysis?.workspace ?? null;
  answer(connection, scaffoldQuestions, start => questionsFor(start, learn(workspace())));
  answer(connection, scaffoldCheck, check => checkFor(check, learn(workspace())));
  answer(connection, scaffoldPreview, answers => previewFor(answers, workspace(), learn(workspace())));
}

/** Learns a snapshot once: an answer is checked at each key that is pressed. */
export function factsKeeper(): (workspace: WorkspaceSnapshot | null) => ProjectFacts | null {
  let last: { readonly workspace: WorkspaceSnapshot; readonly facts: ProjectFacts } | null = null;
  return workspace => {
    if (workspace === null) return null;
    if (last?.workspace !== workspace) last = { workspace, facts: factsOfWorkspace(workspace) };
    return last.facts;
  };
}

export function factsOfWorkspace({ project, roots, pythonFiles, textOf }: WorkspaceSnapshot): ProjectFacts {
  return learnProject({ project, roots, paths: pythonFiles, textOf });
}

export function questionsFor(
  { kind, activeUri }: ScaffoldStart,
  facts: ProjectFacts | null,
): ScaffoldQuestions {
  const { title, problem, questions } = scaffolds[kind];
  if (facts === null) return { title, questions: [], problem: notReady };
  const reason = problem(facts);
  return { title, questions: reason === null ? questions(facts, pathOf(activeUri)) : [], problem: reason };
}

export function checkFor(
  { kind, path, value, answers }: ScaffoldCheck,
  facts: ProjectFacts | null,
): string | null {
  return facts === null ? null : scaffolds[kind].check(facts, { path, value, answers });
}

export function previewFor(
  { kind, answers, activeUri }: ScaffoldAnswers,
  workspace: WorkspaceSnapshot | null,
  facts: ProjectFacts | null,
): ScaffoldPreview {
  if (workspace === null || facts === null) return { files: [], open: null, problems: [notReady] };
  const given: ScaffoldedAnswers = answers;
  const { files, open, problems } = scaffolds[kind].render(facts, given, pathOf(activeUri));
  return {
    files: files.map(file => toProtocol(file, workspace)),
    open: open === null ? null : uriOfPath(open),
    problems,
  };
}

function toProtocol(file: RenderedFile, workspace: WorkspaceSnapshot): ScaffoldFile {
  const uri = uriOfPath(file.path);
  if (file.kind === 'create') return { kind: 'create', uri, text: file.text };
  const positions = positionsOf(workspace.textOf(file.path) ?? '');
  const edits = file.edits.map(({ range, newText }) => ({ range: positions.range(range), newText }));
  return { kind: 'edit', uri, edits };
}

function pathOf(uri: string | null): string | null {
  return uri === null ? null : pathOfUri(uri);
}
