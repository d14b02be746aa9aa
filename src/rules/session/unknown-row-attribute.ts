/** `row.nmae`: a row is asked for a column that the statement does not select. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { FlowFact, RowColumn } from '../../sqlalchemy/flow-fact.ts';
import type { DescribedSubject, FileContext, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';
import { factsOfText, rowsOfText } from '../shared/statements/text-rows.ts';

export const unknownRowAttribute: Rule = {
  id: 'unknown-row-attribute',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A row is asked for a column that it does not have',
    why: 'A row is a named tuple of what the statement selects: attributes by their names, labels by theirs, functions by the function’s, objects by their class. Any other name raises `AttributeError`, and with `mappings()` `KeyError`. A row is no dictionary either: `row["name"]` raises `TypeError` since 2.0.',
    instead:
      'Ask for a name that the statement selects, give the expression a `label()`, or use `mappings()` for rows that are dictionaries.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Row',
      'https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Result.mappings',
    ],
  },
  examples: [
    {
      bad: 'def first(session: Session) -> str:\n    row = session.execute(select(User.id, User.name)).one()\n    return row.nmae',
      good: 'def first(session: Session) -> str:\n    row = session.execute(select(User.id, User.name)).one()\n    return row.name',
    },
  ],
  check: { flow: checkFact, description: checkDescription },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'row-column' || (fact.way === 'text-index' && isBefore2(context))) return;
  if (fact.way === 'text-index' || fact.texts.length === 0) report(fact, context);
}

/** SQL text: its columns are known by PostgreSQL’s description. */
function checkDescription(subject: DescribedSubject, context: FileContext): void {
  const rows = rowsOfText(subject);
  if (rows === null) return;
  for (const fact of factsOfText(subject, 'row-column', context)) {
    if (fact.way === 'text-index' || rows.some(each => each.includes(fact.name))) continue;
    // Other databases give the names of a statement in capitals as they are written.
    const { name } = fact;
    if (name === name.toUpperCase() && rows.some(each => each.includes(name.toLowerCase()))) continue;
    report({ ...fact, names: rows[0] ?? [] }, context);
  }
}

function report(fact: RowColumn, context: FileContext): void {
  const place = placeOf(fact);
  if (place === null) return;
  context.report({ range: place, message: messageFor(fact), fixes: fixesFor(fact, place, context) });
}

/** The name alone. */
function placeOf({ node }: RowColumn): TextRange | null {
  if (node.kind === 'attribute') return node.attribute;
  return node.kind === 'subscript' ? (node.indices[0] ?? null) : null;
}

function messageFor({ way, name, names }: RowColumn): string {
  if (way === 'text-index')
    return `A row is a tuple and takes no “${name}” in brackets: this raises TypeError; write row.${name}, or use mappings()`;
  const raised = way === 'attribute' ? 'AttributeError' : 'KeyError';
  return `The row has ${listed(names)} and no ${name}: this raises ${raised}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function fixesFor(
  { node, way, name, names }: RowColumn,
  place: TextRange,
  { file }: FileContext,
): readonly ReportedFix[] {
  if (way === 'text-index') {
    if (node.kind !== 'subscript' || !/^[A-Za-z]\w*$/.test(name)) return [];
    const range = { start: node.value.end, end: node.end };
    return [changeTo(range, `.${name}`)];
  }
  const near = nearestName(name, names);
  if (near === undefined) return [];
  return [changeTo(place, sliceOf(file.text, place).replace(name, near), near)];
}
