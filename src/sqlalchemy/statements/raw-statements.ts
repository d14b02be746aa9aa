/** SQL text as a statement of its own, whoever sends it. */
import type { RawExecution, RawSqlSender } from '../raw-sql.ts';
import { operandOf } from './coercion.ts';
import { built, type Call, unknownAt } from './evaluation.ts';
import type { TextElement, TextNode, TextPiece } from './ir.ts';
import { cursorExecution, executionOf, spreadExecution } from './passed-values.ts';
import { openHole, readText } from './text-binds.ts';
import { partsOf } from './text-parts.ts';
import { isPlain, type Located, type StatementValue, type TextHole, type TextPart } from './value.ts';

/** `text("…")` and its kin: what the call gives. Unknown where nothing of the text is. */
export function rawStatement(call: Call, given: Located, sender: RawSqlSender): StatementValue {
  return built(call, textNode(call, given, sender));
}

/** A text that a call sends at once. The statement belongs to the argument, since the call gives its result. */
export function sentText(call: Call, given: Located, sender: RawSqlSender): StatementValue {
  const made: StatementValue = {
    kind: 'statement',
    node: textNode(call, given, sender),
    builder: given.node,
    begun: given.at,
    excluded: null,
  };
  call.evaluation.recorder?.built(made);
  call.evaluation.recorder?.executed(made, executionBy(sender, call));
  return made;
}

function executionBy({ driver }: RawSqlSender, call: Call): RawExecution {
  if (driver === 'asyncpg') return spreadExecution(call);
  return driver === null ? executionOf(call) : cursorExecution(call);
}

/** Characters beyond which a text is not looked into. */
const LENGTH_LIMIT = 200_000;

function textNode(call: Call, given: Located, sender: RawSqlSender): TextNode {
  const parts = partsOf(given.value, given.at);
  const fill =
    sender.origin === 'template' ? (hole: TextHole, index: number) => filled(call, hole, index) : undefined;
  const isLarge = lengthOf(parts ?? []) > LENGTH_LIMIT;
  const element: TextElement =
    parts === null || isLarge
      ? { kind: 'text', pieces: [], at: call.at }
      : readText(parts, call.at, sender.style, fill);
  const hole = element.pieces.some(piece => typeof piece !== 'string' && piece.kind === 'hole');
  const what = parts === null ? 'The SQL text' : 'A part of the SQL text';
  const dynamic = unknownAt('dynamic-sql', `${what} is put together while the program runs.`, given.at);
  const large = unknownAt('too-large', 'The SQL text is too large to be read.', given.at);
  return {
    kind: 'text-statement',
    element,
    sender,
    bound: new Set(),
    columns: [],
    unknown: isLarge ? large : parts === null || hole ? dynamic : null,
    at: call.at,
  };
}

function lengthOf(parts: readonly TextPart[]): number {
  return parts.reduce((length, part) => length + (part.kind === 'text' ? part.text.length : 1), 0);
}

/** A template's values are parameters with a value; expressions and tables stand for themselves. */
function filled(call: Call, hole: TextHole, index: number): TextPiece {
  const { value, at } = hole;
  const isExpression = value.kind === 'element' || value.kind === 'entity' || value.kind === 'from';
  if (!isExpression && value.kind !== 'constant' && !isPlain(value)) return openHole(hole);
  const element = operandOf(call.evaluation, { value, at, node: call.node });
  return element.kind === 'bind'
    ? { ...element, name: `param_${index}`, unique: false }
    : { kind: 'embedded', element };
}
