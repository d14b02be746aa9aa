/** What takes the place of a legacy query, by how it ends: run at once, part of another statement, or kept in a variable. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Argument } from '../../python/syntax.ts';
import { quoted } from '../python-code/quoting.ts';
import type { FileConversion } from './file-conversion.ts';
import { type ChainCall, embeddings, isGivenToIn, isIterated, type QueryChain } from './query-chain.ts';
import { type AddedStep, layOutPart, layOutQuery, type RunStatement } from './query-layout.ts';
import { renamed } from './query-methods.ts';
import { mayRepeat, type QueryCalls, type QueryShape } from './query-shape.ts';

/** What a query selects, and all that it was built with: once for each place that it may begin at. */
export interface QueryForm {
  readonly shape: QueryShape;
  readonly calls: QueryCalls;
}

/** Edits the file. */
export type Writing = () => void;

/** What becomes of a chain that runs a query or makes a part of another statement of it; a sentence where it has to stay. */
export function planEnding(
  chain: QueryChain,
  forms: readonly (QueryForm | string)[],
  conversion: FileConversion,
): Writing | string {
  const { terminal } = chain;
  if (isGivenToIn(chain)) return () => writePart(chain, conversion);
  if (terminal && embeddings.has(terminal.name)) return planPart(chain, terminal, forms, conversion);
  const unknown = forms.find(form => typeof form === 'string');
  if (unknown !== undefined) return unknown;
  const known = forms.filter(form => typeof form !== 'string');
  const [form] = known;
  if (!form || known.some(({ shape }) => shape.entity !== form.shape.entity))
    return 'it gives objects in one branch, and rows in another.';
  if (terminal === null) {
    if (!isIterated(chain)) return 'it is built further, or run, elsewhere.';
    return () => run(chain, known, conversion, {});
  }
  const { name } = terminal;
  switch (name) {
    case 'get':
      return planGet(chain, terminal, form.shape, conversion) ?? 'get() has more than a key.';
    case 'delete':
    case 'update':
      return (
        planChange(chain, terminal, form.shape, conversion) ?? `${name}() is of more than a filtered class.`
      );
  }
  if (terminal.call.arguments.length > 0) return `${name}() has arguments.`;
  if (name === 'count') return () => writeCount(chain, conversion);
  if (name === 'first') return () => run(chain, known, conversion, { added: ['.limit(1)'], end: '.first()' });
  if (name === 'scalar')
    return () => run(chain, known, conversion, { runner: 'scalars', end: '.one_or_none()' });
  return () => run(chain, known, conversion, { end: `.${name}()` });
}

interface Ending {
  readonly runner?: 'scalars';
  readonly added?: readonly string[];
  /** What is made of the result. */
  readonly end?: string;
}

/** `session.scalars(select(…)…)`. */
function run(
  chain: QueryChain,
  forms: readonly QueryForm[],
  conversion: FileConversion,
  ending: Ending,
): void {
  const isEntity = forms.every(({ shape }) => shape.entity);
  const { runner = isEntity ? 'scalars' : 'execute', added = [], end } = ending;
  const isRepeated = forms.some(
    ({ shape, calls }) => shape.objects && mayRepeat(calls, chain.terminal?.name ?? null, shape, conversion),
  );
  const unique = isRepeated ? ['.unique()'] : [];
  layOutQuery(
    chain,
    {
      runner,
      around: null,
      statement: statementOf(chain, conversion),
      steps: stepsOf(chain),
      added: added.map(text => ({ text, from: null })),
      result: end === undefined ? unique : [...unique, end],
    },
    conversion,
  );
}

/** `select`, or the variable that holds what is selected. */
function statementOf({ query }: QueryChain, conversion: FileConversion): string {
  return query.kind === 'name' ? query.id : conversion.local('sqlalchemy', 'select');
}

/** Methods with the names that a statement has for them. */
function stepsOf({ middle }: QueryChain): RunStatement['steps'] {
  return middle.map(call => ({ call, name: renamed[call.name] ?? call.name }));
}

/** `query = select(…)`, `query = query.where(…)`, `User.id.in_(select(…))`: nothing runs it there. */
export function writePart(chain: QueryChain, conversion: FileConversion): void {
  layOutPart(
    chain,
    {
      statement: statementOf(chain, conversion),
      steps: [...stepsOf(chain), ...(chain.terminal ? [endOf(chain.terminal)] : [])],
    },
    conversion,
  );
}

function endOf(call: ChainCall): RunStatement['steps'][number] {
  return { call, name: call.name === 'as_scalar' ? 'scalar_subquery' : call.name };
}

function planPart(
  chain: QueryChain,
  terminal: ChainCall,
  forms: readonly (QueryForm | string)[],
  conversion: FileConversion,
): Writing | string {
  const known = ['name', ...(terminal.name === 'cte' ? ['recursive', 'nesting'] : [])];
  const other = terminal.call.arguments.find(({ keyword }) => keyword && !known.includes(keyword.id));
  if (other) return `${terminal.name}() is given ${other.keyword?.id}.`;
  const positional = terminal.call.arguments.filter(({ keyword }) => keyword === null);
  if (positional.length > 1) return `${terminal.name}() is given more than a name.`;
  if (terminal.name !== 'exists') return () => writePart(chain, conversion);
  const isEntity = forms.every(form => typeof form !== 'string' && form.shape.entity);
  if (chain.query.kind === 'name' || !isEntity) return 'exists() is of more than a class.';
  return () => writeExists(chain, terminal, conversion);
}

/** As Query writes it: SELECT 1. */
function writeExists(chain: QueryChain, terminal: ChainCall, conversion: FileConversion): void {
  const [select = '', column = ''] = ['select', 'literal_column'].map(name =>
    conversion.local('sqlalchemy', name),
  );
  const one = quoted('1', conversion.facts.style);
  layOutPart(
    chain,
    { statement: `${select}(${column}(${one})).select_from`, steps: [...stepsOf(chain), endOf(terminal)] },
    conversion,
  );
}

function planGet(
  { session, query, middle, items }: QueryChain,
  { call }: ChainCall,
  shape: QueryShape,
  conversion: FileConversion,
): Writing | null {
  const [item] = items;
  const [key, ...others] = call.arguments;
  if (!item || !key || !shape.entity || middle.length > 0 || others.length > 0) return null;
  if (key.keyword || key.unpacked) return null;
  if (conversion.textOf({ start: query.end, end: call.argumentsRange.start }).includes('#')) return null;
  const { start } =
    query.kind === 'call' && query.function.kind === 'attribute' ? query.function.attribute : session;
  return () => conversion.edit({ start, end: key.start }, `get(${conversion.textOf(item)}, `);
}

/** As Query counts: the rows of the statement as a subquery. */
function writeCount(chain: QueryChain, conversion: FileConversion): void {
  const [select = '', func = ''] = ['select', 'func'].map(name => conversion.local('sqlalchemy', name));
  layOutQuery(
    chain,
    {
      runner: 'scalars',
      around: `${select}(${func}.count()).select_from`,
      statement: statementOf(chain, conversion),
      steps: stepsOf(chain),
      added: [{ text: '.subquery()', from: null }],
      result: ['.one()'],
    },
    conversion,
  );
}

function planChange(
  chain: QueryChain,
  terminal: ChainCall,
  shape: QueryShape,
  conversion: FileConversion,
): Writing | null {
  const { middle, parent, query } = chain;
  const { call, name } = terminal;
  if (
    query.kind === 'name' ||
    !shape.entity ||
    middle.some(each => !['filter', 'where', 'filter_by'].includes(each.name))
  )
    return null;
  const positional = call.arguments.filter(each => each.keyword === null);
  const synchronize =
    keywordOf(call, 'synchronize_session') ?? (name === 'delete' ? positional[0] : positional[1]);
  const values = name === 'update' ? (keywordOf(call, 'values') ?? positional[0]) : undefined;
  if (
    call.arguments.some(each => each !== synchronize && each !== values) ||
    (name === 'update') !== (values !== undefined)
  )
    return null;
  const added = (method: string, { value }: Argument, keyword = ''): AddedStep => ({
    text: `.${method}(${keyword}${conversion.convertedText(value)})`,
    from: value,
  });
  const write = (): void =>
    layOutQuery(
      chain,
      {
        runner: 'execute',
        around: null,
        statement: conversion.local('sqlalchemy', name),
        steps: stepsOf(chain),
        added: [
          ...(values ? [added('values', values)] : []),
          ...(synchronize ? [added('execution_options', synchronize, 'synchronize_session=')] : []),
        ],
        result: parent?.kind === 'expression' ? [] : ['.rowcount'],
      },
      conversion,
    );
  return write;
}
