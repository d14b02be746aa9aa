/** `session.query(User).filter(…).all()` taken apart: where it begins, what is called on the way, and how it ends. */
import type { Argument, Attribute, Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import type { FileConversion } from './file-conversion.ts';

export interface ChainCall {
  readonly call: Call;
  readonly function: Attribute;
  readonly name: string;
}

export interface QueryChain {
  /** `session.query(User)`. */
  readonly query: Call;
  readonly session: Expression;
  readonly items: readonly Expression[];
  readonly middle: readonly ChainCall[];
  /** The call that runs it; null where it is run by a loop over it, or elsewhere. */
  readonly terminal: ChainCall | null;
  /** What the whole chain stands in. */
  readonly parent: SyntaxNode | undefined;
  readonly whole: Call;
  /** In an f-string, which does not take lines before Python 3.12. */
  readonly isInString: boolean;
}

export const terminals: ReadonlySet<string> = new Set(
  'all first one one_or_none scalar count get delete update'.split(' '),
);

/** Null for a call that begins no query, or one whose items are not known. */
export function chainFrom(
  query: Call,
  parents: ReadonlyMap<SyntaxNode, SyntaxNode>,
  { meanings }: FileConversion,
): QueryChain | null {
  if (query.function.kind !== 'attribute' || query.function.attribute.id !== 'query') return null;
  const session = query.function.value;
  const meaning = meanings.meaningOf(query);
  const isQuery = meaning.kind === 'statement' && meaning.statement === 'query';
  const owner = meanings.meaningOf(session);
  if (!isQuery || (owner.kind === 'session' && owner.async)) return null;
  const calls: ChainCall[] = [];
  let whole = query;
  for (let next = calledOn(whole, parents); next; next = calledOn(whole, parents)) {
    calls.push(next);
    whole = next.call;
    if (terminals.has(next.name)) break;
  }
  const last = calls.at(-1);
  const terminal = last && terminals.has(last.name) ? last : null;
  return {
    query,
    session,
    items: query.arguments.map((argument: Argument) => argument.value),
    middle: terminal ? calls.slice(0, -1) : calls,
    terminal,
    parent: parents.get(whole),
    whole,
    isInString: isInString(whole, parents),
  };
}

function calledOn(node: Expression, parents: ReadonlyMap<SyntaxNode, SyntaxNode>): ChainCall | null {
  const member = parents.get(node);
  if (member?.kind !== 'attribute' || member.value !== node) return null;
  const call = parents.get(member);
  if (call?.kind !== 'call' || call.function !== member) return null;
  return { call, function: member, name: member.attribute.id };
}

function isInString(node: SyntaxNode, parents: ReadonlyMap<SyntaxNode, SyntaxNode>): boolean {
  for (let above = parents.get(node); above; above = parents.get(above)) {
    if (above.kind === 'string') return true;
  }
  return false;
}
