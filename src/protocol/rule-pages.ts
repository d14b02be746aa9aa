/** The pages that explain rules. */
import type { Nothing } from './message.ts';
import { requestType } from './message.ts';

export interface RuleListEntry {
  readonly id: string;
  readonly summary: string;
  readonly category: string;
}

export interface RuleReference {
  readonly id: string;
}

export const listRules = requestType<Nothing, readonly RuleListEntry[]>('rules/list');

/** Markdown, or null where there is no such rule. */
export const explainRule = requestType<RuleReference, string | null>('rules/explain');
