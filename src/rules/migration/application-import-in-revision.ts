/** Models and sessions of the application inside of a revision: they change, the revision must not. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import { moduleLoadedBy } from '../../python/modules/imported-modules.ts';
import { absoluteModule } from '../../python/modules/qualify.ts';
import type { Assignment, Attribute, Expression, ImportedName } from '../../python/syntax.ts';
import { walkExpressions, walkStatements } from '../../python/walk.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

const allowedNames = nameList({
  name: 'allowed',
  summary: 'What revisions may import, by its full name, such as `shop.models.types.*`',
});

export const applicationImportInRevision: Rule = {
  id: 'application-import-in-revision',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A revision imports models or sessions of the application',
    why: 'The model is the one of today, the schema that of the revision’s day: once a column is added or renamed, the old revision names a column that is not there yet, and an upgrade from scratch fails. A session or engine of the application opens a connection of its own, which waits for the locks that the migration holds.',
    instead:
      'Describe what the revision needs in it: `users = sa.table("users", sa.column("id", sa.Integer), sa.column("name", sa.Text))`, and execute on `op.get_bind()`.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.bulk_insert',
      'https://docs.sqlalchemy.org/en/20/core/selectable.html#sqlalchemy.sql.expression.table',
    ],
  },
  options: [allowedNames],
  examples: [
    {
      bad: 'from app.models import User\n\n\ndef upgrade() -> None:\n    op.execute(sa.update(User).where(User.id == 1).values(name="admin"))',
      good: 'users = sa.table("users", sa.column("id", sa.Integer), sa.column("name", sa.Text))\n\n\ndef upgrade() -> None:\n    op.execute(sa.update(users).where(users.c.id == 1).values(name="admin"))',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(_: RevisionSubject, context: RevisionContext): void {
  walkStatements(context.file.module, statement => {
    if (statement.kind === 'import')
      for (const each of statement.names) checkModule(each, each.name, each.alias?.id ?? each.name, context);
    if (statement.kind === 'assignment') checkLoaded(statement, context);
    if (statement.kind !== 'import-from') return;
    const module = absoluteModule(statement, context.file) ?? '';
    for (const each of statement.names) {
      checkName(module, each, context);
      checkModule(each, `${module}.${each.name}`, each.alias?.id ?? each.name, context);
    }
  });
}

/** `models = importlib.import_module("app.models")`. */
function checkLoaded({ targets, value }: Assignment, context: RevisionContext): void {
  const module = value?.kind === 'call' ? moduleLoadedBy(value) : null;
  const [target] = targets;
  if (value && module !== null && target?.kind === 'name') checkModule(value, module, target.id, context);
}

/** `import app.models as m`: what of the module the revision uses. */
function checkModule(
  { start, end }: TextRange,
  module: string,
  bound: string,
  context: RevisionContext,
): void {
  for (const name of membersUsed(bound, context)) {
    const what = importedThing(module, name, context);
    if (what === null || isListed(context.option(allowedNames), `${module}.${name}`)) continue;
    context.report({ range: { start, end }, message: messageFor(name, what) });
    return;
  }
}

/** `Account` of `models.Account.state`; of a class whose table's name alone is asked for nothing. */
function membersUsed(bound: string, { file }: RevisionContext): ReadonlySet<string> {
  const used = new Set<string>();
  const written = `${bound}.`;
  if (!file.text.includes(written)) return used;
  const ignored = new Set<Expression>();
  walkExpressions(file.module, expression => {
    if (expression.kind !== 'attribute') return;
    if (expression.attribute.id === '__tablename__') ignored.add(expression.value);
    const isMember = sliceOf(file.text, expression.value) === bound;
    if (isMember && !ignored.has(expression)) used.add(expression.attribute.id);
  });
  return used;
}

function checkName(
  module: string,
  { name, alias, start, end }: ImportedName,
  context: RevisionContext,
): void {
  if (isListed(context.option(allowedNames), `${module}.${name}`)) return;
  const what = importedThing(module, name, context);
  if (what === null || (what === 'model' && !usesColumns(alias?.id ?? name, context))) return;
  context.report({ range: { start, end }, message: messageFor(name, what) });
}

type Imported = 'model' | 'session' | 'engine';

function messageFor(name: string, what: Imported): string {
  return what === 'model'
    ? `${name} is the model of today: this revision fails from scratch as soon as the model has a column that its own schema lacks`
    : `${name} is the application’s own ${what}: it works on another connection, which waits for the locks that the migration holds`;
}

/** Whether more is asked of the model than its table's name. */
function usesColumns(name: string, { file }: RevisionContext): boolean {
  let uses = 0;
  walkExpressions(file.module, expression => {
    if (expression.kind === 'name' && expression.id === name) uses++;
    if (expression.kind === 'attribute' && isTableName(expression, name)) uses--;
  });
  return uses > 0;
}

function isTableName({ value, attribute }: Attribute, name: string): boolean {
  return attribute.id === '__tablename__' && value.kind === 'name' && value.id === name;
}

/** The name in its module, or passed on by a package above it. */
function importedThing(module: string, name: string, { project }: RevisionContext): Imported | null {
  const within = (other: string) => other === module || other.startsWith(`${module}.`);
  if (project.modelsNamed(name).some(each => each.startsWith(`${module}.`))) return 'model';
  const holds = (path: string) => within(project.files.get(path)?.name ?? '');
  if (project.sessionFactories.some(each => each.name === name && holds(each.location.path)))
    return 'session';
  if (project.engines.some(each => each.name === name && holds(each.location.path))) return 'engine';
  return null;
}
