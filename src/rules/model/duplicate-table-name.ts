/** Two classes of one base with the same `__tablename__`. */
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { isOneApplication } from '../shared/models/one-application.ts';

export const duplicateTableName: Rule = {
  id: 'duplicate-table-name',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Two models declare the same table',
    why: 'A `MetaData` holds one table of a name: declaring the second class raises “Table … is already defined for this MetaData instance”. Copying a class and changing everything but its `__tablename__` is how it happens.',
    instead:
      'Give the second class its own table name; for two classes on one table use single-table inheritance.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.Table.params.extend_existing',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n\n\nclass Remark(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n\n\nclass Remark(Base):\n    __tablename__ = "remarks"\n    id: Mapped[int] = mapped_column(primary_key=True)',
    },
  ],
  check: { model: checkModel },
};

function checkModel(model: Model, context: FileContext): void {
  if (!ownsTable(model, context) || isTestModule(model.module)) return;
  const namesakes = context.project.modelsWithTable(model.tableName ?? '');
  const others = namesakes.filter(each => keyOf(each) === keyOf(model));
  const first = others.find(each => each !== model && !isLater(each, model) && ownsTable(each, context));
  // A name that is bound twice, in two branches, is one class for the running program.
  if (!first || isTestModule(first.module) || first.name === model.name) return;
  const paths = [first.location.path, model.location.path] as const;
  if (!isOneApplication(model.base ?? '', paths, context.project)) return;
  context.report({
    range: model.nameRange,
    message: `${first.name} has the table ${model.tableName} already: declaring ${model.name} raises InvalidRequestError`,
  });
}

function keyOf({ base, schema }: Model): string {
  return `${base} ${schema ?? ''}`;
}

/** A class that makes a table of its own in the MetaData of a known base. */
function ownsTable(model: Model, { project }: FileContext): boolean {
  if (model.base === null || model.tableName === null || model.kind === 'table') return false;
  if (model.kind === 'imperative' || model.inherits !== null) return false;
  // Arguments of the table that could not be read may name a schema.
  if (model.table?.unread?.includes('uniques')) return false;
  const text = project.files.get(model.location.path)?.text ?? '';
  const written = text.slice(model.location.range.start, model.location.range.end);
  return !/extend_existing|keep_existing|__table__|\bmetadata\s*=/.test(written);
}

/** In one file the first class may stay; of two files either may be imported first. */
function isLater(a: Model, b: Model): boolean {
  return a.location.path === b.location.path && a.location.range.start > b.location.range.start;
}
