/** Calls that make an engine, with what is read of them. */

import { groupBy } from '../../../base/group-by.ts';
import { isSameRange } from '../../../base/range.ts';
import { keywordOf, positionalsOf } from '../../../python/argument-at.ts';
import type { Call, Expression } from '../../../python/syntax.ts';
import type { EngineFact } from '../../../sqlalchemy/engine.ts';
import type { FileContext } from '../../rule.ts';

/** By path: every call of every file is asked about. */
const indexes = new WeakMap<readonly EngineFact[], ReadonlyMap<string, readonly EngineFact[]>>();

/** `create_engine(…)` and its kin; null for other calls. */
export function engineOf(call: Call, { project, file }: FileContext): EngineFact | null {
  const index = indexes.get(project.engines) ?? groupBy(project.engines, ({ location }) => location.path);
  indexes.set(project.engines, index);
  const found = index.get(file.path)?.find(({ location: { range } }) => isSameRange(range, call));
  return found ?? null;
}

/** Where the URL stands in the call, or the function where it is hidden in a configuration. */
export function urlArgumentOf(call: Call): Expression {
  return (keywordOf(call, 'url') ?? positionalsOf(call)[0])?.value ?? call.function;
}

/** The dialect and driver of a URL, such as `postgresql+asyncpg`: empty where the URL is not known. */
export function schemeOf(engine: EngineFact): { readonly dialect: string; readonly driver: string | null } {
  const [dialect = '', driver] = (engine.driver ?? '').split('+');
  return { dialect, driver: driver ?? null };
}

/** True where unpacked arguments may say anything. */
export function hasHiddenArguments(call: Call): boolean {
  return call.arguments.some(argument => argument.unpacked);
}

/** `AsyncEngine(create_engine("postgresql+asyncpg://…"))` is how 1.4 made asynchronous engines. */
export function isWrapped(context: FileContext): boolean {
  return /\bAsyncEngine\(/.test(context.file.text);
}
