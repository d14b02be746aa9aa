/** The spellings of a mistake: the code that the specifications of its rules claim a finding on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpecification } from '../specification.ts';
import type { CatalogueRow } from './catalogue.ts';

export interface Spelling {
  /** The line of code without white space: the same line twice is one spelling. */
  readonly text: string;
  readonly rule: string;
  /** The title of the case of the specification that claims it. */
  readonly title: string;
}

const folder = join(import.meta.dirname, '..', 'rules');

export function spellingsOf({ rules, claimed }: CatalogueRow): readonly Spelling[] {
  const spellings = rules.flatMap(rule => {
    const path = join(folder, `${rule}.md`);
    if (!existsSync(path)) return [];
    const { cases } = readSpecification(rule, readFileSync(path, 'utf8'));
    return cases.flatMap(({ title, code, claims }) => {
      const lines = code.split('\n');
      return claims
        .map(({ line, column, endColumn }) => ({
          text: lines[line] ?? '',
          marked: lines[line]?.slice(column, endColumn) ?? '',
        }))
        .filter(({ marked }) => claimed?.test(marked) ?? true)
        .map(({ text }) => ({ text: text.replace(/\s+/g, ''), rule, title }));
    });
  });
  return [...new Map(spellings.map(each => [each.text, each])).values()];
}
