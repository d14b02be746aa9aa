/** One line on a change, as people speak of schemas: `adds orders.note TEXT`, `alters users.email: NOT NULL`. */
import type { Column, Index } from './schema.ts';
import type {
  AlterColumn,
  AlterEnum,
  ColumnAspect,
  Constraint,
  SchemaChange,
  TableName,
} from './schema-change.ts';

export function describeChange(change: SchemaChange): string {
  switch (change.kind) {
    case 'create-extension':
    case 'drop-extension':
      return `${verb(change.kind)} extension ${change.name}`;
    case 'create-enum':
      return `creates type ${nameOf(change.type)} (${change.type.values.join(', ')})`;
    case 'drop-enum':
      return `drops type ${nameOf(change.type)}`;
    case 'alter-enum':
      return describeEnum(change);
    case 'create-sequence':
    case 'drop-sequence':
      return `${verb(change.kind)} sequence ${nameOf(change.sequence)}`;
    case 'create-table':
    case 'drop-table':
      return `${verb(change.kind)} table ${nameOf(change.table)}`;
    case 'rename-table':
      return `renames table ${nameOf(change.table)} to ${change.newName}`;
    case 'add-column':
      return `adds ${nameOf(change.table)}.${describeColumn(change.column)}`;
    case 'drop-column':
      return `drops ${nameOf(change.table)}.${change.column.name}`;
    case 'rename-column':
      return `renames ${nameOf(change.table)}.${change.column} to ${change.newName}`;
    case 'alter-column':
      return `alters ${nameOf(change.table)}.${change.after.name}: ${describeAspects(change)}`;
    case 'create-constraint':
    case 'drop-constraint':
      return `${verb(change.kind)} ${describeConstraint(change.constraint, change.table)}`;
    case 'create-index':
    case 'drop-index':
      return `${verb(change.kind)} ${describeIndex(change.index, change.table)}`;
    case 'comment-table':
      return change.after === null
        ? `drops the comment of ${nameOf(change.table)}`
        : `comments on ${nameOf(change.table)}: ${change.after}`;
  }
}

export function nameOf({ schema, name }: TableName): string {
  return schema === null ? name : `${schema}.${name}`;
}

function verb(kind: string): string {
  return kind.startsWith('create') ? 'creates' : 'drops';
}

function describeColumn({ name, type, nullable }: Column): string {
  return `${name} ${type}${nullable ? '' : ' NOT NULL'}`;
}

function describeEnum({ before, after }: AlterEnum): string {
  const added = after.values.filter(value => !before.values.includes(value));
  const removed = before.values.filter(value => !after.values.includes(value));
  const parts = [
    ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removes ${removed.join(', ')}`] : []),
  ];
  return `alters type ${nameOf(after)}: ${parts.length === 0 ? `orders ${after.values.join(', ')}` : parts.join('; ')}`;
}

function describeAspects({ before, after, aspects }: AlterColumn): string {
  return aspects.map(aspect => describeAspect(aspect, before, after)).join('; ');
}

function describeAspect(aspect: ColumnAspect, before: Column, after: Column): string {
  switch (aspect) {
    case 'type':
      return `type ${before.type} to ${after.type}`;
    case 'nullable':
      return after.nullable ? 'drops NOT NULL' : 'NOT NULL';
    case 'default':
      return after.default === null
        ? `drops default ${before.default ?? ''}`.trim()
        : `default ${before.default ?? 'none'} to ${after.default}`;
    case 'identity':
      return after.identity === null ? 'drops identity' : `identity ${after.identity}`;
    case 'computed':
      return after.computed === null
        ? 'is not computed any more'
        : `computed as ${after.computed.expression}`;
    case 'comment':
      return after.comment === null ? 'drops its comment' : `comment ${after.comment}`;
  }
}

function describeIndex({ name, unique, method, elements, include, where }: Index, table: TableName): string {
  return [
    unique ? 'unique index' : 'index',
    ...(name === null ? [] : [name]),
    `on ${nameOf(table)}`,
    ...(method === null || method === 'btree' ? [] : [`using ${method}`]),
    `(${elements.join(', ')})`,
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(where === null ? [] : [`where ${inOneLine(where)}`]),
  ].join(' ');
}

function inOneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}

function describeConstraint(constraint: Constraint, table: TableName): string {
  const { name } = constraint.kind === 'check' ? constraint.check : constraint.key;
  const named = name === null ? '' : ` ${name}`;
  const owner = nameOf(table);
  switch (constraint.kind) {
    case 'primary-key':
      return `primary key of ${owner} (${constraint.key.columns.join(', ')})`;
    case 'unique':
      return `unique constraint${named} on ${owner} (${constraint.key.columns.join(', ')})`;
    case 'foreign-key': {
      const { columns, targetSchema, targetTable } = constraint.key;
      const target = nameOf({ schema: targetSchema, name: targetTable });
      return `foreign key${named} of ${owner} (${columns.join(', ')}) to ${target}`;
    }
    case 'check':
      return `check${named} on ${owner}: ${inOneLine(constraint.check.expression)}`;
  }
}
