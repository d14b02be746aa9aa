// The order of questions, ways back and groups, with replies written down in advance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupAction, Prompter, Reply, Step } from '../../../src/extension/questions/question-flow.ts';
import { askQuestions } from '../../../src/extension/questions/question-flow.ts';
import type { Answer, Answers, Question } from '../../../src/protocol/scaffold.ts';

const back = { kind: 'back' } as const;
const cancel = { kind: 'cancel' } as const;

type Scripted = string | boolean | readonly string[] | GroupAction | typeof back | typeof cancel;

/** Asks with the given replies; `asked` names each question, with the answer that was given before in brackets. */
async function play(questions: readonly Question[], replies: readonly Scripted[], earlier: Answers = {}) {
  const left = [...replies];
  const asked: string[] = [];
  const reply = <Value>(): Reply<Value> => {
    const next = left.shift();
    assert.ok(next !== undefined, `no reply for ${asked.at(-1)}`);
    if (next === back || next === cancel) return next;
    return { kind: 'value', value: next as Value };
  };
  const note = (id: string, step: Step): void => {
    const earlier = step.earlier === undefined ? '' : ` [${JSON.stringify(step.earlier)}]`;
    asked.push(`${step.number}/${step.total} ${id}${step.canGoBack ? ' ←' : ''}${earlier}`);
  };
  const prompter: Prompter = {
    ask: async (question, step) => {
      note(question.id, step);
      return reply<Answer>();
    },
    manage: async (group, items, step) => {
      note(`${group.id}(${items.length})`, { ...step, earlier: undefined });
      return reply<GroupAction>();
    },
  };
  const answers: Answers | null = await askQuestions({ title: 'T', questions, earlier }, prompter);
  assert.deepEqual(left, [], 'replies that were not used');
  return { answers, asked };
}

const text = (id: string): Question => ({ kind: 'text', id, title: id, prompt: id });

test('asks in order', async () => {
  const { answers, asked } = await play([text('a'), text('b')], ['1', '2']);
  assert.deepEqual(answers, { a: '1', b: '2' });
  assert.deepEqual(asked, ['1/2 a', '2/2 b ←']);
});

test('goes back with the answer that was given', async () => {
  const { answers, asked } = await play([text('a'), text('b')], ['1', back, '3', '2']);
  assert.deepEqual(answers, { a: '3', b: '2' });
  assert.deepEqual(asked, ['1/2 a', '2/2 b ←', '1/2 a ["1"]', '2/2 b ←']);
});

test('asked once more, the answers are there', async () => {
  const { asked } = await play([text('a'), text('b')], ['1', '2'], { a: 'x', b: 'y' });
  assert.deepEqual(asked, ['1/2 a ["x"]', '2/2 b ← ["y"]']);
});

test('gives null where the user leaves', async () => {
  assert.equal((await play([text('a'), text('b')], ['1', cancel])).answers, null);
});

const conditional: readonly Question[] = [
  text('type'),
  { ...text('length'), when: { question: 'type', is: ['String'] } } as Question,
  text('last'),
];

test('leaves out what does not apply', async () => {
  assert.deepEqual((await play(conditional, ['Integer', 'x'])).answers, { type: 'Integer', last: 'x' });
  assert.deepEqual((await play(conditional, ['String', '100', 'x'])).answers, {
    type: 'String',
    length: '100',
    last: 'x',
  });
});

test('counts with the usual answers to what is still to come', async () => {
  const questions: readonly Question[] = [
    text('name'),
    { kind: 'text', id: 'type', title: 'type', prompt: 'type', initial: 'String' },
    ...conditional.slice(1),
  ];
  assert.deepEqual((await play(questions, ['a', 'String', '100', 'x'])).asked, [
    '1/4 name',
    '2/4 type ←',
    '3/4 length ←',
    '4/4 last ←',
  ]);
  assert.deepEqual((await play(questions, ['a', 'Integer', 'x'])).asked.at(-1), '3/3 last ←');
});

test('drops answers to questions that a later answer took away', async () => {
  const replies = ['String', '100', back, back, 'Integer', 'x'];
  assert.deepEqual((await play(conditional, replies)).answers, { type: 'Integer', last: 'x' });
});

const group: Question = {
  kind: 'group',
  id: 'columns',
  title: 'Columns',
  prompt: 'Columns',
  item: 'column',
  summary: ['name'],
  questions: [
    { kind: 'text', id: 'name', title: 'Name', prompt: 'Name' },
    { kind: 'confirm', id: 'nullable', title: 'Nullable', prompt: 'Nullable' },
  ],
};

test('asks a group for each item, and lets items be changed and removed', async () => {
  const { answers } = await play(
    [group],
    [
      { kind: 'add' },
      'a',
      true,
      { kind: 'add' },
      'b',
      false,
      { kind: 'edit', index: 0 },
      'c',
      true,
      { kind: 'remove', index: 1 },
      { kind: 'done' },
    ],
  );
  assert.deepEqual(answers, { columns: [{ name: 'c', nullable: true }] });
});

test('going back from an item leads to the list, and from the list to the question before', async () => {
  const { answers, asked } = await play(
    [text('a'), group],
    ['1', { kind: 'add' }, back, back, '2', { kind: 'done' }],
  );
  assert.deepEqual(answers, { a: '2', columns: [] });
  assert.deepEqual(asked, [
    '1/2 a',
    '2/2 columns(0) ←',
    '1/2 name ←',
    '2/2 columns(0) ←',
    '1/2 a ["1"]',
    '2/2 columns(0) ←',
  ]);
});

test('a check knows the path and the answers of its level', async () => {
  const calls: unknown[] = [];
  const checking: Prompter = {
    ask: async (question, step) => {
      await step.check('v');
      return { kind: 'value', value: question.kind === 'confirm' ? true : 'v' };
    },
    manage: async (_group, items) => ({
      kind: 'value',
      value: items.length === 0 ? { kind: 'add' } : { kind: 'done' },
    }),
  };
  const check = async (path: readonly string[], value: string, answers: Answers): Promise<null> => {
    calls.push([path, value, answers]);
    return null;
  };
  await askQuestions({ title: 'T', questions: [text('a'), group], check }, checking);
  assert.deepEqual(calls, [
    [['a'], 'v', {}],
    [['columns', 'name'], 'v', {}],
    [['columns', 'nullable'], 'v', { name: 'v' }],
  ]);
});
