/**
 * Which checks asked a module for names that it binds otherwise now. What a check asked for stands somewhere in the code that
 * it looked at, as a word: whoever has none of the names there is not concerned, such as by one function more.
 */
import { onceForKey } from '../../base/once-for-key.ts';
import { partKey, partsOf, pathOfPart, surfaceOf } from '../../sqlalchemy/file-parts.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { CheckSources } from './recorded-inquiry.ts';
import type { StateChange } from './workspace-state.ts';

/** Of a module that binds more names otherwise it is left open which ones were asked for. */
const followedNames = 20;

export function namesAskedFor(
  workspace: WorkspaceSnapshot,
  { names }: Pick<StateChange, 'names'>,
): (sources: CheckSources) => boolean {
  const modules = [...names].map(([path, rebound]) => askedOf(workspace, path, rebound));
  return sources => modules.some(isAsked => isAsked(sources));
}

/** Whether a check asked one module for these names of it. */
function askedOf(
  { project, textOf }: WorkspaceSnapshot,
  path: string,
  names: ReadonlySet<string>,
): (sources: CheckSources) => boolean {
  const isNamed = ({ named }: CheckSources) => named.includes(path);
  if (names.size > followedNames || ![...names].every(isPlain)) return isNamed;
  const file = project.files.get(path);
  const words = wordsOf(file ? withAliases(names, file) : names);
  const inText = onceForKey(other => words.test(project.files.get(other)?.text ?? textOf(other) ?? ''));
  const inSurface = onceForKey(other => {
    const asking = project.files.get(other);
    return asking !== undefined && words.test(JSON.stringify(surfaceOf(asking)));
  });
  const partsIn = onceForKey(other => {
    const asking = project.files.get(other);
    const mentioning = [...(asking ? partsOf(asking) : [])].filter(([, code]) => words.test(code));
    return new Set(mentioning.map(([name]) => partKey(other, name)));
  });
  return sources =>
    isNamed(sources) &&
    (sources.files.some(inText) ||
      sources.parts.some(part => partsIn(pathOfPart(part)).has(part)) ||
      sources.named.some(other => other !== path && inSurface(other)));
}

/** Others of the module mean what these mean: `Base = models.Base`. */
function withAliases(names: ReadonlySet<string>, file: SourceFile): ReadonlySet<string> {
  const { bindings } = surfaceOf(file);
  const all = new Set(names);
  for (let size = 0; size < all.size; ) {
    size = all.size;
    const words = wordsOf(all);
    for (const { name, text } of bindings) if (words.test(text)) all.add(name);
  }
  return all;
}

/** Names in other letters may be written in more than one way. */
function isPlain(name: string): boolean {
  return /^\w+$/.test(name);
}

function wordsOf(names: ReadonlySet<string>): RegExp {
  return new RegExp(`\\b(?:${[...names].join('|')})\\b`);
}
