/** What the project's files begin with, for those that a scaffold makes: a licence, and annotations that are read later. */
import { folderOf } from './paths.ts';
import type { KnownFile, ProjectFacts } from './project-facts.ts';
import type { Rendering, Scaffold, ScaffoldFile } from './scaffold.ts';

const deferring = /^from __future__ import .*\bannotations\b/m;

/** Whether the annotations of a file are not read as it is imported; a new one does as its neighbours do. */
export function defersAnnotations(facts: ProjectFacts, path: string): boolean {
  const text = facts.fileAt(path)?.text;
  if (text !== undefined) return deferring.test(text);
  // SQLModel reads the annotations of its classes as they are made.
  if (facts.base?.kind === 'sqlmodel') return false;
  const neighbours = facts.filesIn(folderOf(path)).filter(hasDefinitions);
  return neighbours.length === 0 ? facts.files.defersAnnotations : mostlyDefers(neighbours);
}

/** Of the files that define something, at least half. */
export function mostlyDefers(files: readonly Pick<KnownFile, 'text'>[]): boolean {
  const deferred = files.filter(({ text }) => deferring.test(text)).length;
  return files.length > 0 && deferred * 2 >= files.length;
}

export function hasDefinitions({ text }: Pick<KnownFile, 'text'>): boolean {
  return /^(?:class|def|async def) /m.test(text);
}

export function withFileHeads(scaffold: Scaffold): Scaffold {
  return {
    ...scaffold,
    render: (facts, answers, activePath) => headed(facts, scaffold.render(facts, answers, activePath)),
  };
}

function headed(facts: ProjectFacts, rendering: Rendering): Rendering {
  return { ...rendering, files: rendering.files.map(file => headedFile(facts, file)) };
}

function headedFile(facts: ProjectFacts, file: ScaffoldFile): ScaffoldFile {
  if (file.kind !== 'create' || !file.path.endsWith('.py') || file.text.trim() === '') return file;
  const deferred = defersAnnotations(facts, file.path) && hasDefinitions(file);
  return { ...file, text: facts.files.header + (deferred ? withDeferral(file.text) : file.text) };
}

/** After the docstring, before all other imports. */
function withDeferral(text: string): string {
  if (deferring.test(text)) return text;
  const documentation = /^"""[\s\S]*?"""\n\n?/.exec(text)?.[0] ?? '';
  return `${documentation}from __future__ import annotations\n\n${text.slice(documentation.length)}`;
}
