/** Classes and their attributes as items of a completion. */
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type { CompletionItem, CompletionKind } from './completion-item.ts';

/** By name. */
export function modelItems(models: Iterable<Model>): readonly CompletionItem[] {
  const classes = [...models].filter(({ kind }) => kind !== 'table');
  return classes.map(({ name, table, tableName, module, qualifiedName }) => ({
    label: name,
    kind: 'class',
    detail: table?.name ?? tableName ?? '',
    from: module,
    insert: name,
    order: `2${name}`,
    subject: { kind: 'model', qualifiedName },
  }));
}

export function attributeItem(model: Model, attribute: MappedAttribute, order: string): CompletionItem {
  return {
    label: attribute.name,
    kind: kindOf(attribute),
    detail: detailOf(attribute),
    from: model.name,
    insert: attribute.name,
    order,
    subject: { kind: 'model', qualifiedName: model.qualifiedName },
  };
}

function kindOf({ kind }: MappedAttribute): CompletionKind {
  if (kind === 'column') return 'column';
  return kind === 'relationship' ? 'relationship' : 'attribute';
}

function detailOf(attribute: MappedAttribute): string {
  switch (attribute.kind) {
    case 'column':
      return `${attribute.sqlType ?? attribute.type ?? 'unknown type'} ${attribute.nullable ? 'NULL' : 'NOT NULL'}`;
    case 'relationship':
      return `→ ${attribute.targetText}`;
    case 'plain':
      return '';
    default:
      return attribute.kind;
  }
}
