/** A mapped class whose table has no primary key. */
import { ownerPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';

export const modelWithoutPrimaryKey: Rule = {
  id: 'model-without-primary-key',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A mapped class has no primary key',
    why: 'The mapper tells objects apart by their primary key. Without one, declaring the class raises “could not assemble any primary key columns”.',
    instead:
      'Mark a column with `primary_key=True`, or several for a composite key. For a view or a legacy table name the identifying columns in `__mapper_args__ = {"primary_key": […]}`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/faq/ormconfiguration.html#how-do-i-map-a-table-that-has-no-primary-key',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int]\n    title: Mapped[str]',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
    },
  ],
  check: { model: checkModel },
};

function checkModel(model: Model, context: FileContext): void {
  const { table, kind } = model;
  if (kind !== 'declarative' && kind !== 'sqlmodel') return;
  if (table === null || model.incomplete || model.inherits !== null || table.columns.length === 0) return;
  if (table.primaryKey !== null || choosesKey(model, context)) return;
  context.report({
    range: model.nameRange,
    message: `${model.name} has no primary key: declaring it raises ArgumentError`,
  });
}

/** The mapper may be told which columns are the key, in the class or above it. */
function choosesKey({ location, bases, base }: Model, { project }: FileContext): boolean {
  const modules = new Set([base ?? '', ...bases].map(ownerPart));
  const files = [...project.files.values()].filter(
    file => file.path === location.path || modules.has(file.name),
  );
  return files.some(file => /__mapper_args__|__mapper_cls__/.test(file.text));
}
