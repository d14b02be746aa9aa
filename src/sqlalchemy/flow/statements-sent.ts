/** The statements that reach an execution: what their rows hold, and what they change. */
import type { TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { SelectItem, StatementNode } from '../statements/ir.ts';
import type { StatementValue } from '../statements/value.ts';
import type { Frame } from './machine.ts';
import { rowName } from './row-names.ts';
import type { RowItem } from './values.ts';

export interface SentStatement {
  /** Null where the forms of the statement differ, or are not known. */
  readonly items: readonly RowItem[] | null;
  /** Where each form is built, if all are SQL text of this file. */
  readonly texts: readonly TextRange[];
  readonly kind: StatementNode['kind'] | null;
  readonly legacy: boolean;
}

/** Null where no statement is known to be sent. */
export function sentAt(frame: Frame, node: Expression): SentStatement | null {
  const forms = [...(frame.evaluation.uses.get(node) ?? [])];
  const [first] = forms;
  if (first === undefined) return null;
  const kind = forms.every(each => each.node.kind === first.node.kind) ? first.node.kind : null;
  const textOf = (path: string) => frame.machine.source.linked.files.get(path)?.text;
  const legacy = first.node.kind === 'select' && first.node.legacy;
  const texts = kind === 'text-statement' ? textsOf(forms) : [];
  return { kind, items: itemsOf(forms, textOf), texts, legacy };
}

/** None where `columns()` says what the text selects. */
function textsOf(forms: readonly StatementValue[]): readonly TextRange[] {
  const places = forms.flatMap(({ node, builder }) =>
    node.kind === 'text-statement' && node.columns.length === 0 && builder !== null ? [builder] : [],
  );
  return places.length === forms.length ? places.map(({ start, end }) => ({ start, end })) : [];
}

type TextOf = (path: string) => string | undefined;

function itemsOf(forms: readonly StatementValue[], textOf: TextOf): readonly RowItem[] | null {
  const all = forms.map(each => itemsOfForm(each.node, textOf));
  const [first] = all;
  if (!first || !all.every(each => each !== null && isSameShape(first, each))) return null;
  return first.map((item, index) => ({
    name: all.every(each => each?.[index]?.name === item.name) ? item.name : null,
    wide: all.some(each => each?.[index]?.wide),
    entity: item.entity && { model: item.entity.model, loads: loadsOfAll(all.map(each => each?.[index])) },
  }));
}

function isSameShape(one: readonly RowItem[], two: readonly RowItem[]): boolean {
  return (
    one.length === two.length && one.every((each, index) => each.entity?.model === two[index]?.entity?.model)
  );
}

/** What one of the forms loads may be loaded. */
function loadsOfAll(items: readonly (RowItem | undefined)[]): NonNullable<RowItem['entity']>['loads'] {
  const loads = items.map(each => each?.entity?.loads ?? null);
  return loads.includes(null) ? null : loads.flatMap(each => each ?? []);
}

function itemsOfForm(node: StatementNode, textOf: TextOf): readonly RowItem[] | null {
  if (node.kind === 'select') {
    const loads = node.loads ?? (node.loads === null ? null : []);
    const isKnown = node.unknown === null || node.unknown.reason === 'unsupported-construct';
    // What was not understood may have selected more.
    const names: TextOf | null = node.unknown === null ? textOf : null;
    return node.items.map(item => rowItem(item, isKnown ? loads : null, names));
  }
  return 'returning' in node && node.returning.length > 0 && node.unknown === null
    ? node.returning.map(item => rowItem(item, [], textOf))
    : null;
}

function rowItem(
  item: SelectItem,
  loads: NonNullable<RowItem['entity']>['loads'],
  textOf: TextOf | null,
): RowItem {
  return {
    name: textOf && rowName(item, textOf),
    // What is not understood may be a table.
    wide: item.kind === 'from' || (item.kind === 'element' && item.element.kind === 'unknown'),
    entity: item.kind === 'entity' ? { model: item.model, loads } : null,
  };
}
