/** Names of classes, attributes and enum members for what a database calls otherwise. */
import type { Column, EnumType, Table } from '../../schema/schema.ts';
import type { EnumMember } from '../model/column-types.ts';
import { memberName } from '../model/read-details.ts';
import { pascalOf, singularOf, snakeOf } from '../names.ts';
import { isBuiltinClass, isKeyword } from '../python-names.ts';
import type { PlannedColumn, PlannedEnum } from './database-plan.ts';

/** Gives each name once: one that is taken already gets an underscore, as Python's style guide has it. */
export class NameGiver {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  give(...candidates: readonly string[]): string {
    const free = candidates.find(name => this.isFree(name));
    let name = free ?? `${candidates.at(-1)}_`;
    while (!this.isFree(name)) name += '_';
    this.#taken.add(name);
    return name;
  }

  isFree(name: string): boolean {
    return !this.#taken.has(name);
  }
}

/** `order_items` becomes `OrderItem`; of two tables with one name, the second one says its schema. */
export function className(table: Table, names: NameGiver): string {
  const plain = identifier(pascalOf(singularOf(snakeOf(table.name))), 'Table');
  const good = isBuiltinClass(plain) || isKeyword(plain) ? `${plain}Model` : plain;
  return names.give(
    good,
    ...(table.schema === null ? [] : [`${pascalOf(table.schema)}${good}`]),
    `${good}Model`,
  );
}

/** Attributes of every declarative class, and builtins that the annotations of a class name. */
const reservedAttributes: readonly string[] = [
  'metadata',
  'registry',
  'bool',
  'bytes',
  'dict',
  'float',
  'int',
  'list',
  'str',
];

export function plannedColumns(columns: readonly Column[]): readonly PlannedColumn[] {
  const names = new NameGiver(reservedAttributes);
  return columns.map(column => {
    const snake = identifier(
      /^[a-z_][a-z0-9_]*$/.test(column.name) ? column.name : snakeOf(column.name),
      'column',
    );
    const plain = isKeyword(snake) || snake.startsWith('__') ? `${snake.replace(/^_+/, '')}_` : snake;
    return { column, attribute: names.give(plain) };
  });
}

export function plannedEnum(type: EnumType, names: NameGiver): PlannedEnum {
  const plain = identifier(pascalOf(type.name), 'Enum');
  const members = new NameGiver();
  return {
    type,
    name: names.give(isBuiltinClass(plain) ? `${plain}Enum` : plain, `${plain}Enum`),
    members: type.values.map(
      (value): EnumMember => ({ name: members.give(identifier(memberName(value), 'VALUE')), value }),
    ),
  };
}

/** `2nd` and names without a letter get one in front. */
function identifier(name: string, prefix: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  return /^[A-Z]/.test(prefix) && prefix !== prefix.toUpperCase() ? `${prefix}${name}` : `${prefix}_${name}`;
}
