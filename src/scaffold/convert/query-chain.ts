/** `session.query(User).filter(…).all()` taken apart: where it begins, what is called on the way, and how it ends. */
import type { Argument, Attribute, Call, Expression, Name, SyntaxNode } from '../../python/syntax.ts';
import type { FileConversion } from './file-conversion.ts';

export interface ChainCall {
  readonly call: Call;
  readonly function: Attribute;
  readonly name: string;
}

export interface QueryChain {
  /** `session.query(User)`, or a variable that holds a query. */
  readonly query: Call | Name;
  /** Who runs it; of a variable, who runs what is in it. */
  readonly session: Expression;
  /** Empty for a variable. */
  readonly items: readonly Expression[];
  readonly middle: readonly ChainCall[];
  /** The call that runs it, or makes a part of another statement of it; null where it is run by a loop over it, or elsewhere. */
  readonly terminal: ChainCall | null;
  /** What the whole chain stands in. */
  readonly parent: SyntaxNode | undefined;
  readonly whole: Call | Name;
  /** In an f-string, which does not take lines before Python 3.12. */
  readonly isInString: boolean;
}

/** What each node stands in. */
export type Parents = ReadonlyMap<SyntaxNode, SyntaxNode>;

/** Methods that run a query. */
const runners: ReadonlySet<string> = new Set(
  'all first one one_or_none scalar count get delete update'.split(' '),
);

/** Methods that make a part of another statement of it. */
export const embeddings: ReadonlySet<string> = new Set(
  'subquery cte scalar_subquery as_scalar exists label'.split(' '),
);

/** Null for a call that begins no query, or one whose items are not known. */
export function chainFrom(query: Call, parents: Parents, { meanings }: FileConversion): QueryChain | null {
  if (query.function.kind !== 'attribute' || query.function.attribute.id !== 'query') return null;
  const session = query.function.value;
  const meaning = meanings.meaningOf(query);
  const isQuery = meaning.kind === 'statement' && meaning.statement === 'query';
  const owner = meanings.meaningOf(session);
  if (!isQuery || (owner.kind === 'session' && owner.async)) return null;
  const items = query.arguments.map((argument: Argument) => argument.value);
  return { query, session, items, ...callsOn(query, parents) };
}

/** What is called on a variable that holds a query. */
export function chainOn(query: Name, session: Expression, parents: Parents): QueryChain {
  return { query, session, items: [], ...callsOn(query, parents) };
}

type CallsOn = Pick<QueryChain, 'middle' | 'terminal' | 'parent' | 'whole' | 'isInString'>;

function callsOn(query: Call | Name, parents: Parents): CallsOn {
  const calls: ChainCall[] = [];
  let whole: Call | Name = query;
  for (let next = calledOn(whole, parents); next; next = calledOn(whole, parents)) {
    calls.push(next);
    whole = next.call;
    if (endsQuery(next)) break;
  }
  const last = calls.at(-1);
  const terminal = last && endsQuery(last) ? last : null;
  return {
    middle: terminal ? calls.slice(0, -1) : calls,
    terminal,
    parent: parents.get(whole),
    whole,
    isInString: isInString(whole, parents),
  };
}

function endsQuery({ name }: ChainCall): boolean {
  return runners.has(name) || embeddings.has(name);
}

function calledOn(node: Expression, parents: Parents): ChainCall | null {
  const member = parents.get(node);
  if (member?.kind !== 'attribute' || member.value !== node) return null;
  const call = parents.get(member);
  if (call?.kind !== 'call' || call.function !== member) return null;
  return { call, function: member, name: member.attribute.id };
}

function isInString(node: SyntaxNode, parents: Parents): boolean {
  for (let above = parents.get(node); above; above = parents.get(above)) {
    if (above.kind === 'string') return true;
  }
  return false;
}

/** A loop, or a call that takes all there is, such as `list(…)`. */
export function isIterated({ parent, whole }: QueryChain): boolean {
  if (parent?.kind === 'for') return parent.iterable === whole && !parent.async;
  if (parent?.kind === 'comprehension')
    return parent.clauses.some(clause => clause.iterable === whole && !clause.async);
  if (parent?.kind !== 'call' || parent.function.kind !== 'name') return false;
  return ['list', 'set', 'tuple', 'sorted'].includes(parent.function.id);
}

/** `User.id.in_(…)`, which takes a query and a statement alike. */
export function isGivenToIn({ parent, whole }: QueryChain): boolean {
  if (parent?.kind !== 'call' || parent.function.kind !== 'attribute') return false;
  const [given, ...others] = parent.arguments;
  const takes = ['in_', 'not_in', 'notin_'].includes(parent.function.attribute.id);
  return takes && others.length === 0 && given?.value === whole && !given.keyword && !given.unpacked;
}
