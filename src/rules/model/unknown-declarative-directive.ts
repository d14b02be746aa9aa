/** `__tableargs__ = (…)`: the name of a directive misspelt, which Python takes for any other attribute. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { nearestName } from '../../base/suggest.ts';
import type { ClassDefinition, Identifier, Statement } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { columnCallOf } from '../shared/models/column-call.ts';
import { attributeName, insideMapped } from '../shared/models/mapped-annotation.ts';
import { isRelationshipCall } from '../shared/models/relationship-call.ts';

export const unknownDeclarativeDirective: Rule = {
  id: 'unknown-declarative-directive',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A directive such as `__table_args__` is misspelt',
    why: 'SQLAlchemy looks for `__tablename__`, `__table_args__`, `__mapper_args__` and their kin by name. Under any other name the value is an attribute that nobody reads: constraints and indexes in it are never made, and a class without its `__tablename__` is mapped to its parent’s table or raises `InvalidRequestError`.',
    instead: 'Write the name as SQLAlchemy has it: `__table_args__`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#declarative-table-configuration',
      'https://docs.sqlalchemy.org/en/20/orm/declarative_config.html#other-declarative-mapping-directives',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import CheckConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __tableargs__ = (CheckConstraint("title <> \'\'"),)\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
      good: 'from sqlalchemy import CheckConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __table_args__ = (CheckConstraint("title <> \'\'"),)\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
    },
  ],
  check: { statements: { class: checkClass } },
};

/** What SQLAlchemy's declarative scan asks a class for, and what is lost where it does not find it. */
const directives: Readonly<Record<string, string>> = {
  __tablename__: 'the class has no table of its own',
  __table_args__: 'its constraints, indexes and options are never made',
  __mapper_args__: 'its options never reach the mapper',
  __abstract__: 'the class is mapped',
  __table_cls__: 'the table is made without it',
  __mapper_cls__: 'the class is mapped without it',
  __allow_unmapped__: 'annotations without Mapped[…] still raise',
};

function checkClass(node: ClassDefinition, context: FileContext): void {
  const names = node.body.flatMap(directiveName);
  const unknown = names.filter(({ id }) => !Object.hasOwn(directives, id));
  if (unknown.length === 0 || !isDeclarative(node, context)) return;
  for (const name of unknown) {
    const known = nearestDirective(name.id);
    if (known === undefined || names.some(({ id }) => id === known) || isAskedFor(name.id, context)) continue;
    context.report({
      range: name,
      message: `${name.id} is no name that SQLAlchemy looks for: ${directives[known]}. Did you mean ${known}?`,
      fixes: [{ title: `Rename to ${known}`, edits: [{ range: name, newText: known }] }],
    });
  }
}

/** A name with underscores before or behind it: an assignment, or a function that a `declared_attr` calls. */
function directiveName(statement: Statement): readonly Identifier[] {
  const name =
    statement.kind === 'assignment'
      ? attributeName(statement)
      : statement.kind === 'function'
        ? statement.name
        : null;
  return name !== null && /^__|__$/.test(name.id) ? [name] : [];
}

/** Two letters off at most, underscores not counted: `__tableargs__`, `__table_name__`, `__mapper_arg__`. */
function nearestDirective(name: string): string | undefined {
  const bare = new Map(Object.keys(directives).map(each => [each.replaceAll('_', ''), each]));
  const nearest = nearestName(name.replaceAll('_', ''), bare.keys(), 2);
  return nearest === undefined ? undefined : bare.get(nearest);
}

function isDeclarative(node: ClassDefinition, context: FileContext): boolean {
  const { facts } = context;
  if (facts.models.some(({ nameRange }) => nameRange.start === node.name.start)) return true;
  return node.body.some(statement => {
    if (statement.kind !== 'assignment') return false;
    const { annotation, value } = statement;
    if (insideMapped(annotation) !== null) return true;
    if (value?.kind !== 'call') return false;
    return columnCallOf(value, facts) !== null || isRelationshipCall(value, context);
  });
}

/** A base or a hook of the project's own may read it: `cls.__table_name__`, `getattr(cls, "__table_name__", None)`. */
function isAskedFor(name: string, { project }: FileContext): boolean {
  return project.filesWith(new RegExp(`(?:\\.|["'])${literalPattern(name)}\\b`), name).length > 0;
}
