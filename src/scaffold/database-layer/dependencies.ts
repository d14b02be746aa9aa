/** What a new layer needs installed: added to the dependencies in pyproject.toml, or to a new one. */
import type { TextEdit } from '../../base/edit.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import type { LayerPlan } from './layer-plan.ts';

/** One file at most. A pyproject.toml that lists its dependencies in another way is left to the user. */
export function dependencyFiles(facts: ProjectFacts, plan: LayerPlan): readonly ScaffoldFile[] {
  if (plan.factory !== null) return [];
  const path = `${facts.root}/pyproject.toml`;
  const file = facts.fileAt(path);
  if (file === null) {
    return hasOtherRequirements(facts) ? [] : [{ kind: 'create', path, text: newProject(facts, plan) }];
  }
  const edit = withDependencies(file.text, requirements(plan));
  return edit === null ? [] : [{ kind: 'edit', path, edits: [edit] }];
}

function hasOtherRequirements({ root, fileAt }: ProjectFacts): boolean {
  return ['requirements.txt', 'Pipfile', 'setup.cfg', 'setup.py'].some(
    name => fileAt(`${root}/${name}`) !== null,
  );
}

function requirements({ driver, fastapi }: LayerPlan): readonly string[] {
  return [
    ...(fastapi ? ['fastapi'] : []),
    driver.concurrency === 'async' ? 'sqlalchemy[asyncio]' : 'sqlalchemy',
    ...(driver.requirement === null ? [] : [driver.requirement]),
  ];
}

function newProject({ style }: ProjectFacts, plan: LayerPlan): string {
  const lines = requirements(plan).map(each => `    "${each}",`);
  return `[project]
name = "${plan.application}"
version = "0.1.0"
requires-python = ">=3.${style.python - 300}"
dependencies = [
${lines.join('\n')}
]
`;
}

/** Null where nothing is missing, or where `[project]` has no list of dependencies. */
function withDependencies(text: string, wanted: readonly string[]): TextEdit | null {
  const found = /^dependencies\s*=\s*\[([^\]]*(?:"[^"\n]*"[^\]]*)*)\]/m.exec(projectTable(text));
  if (!found) return null;
  const contents = listContents(text, text.indexOf(found[0]) + found[0].indexOf('[') + 1);
  const present = new Set(
    [...contents.text.matchAll(/["']([A-Za-z0-9._-]+)/g)].map(([, name]) => normalized(name ?? '')),
  );
  // SQLModel brings it along.
  const brought = present.has('sqlmodel') ? ['sqlalchemy'] : [];
  const missing = wanted
    .filter(each => !brought.includes(each))
    .filter(each => !present.has(normalized(each.replace(/\[.*/, ''))));
  if (missing.length === 0) return null;
  const kept = contents.text.trimEnd().replace(/,$/, '');
  const separator = contents.text.includes('\n') ? ',\n    ' : ', ';
  const items = missing.map(each => `"${each}"`).join(separator);
  const end = contents.text.includes('\n') ? ',\n' : '';
  const before = kept === '' ? '' : kept + separator;
  return { range: contents.range, newText: `${before}${items}${end}` };
}

function projectTable(text: string): string {
  return /^\[project\]$[\s\S]*?(?=^\[|(?![\s\S]))/m.exec(text)?.[0] ?? '';
}

/** Up to the bracket that closes the list; extras have brackets of their own, inside of strings. */
function listContents(
  text: string,
  start: number,
): { readonly text: string; readonly range: TextEdit['range'] } {
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ']') break;
  }
  return { text: text.slice(start, at), range: { start, end: at } };
}

function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]+/g, '-');
}
