/** A call's arguments by position and by keyword, as Python binds them. Values stay expressions. */
import type {
  Call,
  DictLiteral,
  Expression,
  FunctionDefinition,
  StringLiteral,
} from '../../python/syntax.ts';
import type { Bound, Site } from './site.ts';

export interface CallArguments {
  readonly positional: readonly Expression[];
  readonly keywords: ReadonlyMap<string, Expression>;
  /** True where `*` or `**` hides some of them. */
  readonly open: boolean;
}

/** `**{"a": 1}` and `**dict(a=1)` are unpacked; other unpacking leaves the arguments open. */
export function argumentsOf(call: Call): CallArguments {
  const positional: Expression[] = [];
  const keywords = new Map<string, Expression>();
  let open = false;
  for (const argument of call.arguments) {
    if (argument.keyword) keywords.set(argument.keyword.id, argument.value);
    else if (argument.unpacked) open = !unpackDict(argument.value, keywords) || open;
    else if (argument.value.kind !== 'starred') positional.push(argument.value);
    else if (argument.value.value.kind === 'list' || argument.value.value.kind === 'tuple') {
      positional.push(...argument.value.value.elements);
    } else open = true;
  }
  return { positional, keywords, open };
}

function unpackDict(value: Expression, keywords: Map<string, Expression>): boolean {
  if (value.kind !== 'dict') return false;
  for (const entry of value.entries) {
    if (entry.key?.kind !== 'string' || entry.key.value === null) return false;
    keywords.set(entry.key.value, entry.value);
  }
  return true;
}

/** What a function's parameters stand for in one call of it, defaults read at its `home`; null where the call does not fit. */
export function bindParameters(
  node: FunctionDefinition,
  call: Call,
  site: Site,
  home: Site,
): ReadonlyMap<string, Bound> | null {
  const given = argumentsOf(call);
  const bound = new Map<string, Bound>();
  let position = 0;
  for (const parameter of node.parameters) {
    const name = parameter.name.id;
    if (parameter.kind === 'var-keyword' && !given.open)
      bound.set(name, { kind: 'expression', expression: otherKeywords(node, given, call), site });
    if (parameter.kind === 'var-positional' || parameter.kind === 'var-keyword') continue;
    const byPosition = parameter.kind === 'keyword-only' ? undefined : given.positional[position++];
    const expression = byPosition ?? given.keywords.get(name);
    if (expression) bound.set(name, { kind: 'expression', expression, site });
    else if (parameter.default)
      bound.set(name, { kind: 'expression', expression: parameter.default, site: home });
  }
  return position < given.positional.length && !node.parameters.some(p => p.kind === 'var-positional')
    ? null
    : bound;
}

/** What `**options` takes: the keywords that no other parameter is called by. */
function otherKeywords(
  node: FunctionDefinition,
  { keywords }: CallArguments,
  { start, end }: Call,
): DictLiteral {
  const names = new Set(node.parameters.map(({ name }) => name.id));
  const entries = [...keywords].flatMap(([name, value]) => {
    const key: StringLiteral = { kind: 'string', pieces: [], value: name, bytes: false, start, end };
    return names.has(name) ? [] : [{ key, value, start: value.start, end: value.end }];
  });
  return { kind: 'dict', entries, start, end };
}
