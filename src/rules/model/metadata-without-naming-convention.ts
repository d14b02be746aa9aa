/** A MetaData that leaves the names of constraints to the database. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call, ClassDefinition, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { assignedName } from '../shared/code/assigned-name.ts';
import { isRevision, isTestModule } from '../shared/code/deliberate-change.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName } from '../shared/models/mapped-annotation.ts';

export const metadataWithoutNamingConvention: Rule = {
  id: 'metadata-without-naming-convention',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A declarative base has no naming convention for constraints',
    why: 'Without one SQLAlchemy leaves constraints unnamed, and each database names them in its own way: autogenerate writes `op.drop_constraint(None, …)`, which fails, and batch migrations of SQLite cannot find them.',
    instead: 'Give the base’s MetaData a `naming_convention`, before the first migration.',
    references: ['https://alembic.sqlalchemy.org/en/latest/naming.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy.orm import DeclarativeBase\n\n\nclass Root(DeclarativeBase):\n    pass',
      good: 'from sqlalchemy import MetaData\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Root(DeclarativeBase):\n    metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})',
    },
  ],
  check: { statements: { class: checkClass }, expressions: { call: checkCall } },
};

const message =
  'Constraints get no names of their own: a later migration cannot drop them by name; give the MetaData a naming_convention';

/** A base that makes its MetaData itself; one that it is given is judged where that is made. */
function checkClass(node: ClassDefinition, context: FileContext): void {
  const isBase = node.arguments.some(({ value }) => isDeclarativeBase(value, context));
  if (!isBase || isElsewhere(context)) return;
  const makes = node.body.some(
    each => each.kind === 'assignment' && ['metadata', 'registry'].includes(attributeName(each)?.id ?? ''),
  );
  if (!makes) context.report({ range: node.name, message });
}

function isDeclarativeBase(expression: Expression, { facts }: FileContext): boolean {
  const name = libraryNameOf(expression, facts);
  return name === 'sqlalchemy.orm.DeclarativeBase' || name === 'sqlalchemy.orm.DeclarativeBaseNoMeta';
}

function checkCall(node: Call, context: FileContext): void {
  const name = libraryNameOf(node.function, context.facts);
  if (name === null || isElsewhere(context)) return;
  if (name === 'sqlalchemy.MetaData' && !isGiven(node, ['naming_convention']) && isKept(context))
    context.report({ range: node.function, message });
  const makesBase =
    name === 'sqlalchemy.orm.declarative_base' ||
    name === 'flask_sqlalchemy.SQLAlchemy' ||
    name === 'sqlalchemy.orm.registry';
  if (makesBase && !isGiven(node, ['metadata', 'model_class']) && isKept(context))
    context.report({ range: node.function, message });
}

function isGiven(node: Call, keywords: readonly string[]): boolean {
  return keywords.some(keyword => keywordOf(node, keyword)) || node.arguments.some(each => each.unpacked);
}

/** Made for good, by the module or a class: one of a function is for a moment. */
function isKept({ ancestors, file }: FileContext): boolean {
  if (ancestors.some(each => each.kind === 'function')) return false;
  const name = assignedName({ ancestors });
  // A MetaData that tables are only read into names nothing.
  const reflected =
    name === null
      ? /\breflect\(|autoload/
      : new RegExp(
          `\\b${name}(?:\\.metadata)?\\.reflect\\(|\\w\\([^()]*\\b${name}\\b[^()]*\\bautoload|automap_base\\([^)]*\\b${name}\\b`,
        );
  return !reflected.test(file.text);
}

function isElsewhere({ file }: FileContext): boolean {
  return isTestModule(file.name) || isRevision(file);
}
