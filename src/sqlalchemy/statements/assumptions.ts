/**
 * What the branches that a path has taken say of later tests: after `if a is not None or b is not None:` was left out,
 * `if b:` is left out too. Kept as texts of simple tests with their outcome, and dropped with the names in them.
 */
import type { Comparison, ComparisonOperator, Expression } from '../../python/syntax.ts';
import type { ConstantValue, Environment } from './value.ts';

/** Notes on a path which way it went at a test. */
export function assume(environment: Environment, test: Expression, outcome: boolean): void {
  switch (test.kind) {
    case 'unary':
      if (test.operator === 'not') assume(environment, test.operand, !outcome);
      return;
    case 'boolean':
      // All of an `and` hold, or none of an `or`; the other outcomes do not say which part decided.
      if ((test.operator === 'and') === outcome)
        for (const each of test.values) assume(environment, each, outcome);
      return;
    case 'comparison': {
      const simple = simpleComparison(test);
      if (simple !== null) assumeComparison(environment, simple, simple.positive === outcome);
      return;
    }
    default: {
      const subject = subjectOf(test);
      if (subject === null) return;
      environment.assumed.set(subject, outcome);
      if (outcome) environment.assumed.set(isNone(subject), false);
    }
  }
}

/** The outcome of a test without `and`, `or` and `not`; null where the path does not say it. */
export function assumedTruth(environment: Environment, test: Expression): boolean | null {
  if (test.kind !== 'comparison') {
    const subject = subjectOf(test);
    return subject === null ? null : (environment.assumed.get(subject) ?? null);
  }
  const simple = simpleComparison(test);
  if (simple === null) return null;
  const holds = environment.assumed.get(textOf(simple)) ?? (isExcluded(environment, simple) ? false : null);
  return holds === null ? null : holds === simple.positive;
}

/** Notes what a name is, so that tests of it are decided. */
export function assumeConstant(environment: Environment, name: string, { value }: ConstantValue): void {
  environment.assumed.set(name, Boolean(value));
  environment.assumed.set(isNone(name), value === null);
  if (typeof value === 'string') environment.assumed.set(`${name} == ${JSON.stringify(value)}`, true);
}

/** Drops what was known of a name that is bound anew, and of its attributes. */
export function forget({ assumed }: Environment, name: string): void {
  for (const text of assumed.keys()) if (isAbout(text, name)) assumed.delete(text);
}

function isAbout(text: string, name: string): boolean {
  if (text.endsWith(` ${name}`)) return true;
  const next = text[name.length];
  return text.startsWith(name) && (next === undefined || next === ' ' || next === '.');
}

/** A method may change what it is called on: `names.append(name)`. */
export function forgetChanged(environment: Environment, expression: Expression): void {
  const called = expression.kind === 'await' ? expression.value : expression;
  if (called.kind !== 'call' || called.function.kind !== 'attribute') return;
  const owner = subjectOf(called.function.value);
  if (owner !== null) forget(environment, owner.split('.', 1)[0] ?? owner);
}

/** One operator between names, attributes and constants. */
interface SimpleComparison {
  readonly subject: string;
  readonly operator: ComparisonOperator;
  /** Text of a constant or of a second subject. */
  readonly other: string;
  readonly constant: boolean;
  /** False for `!=`, `is not` and `not in`, which are told as the opposite of the operator. */
  readonly positive: boolean;
}

const opposites: Partial<Record<ComparisonOperator, ComparisonOperator>> = {
  '!=': '==',
  'is not': 'is',
  'not in': 'in',
};

function simpleComparison({ left, rest }: Comparison): SimpleComparison | null {
  const [only, ...others] = rest;
  if (only === undefined || others.length > 0) return null;
  const subject = subjectOf(left);
  const constant = constantText(only.right);
  const other = constant ?? subjectOf(only.right);
  if (subject === null || other === null) return null;
  const positive = opposites[only.operator];
  const operator = positive ?? only.operator;
  // `x == None` asks what `x is None` asks, where x is no SQL.
  const asked = other === 'None' && operator === '==' ? 'is' : operator;
  return { subject, operator: asked, other, constant: constant !== null, positive: positive === undefined };
}

function assumeComparison(environment: Environment, simple: SimpleComparison, holds: boolean): void {
  const { assumed } = environment;
  assumed.set(textOf(simple), holds);
  if (!holds) return;
  if (simple.operator === 'is' && simple.other === 'None') assumed.set(simple.subject, false);
  else if (simple.operator === '==' && simple.constant) assumed.set(isNone(simple.subject), false);
}

/** What equals one constant equals no other. */
function isExcluded(
  { assumed }: Environment,
  { subject, operator, other, constant }: SimpleComparison,
): boolean {
  if (operator !== '==' || !constant) return false;
  if (assumed.get(isNone(subject)) === true) return true;
  const beginning = `${subject} == `;
  for (const [text, holds] of assumed)
    if (holds && text.startsWith(`${beginning}"`) && other.startsWith('"') && text !== beginning + other)
      return true;
  return false;
}

function textOf({ subject, operator, other }: SimpleComparison): string {
  return `${subject} ${operator} ${other}`;
}

function isNone(subject: string): string {
  return `${subject} is None`;
}

/** `name` and `name.attribute`. */
function subjectOf(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.id;
  if (expression.kind !== 'attribute') return null;
  const owner = subjectOf(expression.value);
  return owner === null ? null : `${owner}.${expression.attribute.id}`;
}

function constantText(expression: Expression): string | null {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'number':
      return expression.text;
    case 'string':
      return expression.value === null ? null : JSON.stringify(expression.value);
    default:
      return null;
  }
}
