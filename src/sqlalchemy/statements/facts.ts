/** Which of the statements that a file builds are whole, and which belong together as forms of one. */
import type { Expression } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { renderRaw } from '../render/render-raw.ts';
import { renderStatement } from '../render/render-statement.ts';
import type { RawSql, RenderedStatement, StatementFact, Unknown } from '../statement.ts';
import { statementKind } from './meaning-of.ts';
import type { Recorder } from './recorder.ts';
import { startsStatement } from './sql-words.ts';
import type { StatementValue } from './value.ts';

/** In source order, each with the values that are forms of it. */
export function statementFacts(
  recorder: Recorder,
  path: string,
): ReadonlyMap<StatementFact, readonly StatementValue[]> {
  return new Map(
    grouped(wholeStatements(recorder), recorder)
      .filter(group => !group.every(each => isFragment(each, recorder)))
      .map(group => [factOf(group, path, recorder), group] as const)
      .toSorted(([one], [two]) => one.location.range.start - two.location.range.start),
  );
}

/** With what calls in the file say of those that are not known by themselves. */
export function answeredFacts(
  known: ReadonlyMap<StatementFact, readonly StatementValue[]>,
  path: string,
  ofCalls: Recorder,
): ReadonlyMap<StatementFact, readonly StatementValue[]> {
  const byBuilder = new Map<Expression | null, StatementValue[]>();
  for (const each of wholeStatements(ofCalls))
    byBuilder.set(each.builder, [...(byBuilder.get(each.builder) ?? []), each]);
  return new Map(
    [...known].map(([fact, group]) => {
      const builders = fact.unknown === null ? [] : new Set(group.map(each => each.builder));
      const called = [...builders].flatMap(each => byBuilder.get(each) ?? []);
      return [called.length === 0 ? fact : answered(fact, called, path, ofCalls), group] as const;
    }),
  );
}

function wholeStatements(recorder: Recorder): readonly StatementValue[] {
  const used = new Set([...recorder.uses.values()].flatMap(each => [...each]));
  return [...recorder.statements].filter(each => used.has(each) || !recorder.parts.has(each));
}

/** What calls in the file say of a statement that is not known by itself, where it is known for one of them at least. */
function answered(
  fact: StatementFact,
  called: readonly StatementValue[],
  path: string,
  recorder: Recorder,
): StatementFact {
  const told = factOf(called, path, recorder);
  if (told.forms.length === 0) return fact;
  const forms = new Map([...fact.forms, ...told.forms].map(each => [each.sql, each]));
  const raw = new Map([...fact.raw, ...told.raw].map(each => [each.form.sql, each]));
  return { ...fact, forms: [...forms.values()], raw: [...raw.values()], unknown: told.unknown };
}

/** `text("now()")` as a default, an index's condition, an ordering: a piece of a statement that is made elsewhere. */
function isFragment(value: StatementValue, recorder: Recorder): boolean {
  if (statementKind(value.node) !== 'text') return false;
  const sql = renderStatement(value.node).statement?.sql ?? beginningOf(value);
  return sql !== '' && !startsStatement(sql) && !recorder.sent.has(value);
}

/** What stands before the first part that is not known; empty where nothing does. */
function beginningOf({ node }: StatementValue): string {
  const [first] = node.kind === 'text-statement' ? node.element.pieces : [];
  const text = typeof first === 'string' ? first : first?.kind === 'verbatim' ? first.text : '';
  return text.trim();
}

/** Statements of one expression on several paths, and those that reach the same use, are forms of one. */
function grouped(
  whole: readonly StatementValue[],
  recorder: Recorder,
): readonly (readonly StatementValue[])[] {
  const groupOf = new Map<StatementValue | object, Set<StatementValue>>();
  const all = new Set(whole);
  const unite = (members: readonly StatementValue[]) => {
    const sets = members.map(each => groupOf.get(each) ?? new Set([each]));
    const union = new Set(sets.flatMap(each => [...each]));
    for (const each of union) groupOf.set(each, union);
  };
  for (const each of whole) unite([each]);
  const byBuilder = new Map<Expression | null, StatementValue[]>();
  for (const each of whole) byBuilder.set(each.builder, [...(byBuilder.get(each.builder) ?? []), each]);
  for (const members of byBuilder.values()) unite(members);
  for (const uses of recorder.uses.values()) {
    const members = [...uses].filter(each => all.has(each));
    if (members.length > 1) unite(members);
  }
  return [...new Set(whole.map(each => groupOf.get(each) ?? new Set([each])))].map(each => [...each]);
}

/** Branches in each of several subclasses make more forms than branches alone; a sample of them stands for all. */
const FACT_FORM_LIMIT = 16;

function sampleOf(group: readonly StatementValue[]): readonly StatementValue[] {
  const stride = Math.max(1, group.length / FACT_FORM_LIMIT);
  const size = Math.min(group.length, FACT_FORM_LIMIT);
  return Array.from({ length: size }, (_, index) => group[Math.floor(index * stride)]).filter(
    each => each !== undefined,
  );
}

/** Texts that only some ways through the function send: those of the other ways are thrown away. */
function sentOf(group: readonly StatementValue[], recorder: Recorder): readonly StatementValue[] {
  const sent = group.filter(each => recorder.sent.has(each));
  const isText = group.every(({ node }) => node.kind === 'text-statement');
  return isText && sent.length > 0 ? sent : group;
}

function factOf(group: readonly StatementValue[], path: string, recorder: Recorder): StatementFact {
  const last = group.reduce((one, two) =>
    (two.builder?.start ?? 0) >= (one.builder?.start ?? 0) ? two : one,
  );
  const location = locationOf(last, path);
  const kind = statementKind(last.node);
  const forms = new Map<string, RenderedStatement>();
  let unknown: Unknown | null = null;
  const raw = new Map<string, RawSql>();
  for (const each of sampleOf(sentOf(group, recorder))) {
    const rendered = renderStatement(each.node);
    if (rendered.statement === null) unknown ??= rendered.unknown;
    else if (!forms.has(rendered.statement.sql)) forms.set(rendered.statement.sql, rendered.statement);
    const text =
      each.node.kind === 'text-statement' ? renderRaw(each.node, recorder.sent.get(each) ?? []) : null;
    if (text !== null) raw.set(text.form.sql, withExecutions(text, raw.get(text.form.sql)));
  }
  return {
    kind,
    location,
    forms: [...forms.values()],
    unknown: unknown ?? [...forms.values()].find(form => form.mayListMore)?.mayListMore ?? null,
    raw: [...raw.values()],
    returned: group.some(each => recorder.given.has(each)),
  };
}

/** One text that is sent by several calls, or by one with different values. */
function withExecutions(text: RawSql, other: RawSql | undefined): RawSql {
  if (other === undefined) return text;
  return { ...other, executions: [...other.executions, ...text.executions] };
}

/** With the parentheses around the call chain left out. */
function locationOf(value: StatementValue, path: string): SourceLocation {
  const { builder } = value;
  return { path, range: { start: builder?.start ?? 0, end: builder?.end ?? 0 } };
}
