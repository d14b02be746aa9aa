/** The scaffolds' requests: facts of the newest snapshot in, questions and files in the protocol's words out. */
import { existsSync } from 'node:fs';
import type { LiveConnection } from '../../database/live/live-connection.ts';
import { readSchema, readSchemaNames } from '../../database/live/read-schema.ts';
import {
  type ScaffoldAnswers,
  type ScaffoldCheck,
  type ScaffoldFile,
  type ScaffoldPreview,
  type ScaffoldQuestions,
  type ScaffoldStart,
  type SchemaSource,
  scaffoldCheck,
  scaffoldPreview,
  scaffoldQuestions,
  scaffoldSuggestion,
} from '../../protocol/scaffold.ts';
import { learnProject, type ProjectSources } from '../../scaffold/learn/learn-project.ts';
import { modelsFromDatabase } from '../../scaffold/models-from-database/models-from-database.ts';
import type { ProjectFacts } from '../../scaffold/project-facts.ts';
import type {
  ScaffoldFile as RenderedFile,
  Scaffold,
  Answers as ScaffoldedAnswers,
} from '../../scaffold/scaffold.ts';
import { scaffolds } from '../../scaffold/scaffolds.ts';
import { clashesIn, settleClashes } from '../../scaffold/settle-clashes.ts';
import { type DatabaseSchema, emptySchema } from '../../schema/schema.ts';
import { schemaOfScript } from '../../workspace/migrations/schema-of-script.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { positionsOf } from '../convert.ts';
import type { ServerConnection } from '../server-connection.ts';
import { pathOfUri, uriOfPath } from '../uri.ts';
import { answer } from './answer.ts';

/** What is needed of a session. */
export interface ScaffoldSession {
  /** The snapshot; null while the workspace is being read. */
  readonly analysis: { readonly workspace: WorkspaceSnapshot } | null;
  /** Once the workspace has been read. */
  readonly opened: Promise<unknown>;
  /** Rejects with a sentence for users. */
  readonly live: { openForChecks(id: string): Promise<LiveConnection> };
}

const notReady = 'The workspace is still being read. Try again in a moment.';

export function answerScaffoldRequests(connection: ServerConnection, session: ScaffoldSession): void {
  const learn = factsKeeper();
  const workspace = (): WorkspaceSnapshot | null => session.analysis?.workspace ?? null;
  const known = scaffoldKeeper(session);
  // Both may be a session's first request: in a folder without Python, the command is what starts the server.
  answer(connection, scaffoldQuestions, async start => {
    await session.opened;
    return questionsFor(start, await known(start, 'anew'), learn(workspace()));
  });
  answer(connection, scaffoldCheck, async check =>
    checkFor(check, await known(check, 'kept'), learn(workspace())),
  );
  answer(connection, scaffoldSuggestion, async ({ path, answers, ...start }) => {
    const [scaffold, facts] = [await known(start, 'kept'), learn(workspace())];
    return facts === null ? null : (scaffold.suggest?.(facts, { path, answers }) ?? null);
  });
  answer(connection, scaffoldPreview, async answers => {
    await session.opened;
    return previewFor(answers, await known(answers, 'kept'), workspace(), learn(workspace()));
  });
}

type ScaffoldFinder = (start: ScaffoldStart, reading: 'anew' | 'kept') => Promise<Scaffold>;

/** A schema is read where the questions begin, and kept for what follows them. */
function scaffoldKeeper(session: ScaffoldSession): ScaffoldFinder {
  let last: { readonly key: string; readonly scaffold: Scaffold } | null = null;
  return async ({ kind, source }, reading) => {
    if (kind !== 'models-from-database') return scaffolds[kind];
    const key = JSON.stringify(source);
    if (last?.key !== key || reading === 'anew')
      last = { key, scaffold: modelsFromDatabase(await schemaOf(source, session)) };
    return last.scaffold;
  };
}

async function schemaOf(
  source: SchemaSource | undefined,
  { analysis, live }: ScaffoldSession,
): Promise<DatabaseSchema> {
  if (source?.kind === 'script' && analysis)
    return schemaOfScript(source.text, analysis.workspace.sql).schema;
  if (source?.kind !== 'connection') return emptySchema;
  const connection = await live.openForChecks(source.id);
  return readSchema(connection, { schemas: await readSchemaNames(connection) });
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

function factsOfWorkspace(workspace: WorkspaceSnapshot): ProjectFacts {
  return learnProject(sourcesOf(workspace));
}

export function sourcesOf({ project, roots, pythonFiles, textOf }: WorkspaceSnapshot): ProjectSources {
  return { project, roots, paths: pythonFiles, textOf };
}

export function questionsFor(
  { activeUri, activeLine }: ScaffoldStart,
  { title, problem, questions }: Scaffold,
  facts: ProjectFacts | null,
): ScaffoldQuestions {
  if (facts === null) return { title, questions: [], problem: notReady };
  const reason = problem(facts);
  if (reason !== null) return { title, questions: [], problem: reason };
  const path = pathOf(activeUri);
  return { title, questions: questions(facts, path, classAt(facts, path, activeLine)), problem: null };
}

/** The class at the top level of a file that a line is in. */
function classAt(facts: ProjectFacts, path: string | null, line: number | undefined): string | null {
  const file = path === null ? null : facts.fileAt(path);
  if (!file?.syntax || line === undefined) return null;
  const offset = positionsOf(file.text).offset({ line, character: 0 });
  const found = file.syntax.body.find(
    each => each.kind === 'class' && each.start <= offset && offset <= each.end,
  );
  return found?.kind === 'class' ? found.name.id : null;
}

export function checkFor(
  { path, value, answers }: ScaffoldCheck,
  scaffold: Scaffold,
  facts: ProjectFacts | null,
): string | null {
  return facts === null ? null : scaffold.check(facts, { path, value, answers });
}

export function previewFor(
  { answers, activeUri, clashes: chosen = {} }: ScaffoldAnswers,
  scaffold: Scaffold,
  workspace: WorkspaceSnapshot | null,
  facts: ProjectFacts | null,
  exists: (path: string) => boolean = existsSync,
): ScaffoldPreview {
  if (workspace === null || facts === null)
    return { files: [], open: null, problems: [notReady], notes: [], clashes: [] };
  const given: ScaffoldedAnswers = answers;
  const rendering = scaffold.render(facts, given, pathOf(activeUri));
  const settled = settleClashes(rendering, path => chosen[uriOfPath(path)], exists);
  const { files, open, problems, notes = [] } = settled;
  return {
    clashes: clashesIn(files, exists).map(uriOfPath),
    files: files.map(file => toProtocol(file, workspace)),
    open: open === null ? null : uriOfPath(open),
    problems,
    notes,
  };
}

function toProtocol(file: RenderedFile, workspace: WorkspaceSnapshot): ScaffoldFile {
  const uri = uriOfPath(file.path);
  if (file.kind === 'create')
    return { kind: 'create', uri, text: file.text, ...(file.replaces ? { replaces: true } : {}) };
  const positions = positionsOf(workspace.textOf(file.path) ?? '');
  const edits = file.edits.map(({ range, newText }) => ({ range: positions.range(range), newText }));
  return { kind: 'edit', uri, edits };
}

function pathOf(uri: string | null): string | null {
  return uri === null ? null : pathOfUri(uri);
}
