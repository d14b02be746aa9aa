/** Values that are told apart by what they say: two that are described alike stand for the same in whatever is made of them. */
import type { ListValue, Located, Value } from './value.ts';

/** Elements of lists and dictionaries that are described at most: longer ones are tables of data. */
const ELEMENT_LIMIT = 40;

/** Null for SQL, which is the same only where it is the same object, and for code that sees variables around it. */
export function describedValue(value: Value): string | null {
  switch (value.kind) {
    case 'constant':
      return JSON.stringify(value.value);
    case 'python':
      return value.parts === undefined && value.dictionaries === undefined
        ? JSON.stringify([value.type, value.aware, value.among, value.item])
        : null;
    case 'session':
    case 'session-factory':
    case 'engine':
    case 'connection':
      return `${value.kind} ${value.async} ${value.expireOnCommit}`;
    case 'driver':
      return `driver ${value.library}`;
    case 'library':
      return `library ${value.name}`;
    case 'instance':
      return `instance ${value.model.qualifiedName}`;
    case 'result':
      return `${value.result} ${value.model?.qualifiedName}`;
    case 'class':
      return `class ${value.qualifiedName} ${value.behind}`;
    case 'object':
      return `${value.self} ${value.class.qualifiedName} ${value.class.behind}`;
    case 'list':
      return describedList(value);
    case 'dict':
      return described(
        value.entries.flatMap(({ key, value }) => [key, value]),
        '{}',
      );
    default:
      return null;
  }
}

function describedList({ elements, repeated }: ListValue): string | null {
  return described(elements, repeated === true ? '[*]' : '[]');
}

function described(elements: readonly Located[], brackets: string): string | null {
  if (elements.length > ELEMENT_LIMIT) return null;
  let text = brackets;
  for (const { value } of elements) {
    const each = describedValue(value);
    if (each === null) return null;
    text += `${each},`;
  }
  return text;
}

/** Whether a value says the same wherever it is made: it is no SQL, and nothing that changes in place or is shown where it stands. */
export function isPlaceless(value: Value): boolean {
  switch (value.kind) {
    case 'constant':
      return value.parts === undefined;
    case 'list':
    case 'dict':
      return false;
    default:
      return describedValue(value) !== null;
  }
}
