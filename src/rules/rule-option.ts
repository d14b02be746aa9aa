/**
 * What a project may say to a rule besides its severity: typed, with a default and its own validation. Declared in the
 * rule's file, from which the settings' schema, the rule's page and completion follow; asked for as `context.option(…)`.
 */
import { onceForKey } from '../base/once-for-key.ts';
import { nameWildcard } from '../base/wildcard.ts';

export type OptionValue = number | boolean | readonly string[];

export interface RuleOption<Value extends OptionValue = OptionValue> {
  /** Kebab case, as in `pyproject.toml` and in the editor's settings. */
  readonly name: string;
  readonly default: Value;
  /** One sentence without a full stop: what it changes. Markdown. */
  readonly summary: string;
  /** Completes “can be …”. */
  readonly allowed: string;
  /** JSON Schema of its values. */
  readonly schema: OptionSchema;
  accepts(value: unknown): value is Value;
}

export type OptionSchema =
  | { readonly type: 'integer'; readonly minimum: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'array'; readonly items: { readonly type: 'string'; readonly minLength: number } };

interface OptionText {
  readonly name: string;
  readonly summary: string;
}

export function wholeNumber(
  text: OptionText & { readonly default: number; readonly minimum: number },
): RuleOption<number> {
  const { minimum } = text;
  return {
    ...text,
    allowed: `a whole number from ${minimum}`,
    schema: { type: 'integer', minimum },
    accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= minimum,
  };
}

/** Names, in which `*` stands for any characters. By itself none: what the rule knows anyway is not to be repeated. */
export function nameList(text: OptionText): RuleOption<readonly string[]> {
  return {
    ...text,
    default: [],
    allowed: 'a list of names, in which * stands for any characters',
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
    accepts: value => Array.isArray(value) && value.every(isNamePattern),
  };
}

export function isNamePattern(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && nameWildcard(value) !== null;
}

/** Whether one of the patterns of a `nameList` matches, whatever the case. */
export function isListed(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => wildcardOf(pattern)?.matches(name.toLowerCase()));
}

/** Settings have few patterns, and each is held against every call or table. */
const wildcardOf = onceForKey(pattern => nameWildcard(pattern.toLowerCase()));
