/** A parameter of SQL text for which the call that sends it passes no value, or the wrong number of values. */
import { counted } from '../../base/counted.ts';
import { sliceOf, type TextRange } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Argument } from '../../python/syntax.ts';
import { findNodePath, walk } from '../../python/walk.ts';
import type { PassedValues, RawBind, RawExecution } from '../../sqlalchemy/raw-sql.ts';
import type { FileContext, ReportedFix, Rule, SqlSubject } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { callAt } from '../shared/code/node-at.ts';
import { literalAround, parameterTokens, passedNames, reportAt } from '../shared/statements/sql-text.ts';

export const missingBindValue: Rule = {
  id: 'missing-bind-value',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A statement’s parameters and the values passed for them do not match',
    why: 'SQLAlchemy raises before anything is sent: “A value is required for bind parameter …”. Drivers that are called directly compare the number of values with the number of placeholders, and raise as well. A value that no parameter asks for is dropped without a word.',
    instead: 'Pass a value for each parameter, under the name that the text has.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-cd3x'],
  },
  examples: [
    {
      bad: 'def find(session: Session, name: str) -> object:\n    return session.execute(text("SELECT id FROM users WHERE name = :name"), {"nmae": name})',
      good: 'def find(session: Session, name: str) -> object:\n    return session.execute(text("SELECT id FROM users WHERE name = :name"), {"name": name})',
    },
  ],
  check: { sql: checkSql },
};

function checkSql(subject: SqlSubject, context: FileContext): void {
  const seen = new Set<number>();
  for (const execution of subject.raw.executions) {
    const { start } = execution.location.range;
    if (execution.values === null || execution.location.path !== context.file.path || seen.has(start))
      continue;
    if (isEmpty(execution.values) && isOneOfTwoWays(execution.location.range, context)) continue;
    seen.add(start);
    if (isPositional(subject)) checkCount(subject, execution.values, context);
    else checkNames(subject, execution, context);
  }
}

function isEmpty(passed: PassedValues): boolean {
  return passed.kind === 'named' ? passed.values.size === 0 : passed.values.length === 0;
}

/** `execute(query, values) if values else execute(query)`: which texts come with values is up to those who give them. */
function isOneOfTwoWays(range: TextRange, context: FileContext): boolean {
  const sent = callAt(range, context)?.arguments[0]?.value;
  if (sent?.kind !== 'name') return false;
  const path = findNodePath(context.file.module, range.start);
  const inside = path.findLast(each => each.kind === 'function');
  if (!inside?.parameters.some(each => each.name.id === sent.id)) return false;
  return [...walk(inside)].some(
    each => each.kind === 'call' && each.arguments.length > 1 && isNamed(each.arguments[0], sent.id),
  );
}

function isNamed(argument: Argument | undefined, name: string): boolean {
  return argument?.value.kind === 'name' && argument.value.id === name;
}

function isPositional({ raw }: SqlSubject): boolean {
  if (raw.style === 'numeric') return true;
  return raw.style !== 'named' && raw.binds.every(({ name }) => /^\d+$/.test(name));
}

function checkNames(subject: SqlSubject, execution: RawExecution, context: FileContext): void {
  const passed = passedNames(subject, execution.location.range);
  if (passed === null) return;
  const wanted = subject.raw.binds.filter(bind => literalAround(subject, bind.sqlStart) === null);
  const missing = new Map(
    wanted.flatMap(bind => (bind.bound || passed.has(bind.name) ? [] : [[bind.name, bind] as const])),
  );
  const spare = missing.size === 0 ? new Map<string, TextRange>() : spareValues(execution, wanted);
  const nameless: RawBind[] = [];
  for (const bind of missing.values()) {
    const near = nearestName(bind.name, [...spare.keys()]);
    const misspelt = near === undefined ? undefined : spare.get(near);
    if (misspelt === undefined) nameless.push(bind);
    else
      context.report({
        range: misspelt,
        message: messageOf(subject, [bind], `“${near}” is passed, and no value`),
        fixes: renamed(misspelt, bind.name, context),
      });
  }
  const [first] = nameless;
  if (first === undefined) return;
  context.report({
    range: reportAt(subject, { start: first.sqlStart, end: first.sqlEnd }, context),
    message: messageOf(subject, nameless, 'No value is passed'),
  });
}

function messageOf({ raw }: SqlSubject, binds: readonly RawBind[], lead: string): string {
  const [name = '', ...others] = binds.map(bind => bind.name);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return raw.style === 'named'
    ? `${lead} for :${name}${more}: SQLAlchemy raises “A value is required for bind parameter '${name}'”`
    : `${lead} for %(${name})s${more}: the driver raises that the parameter is missing`;
}

/** Keys that the call passes and no parameter asks for. */
function spareValues({ values }: RawExecution, wanted: readonly RawBind[]): ReadonlyMap<string, TextRange> {
  if (values?.kind !== 'named') return new Map();
  const names = new Set(wanted.map(bind => bind.name));
  return new Map(
    [...values.values].flatMap(([name, { location }]) =>
      names.has(name) ? [] : [[name, location.range] as const],
    ),
  );
}

/** Where the key is a string that is written out there. */
function renamed(range: TextRange, name: string, { file }: FileContext): readonly ReportedFix[] {
  const quoted = /^(["'])\w+\1$/.exec(sliceOf(file.text, range));
  if (!quoted) return [];
  return [changeTo(range, `${quoted[1]}${name}${quoted[1]}`, name)];
}

function checkCount(subject: SqlSubject, values: PassedValues, context: FileContext): void {
  const wanted = countOf(subject);
  const passed = values.kind === 'positional' ? values.values.length : 0;
  if (wanted === null || wanted === passed || (values.kind === 'named' && values.values.size > 0)) return;
  const [first] = parameterTokens(subject);
  const range = passed > wanted ? undefined : first?.token;
  context.report({
    range: range ? reportAt(subject, range, context) : subject.statement.location.range,
    message: `The statement has ${counted(wanted, 'placeholder')} and ${counted(passed, 'value')} ${passed === 1 ? 'is' : 'are'} passed: the driver refuses to send it`,
  });
}

/** Null where a literal is not closed, so that nothing can be counted. */
function countOf(subject: SqlSubject): number | null {
  const { tokens, raw } = subject;
  if (tokens.length === 0 || raw.holes.length > 0) return null;
  const numbers = parameterTokens(subject).map(({ token }) =>
    Number(raw.form.sql.slice(token.start + 1, token.end)),
  );
  // Placeholders in quotes are another mistake.
  const hidden = raw.binds.some(bind => literalAround(subject, bind.sqlStart) !== null);
  return hidden ? null : Math.max(0, ...numbers);
}
