/** Names in a query or a statement that changes rows, clause by clause. A clause is known by its first word. */
import {
  accept,
  inBrackets,
  isAtEnd,
  isName,
  type NameReader,
  nextText,
  note,
  partOf,
  peek,
  readNameList,
  readParts,
} from './name-reader.ts';
import {
  type NamePart,
  newScope,
  type OutputColumn,
  type QueryScope,
  type Relation,
  scopeBeside,
} from './query-scope.ts';
import { type Operand, readExpressions, readTerm, startsQuery } from './read-expressions.ts';
import { readRelation, readTable } from './read-relations.ts';

/** Reads from SELECT, WITH, INSERT and their kin to the end of the brackets or the statement. */
export function readQuery(reader: NameReader, scope: QueryScope): void {
  const reading = { reader, scope, target: null, operand: { isWhole: false }, isInFrom: false };
  readClauses(reading, () => false);
}

interface Reading {
  readonly reader: NameReader;
  /** Of the branch that is read: UNION begins another. */
  scope: QueryScope;
  target: Relation | null;
  readonly operand: Operand;
  /** Whether a comma leads to another relation. */
  isInFrom: boolean;
}

function readClauses(reading: Reading, isOver: () => boolean): void {
  const { reader, operand } = reading;
  while (!isAtEnd(reader) && !isOver()) {
    const text = nextText(reader);
    const clause = clauseHere(reader);
    if (clause === null) readTerm(reader, reading.scope, operand);
    else {
      reader.position += 1;
      operand.isWhole = false;
      if (text !== ',') reading.isInFrom = fromWords.has(text);
      clause(reading);
    }
  }
}

const fromWords = new Set(['from', 'join', 'on', 'using']);

function clauseHere(reader: NameReader): Clause | null {
  const clause = clauses[nextText(reader)];
  return clause && !isInExpression(reader) ? clause : null;
}

type Clause = (reading: Reading) => void;

const clauses: Readonly<Record<string, Clause>> = {
  with: readWith,
  select: readSelectList,
  returning: readSelectList,
  from: readFrom,
  using: readUsing,
  join: readFrom,
  ',': readComma,
  union: nextBranch,
  intersect: nextBranch,
  except: nextBranch,
  insert: readInsert,
  into: readTarget,
  update: readUpdate,
  set: readSet,
  delete: readDelete,
  conflict: readConflict,
  where: plain,
  on: plain,
  having: plain,
  values: plain,
  limit: plain,
  offset: plain,
  group: by,
  order: by,
  when: plain,
};

function plain(): void {}

function by({ reader }: Reading): void {
  accept(reader, 'by');
}

/** `IS DISTINCT FROM`, `FOR UPDATE`, and commas between expressions. */
function isInExpression(reader: NameReader): boolean {
  const before = nextText(reader, -1);
  const text = nextText(reader);
  if (text === 'from') return before === 'distinct' && ['is', 'not'].includes(nextText(reader, -2));
  if (text === 'update') return ['for', 'key', 'on'].includes(before);
  return text === 'set' && before === 'on';
}

function readWith({ reader, scope }: Reading): void {
  accept(reader, 'recursive');
  // A later expression sees those before it.
  const seen = scopeBeside(scope);
  do {
    const word = peek(reader);
    if (!word || !isName(word)) return;
    const name = partOf(word);
    reader.position += 1;
    note(reader, [name], { role: 'alias', scope });
    const columnNames = nextText(reader) === '(' ? readNameList(reader) : [];
    if (!accept(reader, 'as')) return;
    accept(reader, 'not');
    accept(reader, 'materialized');
    const query = newScope(seen);
    scope.expressions.set(name.name, { ...name, query, columnNames });
    if (nextText(reader) === '(') inBrackets(reader, () => reader.query(reader, query));
  } while (accept(reader, ','));
}

function readSelectList({ reader, scope, operand }: Reading): void {
  accept(reader, 'distinct', 'all');
  const outputs: OutputColumn[] = [];
  do outputs.push(readOutput(reader, scope, operand));
  while (accept(reader, ','));
  if (scope.outputs.length === 0) scope.outputs.push(...outputs);
}

function readOutput(reader: NameReader, scope: QueryScope, operand: Operand): OutputColumn {
  const start = peek(reader)?.start ?? 0;
  let column: readonly NamePart[] | null = null;
  let alias: NamePart | null = null;
  operand.isWhole = false;
  for (let terms = 0; !isAtEnd(reader) && clauseHere(reader) === null; ) {
    if (accept(reader, 'as')) {
      alias = readAlias(reader, scope);
      continue;
    }
    const word = peek(reader);
    const star = nextText(reader) === '*' && word ? [partOf(word)] : null;
    const noted = reader.mentions.length;
    const read = readTerm(reader, scope, operand) ?? star;
    const mention = reader.mentions[noted];
    if (mention?.role === 'alias' && mention.scope === scope) alias = mention.parts[0] ?? null;
    else column = terms++ === 0 ? read : null;
  }
  const named = alias ?? column?.at(-1);
  const name = named === undefined || named.name === '*' ? null : named.name;
  return { start: named?.start ?? start, end: named?.end ?? start, name, column };
}

function readAlias(reader: NameReader, scope: QueryScope): NamePart | null {
  const word = peek(reader);
  if (!word || !isName(word)) return null;
  reader.position += 1;
  note(reader, [partOf(word)], { role: 'alias', scope });
  return partOf(word);
}

function readFrom({ reader, scope }: Reading): void {
  readRelation(reader, scope);
}

/** Of `DELETE … USING` and MERGE a relation; of a join the columns that both sides have. */
function readUsing(reading: Reading): void {
  const { reader, scope } = reading;
  if (nextText(reader) !== '(') readRelation(reader, scope);
  else readTargetColumns(reading, scope.relations.at(-1) ?? null);
}

/** In FROM another relation; elsewhere another expression. */
function readComma({ reader, scope, isInFrom }: Reading): void {
  if (isInFrom) readRelation(reader, scope);
}

function nextBranch(reading: Reading): void {
  const { reader, scope } = reading;
  accept(reader, 'all', 'distinct');
  reading.scope = scopeBeside(scope);
}

function readInsert(reading: Reading): void {
  const { reader, scope } = reading;
  if (!accept(reader, 'into')) {
    // MERGE’s `THEN INSERT (column, …)`.
    if (nextText(reader) === '(') readTargetColumns(reading, reading.target);
    return;
  }
  reading.target = readTable(reader, scope, 'behind-as');
  if (nextText(reader) === '(' && !isQueryInBrackets(reader)) readTargetColumns(reading, reading.target);
  if (!startsQuery(reader) || nextText(reader) === 'values') return;
  // The query sees nothing of the table that its rows go to.
  readClauses({ ...reading, scope: scopeBeside(scope) }, () => isOfInsert(reader));
}

function isOfInsert(reader: NameReader): boolean {
  const text = nextText(reader);
  return text === 'returning' || (text === 'on' && nextText(reader, 1) === 'conflict');
}

function readDelete(reading: Reading): void {
  if (accept(reading.reader, 'from')) readTarget(reading);
}

function isQueryInBrackets(reader: NameReader): boolean {
  return nextText(reader, 1) === 'select' || nextText(reader, 1) === 'with';
}

function readTarget(reading: Reading): void {
  reading.target = readRelation(reading.reader, reading.scope) ?? reading.target;
}

function readUpdate(reading: Reading): void {
  // `DO UPDATE SET`, and MERGE’s `THEN UPDATE SET`.
  if (nextText(reading.reader) !== 'set') readTarget(reading);
}

/** `SET column = expression, (a, b) = (…)`. */
function readSet(reading: Reading): void {
  const { reader, scope, operand, target } = reading;
  do {
    operand.isWhole = false;
    if (nextText(reader) === '(') readTargetColumns(reading, target);
    else {
      const parts = readParts(reader);
      if (parts) note(reader, parts, { role: 'target-column', scope, target });
    }
    while (!isAtEnd(reader) && clauseHere(reader) === null) readTerm(reader, scope, operand);
  } while (accept(reader, ','));
}

/** `ON CONFLICT (column, …)`; from then on `excluded` is the row that was to be inserted. */
function readConflict(reading: Reading): void {
  const { reader, scope, target } = reading;
  if (nextText(reader) === '(') readTargetColumns(reading, target);
  if (target) scope.relations.push({ ...target, name: 'excluded' });
}

function readTargetColumns({ reader, scope }: Reading, target: Relation | null): void {
  inBrackets(reader, () => {
    while (!isAtEnd(reader)) {
      const parts = readParts(reader);
      if (parts) note(reader, parts, { role: 'target-column', scope, target });
      else if (nextText(reader) === '(') inBrackets(reader, () => readExpressions(reader, scope));
      else reader.position += 1;
    }
  });
}
