/** A scaffold may be the first thing that is asked of a server, before it has read the workspace. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { RequestType } from '../../../src/protocol/message.ts';
import { scaffoldPreview, scaffoldQuestions } from '../../../src/protocol/scaffold.ts';
import { answerScaffoldRequests } from '../../../src/server/requests/scaffold-requests.ts';
import type { WorkspaceSnapshot } from '../../../src/workspace/snapshot.ts';
import { projectOf } from '../../project.ts';

/** Only what scaffolds look at. */
const workspace = {
  roots: ['/project'],
  pythonFiles: [],
  project: projectOf({}),
  textOf: () => undefined,
} as unknown as WorkspaceSnapshot;

/** What is answered to a request that was made before the workspace had been read. */
async function answered<Params, Result>(type: RequestType<Params, Result>, params: Params): Promise<Result> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const client = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  let analysis: { readonly workspace: WorkspaceSnapshot } | null = null;
  const session = {
    get analysis() {
      return analysis;
    },
    opened: new Promise<void>(resolve => {
      server.onNotification('read', () => {
        analysis = { workspace };
        resolve();
      });
    }),
    live: { openForChecks: () => Promise.reject(new Error('There is no connection.')) },
  };
  answerScaffoldRequests(server, session);
  server.listen();
  client.listen();
  try {
    const result = client.sendRequest<Result>(type.method, params);
    await client.sendNotification('read');
    return await result;
  } finally {
    client.dispose();
    server.dispose();
  }
}

test('the questions wait until the workspace has been read', async () => {
  const { problem, questions } = await answered(scaffoldQuestions, {
    kind: 'database-layer',
    activeUri: null,
  });
  assert.equal(problem, null);
  assert.ok(questions.length > 0);
});

test('so do the files', async () => {
  const { problems, files } = await answered(scaffoldPreview, {
    kind: 'database-layer',
    activeUri: null,
    answers: { package: 'app', driver: 'asyncpg', fastapi: true, layout: 'module' },
  });
  assert.deepEqual(problems, []);
  assert.ok(files.length > 0);
});
