/** Loader options: `selectinload(User.posts)`, also chained to one another and called through a module. */
import type { Call, Expression } from '../../../python/syntax.ts';
import type { FileFacts } from '../../../sqlalchemy/project.ts';

const relationshipLoaders: ReadonlySet<string> = new Set([
  'joinedload',
  'selectinload',
  'subqueryload',
  'lazyload',
  'immediateload',
  'noload',
  'raiseload',
  'contains_eager',
  'defaultload',
]);
const columnLoaders: ReadonlySet<string> = new Set(['defer', 'undefer', 'load_only']);

export interface LoaderCall {
  readonly name: string;
  /** What it takes. */
  readonly takes: 'relationship' | 'column';
  /** The option that it is chained to; null for the first. */
  readonly previous: Call | null;
}

export function loaderCall(node: Expression, facts: FileFacts): LoaderCall | null {
  if (node.kind !== 'call') return null;
  const called = facts.meaningOf(node.function);
  if (called.kind === 'library') {
    const [, name] = /^sqlalchemy\.orm\.(\w+)$/.exec(called.name) ?? [];
    return name === undefined ? null : named(name, null);
  }
  if (node.function.kind !== 'attribute' || node.function.value.kind !== 'call') return null;
  const isLoader = loaderCall(node.function.value, facts) !== null || isLoad(node.function.value, facts);
  return isLoader ? named(node.function.attribute.id, node.function.value) : null;
}

function named(name: string, previous: Call | null): LoaderCall | null {
  if (relationshipLoaders.has(name)) return { name, takes: 'relationship', previous };
  return columnLoaders.has(name) ? { name, takes: 'column', previous } : null;
}

/** `Load(User).joinedload(…)`. */
function isLoad(node: Call, facts: FileFacts): boolean {
  const called = facts.meaningOf(node.function);
  return called.kind === 'library' && called.name === 'sqlalchemy.orm.Load';
}
