/** Why a name cannot be taken: Python's and PostgreSQL's rules, SQLAlchemy's own names, and what the project has already. */
import { quoteIdentifier } from '../../schema/identifier.ts';
import { pascalOf, snakeOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { isBuiltinClass, isKeyword } from '../python-names.ts';

/** PostgreSQL cuts names at 63 bytes. */
const longestName = 63;

/** Names that the module of a model imports. */
const importedClasses: ReadonlySet<string> = new Set(
  `Any BigInteger CheckConstraint Date DateTime Decimal DeclarativeBase Enum ForeignKey Identity Index Integer JSON JSONB
  Mapped MetaData MutableDict Numeric String Text UUID UniqueConstraint Uuid`.split(/\s+/),
);

export function checkModelName(facts: ProjectFacts, name: string): string | null {
  if (isKeyword(name)) return `${name} is a keyword of Python. Choose another name.`;
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    const better = pascalOf(name);
    const hint = /^[A-Z]/.test(better) ? ` Use ${better}.` : ' Use a name such as OrderItem.';
    return `A class name begins with a capital letter and has only letters and digits.${hint}`;
  }
  if (snakeOf(name).length > longestName - 4)
    return 'The name is too long for a table of PostgreSQL. Use a shorter one.';
  if (isBuiltinClass(name))
    return `${name} is built into Python, and the model would hide it. Choose another name.`;
  if (importedClasses.has(name))
    return `${name} is imported in the model's own file. Choose another name, such as ${name}Entry.`;
  if (name === facts.base?.name || facts.mixins.some(mixin => mixin.name === name)) {
    return `${name} is already a class that models inherit from. Choose another name.`;
  }
  const known = facts.models.find(model => model.name === name);
  return known ? `There is already a model ${name}, in ${known.module}. Choose another name.` : null;
}

export function checkTableName(facts: ProjectFacts, name: string): string | null {
  const problem = checkIdentifier(name, 'table');
  if (problem !== null) return problem;
  if (isReserved(name) && facts.habits.pluralTables) {
    return `${name} is a reserved word of PostgreSQL and would need quotes in every statement written by hand. Choose another name.`;
  }
  const known = facts.models.find(model => model.table === name);
  return known ? `The table ${name} belongs to ${known.name} already. Choose another name.` : null;
}

/** Attributes that a declarative class has anyway. */
const declarativeNames: ReadonlySet<string> = new Set(['metadata', 'registry']);

/** Names that the class body itself needs after the column. */
const neededNames: ReadonlySet<string> = new Set(
  'bool bytes dict dt enum float func int list mapped_column relationship set str uuid4'.split(' '),
);

export function checkColumnName(name: string): string | null {
  if (isKeyword(name)) return `${name} is a keyword of Python. Choose another name.`;
  const problem = checkIdentifier(name, 'column');
  if (problem !== null) return problem;
  if (declarativeNames.has(name))
    return `Every model has an attribute ${name} of SQLAlchemy's own. Choose another name.`;
  if (neededNames.has(name))
    return `The columns below it need the name ${name} themselves. Choose another name.`;
  return isReserved(name)
    ? `${name} is a reserved word of PostgreSQL and would need quotes in every statement written by hand. Choose another name.`
    : null;
}

function checkIdentifier(name: string, what: 'table' | 'column'): string | null {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    const better = snakeOf(name);
    const hint = /^[a-z]/.test(better) && better !== name ? ` Use ${better}.` : '';
    return `A ${what} name begins with a small letter and has only small letters, digits and underscores.${hint}`;
  }
  return name.length > longestName
    ? `PostgreSQL cuts names after ${longestName} characters. Use a shorter one.`
    : null;
}

function isReserved(name: string): boolean {
  return quoteIdentifier(name) !== name;
}
