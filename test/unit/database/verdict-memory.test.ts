/** Verdicts that outlive the process that gave them: the same statement against the same schema is asked once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Judge } from '../../../src/database/judge.ts';
import { rememberingJudge } from '../../../src/database/verdict-memory.ts';
import { openDiskStore } from '../../../src/storage/disk-store.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import { openTestShadow } from '../../shadow.ts';

const shadow = openTestShadow();
after(() => shadow.dispose());

const { signal } = new AbortController();

function question(sql: string, ...parameterTypes: readonly string[]) {
  return { sql, parameterTypes };
}

test('what is known is not asked again, and the judge is not opened for it', async () => {
  await using folder = await temporaryFolder('verdicts');
  const store = openDiskStore({ folder: folder.path, limit: 1_000_000 });
  const asked: string[] = [];
  const open = async (): Promise<Judge> => {
    const judge = await shadow.judgeFor([]);
    return {
      ...judge,
      judge: (questions, stop) => {
        asked.push(...questions.map(({ sql }) => sql));
        return judge.judge(questions, stop);
      },
    };
  };
  const judgeWith = (key: string) => rememberingJudge('models', { store, key }, open);
  const questions = [question('SELECT 1'), question('SELECT gone'), question('SELECT $1', 'integer')];

  const first = judgeWith('schema');
  const verdicts = await first.judge(questions, signal);
  assert.deepEqual(
    verdicts.map(({ kind }) => kind),
    ['ok', 'error', 'ok'],
  );
  first.remember();

  const second = judgeWith('schema');
  assert.deepEqual(await second.judge(questions, signal), verdicts);
  assert.equal(asked.length, 3);
  await second.judge([question('SELECT $1', 'text'), question('SELECT 1')], signal);
  assert.deepEqual(asked.slice(3), ['SELECT $1']);

  await judgeWith('another schema').judge([question('SELECT 1')], signal);
  assert.deepEqual(asked.slice(4), ['SELECT 1']);
});

test('what could not be asked is not remembered', async () => {
  await using folder = await temporaryFolder('verdicts');
  const store = openDiskStore({ folder: folder.path, limit: 1_000_000 });
  const aborted = AbortSignal.abort();
  const judge = rememberingJudge('models', { store, key: 'schema' }, () => shadow.judgeFor([]));
  const [none] = await judge.judge([question('SELECT 2')], aborted);
  assert.equal(none?.kind, 'unavailable');
  judge.remember();
  assert.equal(store.read('schema'), null);
  const [verdict] = await judge.judge([question('SELECT 2')], signal);
  assert.equal(verdict?.kind, 'ok');
});
