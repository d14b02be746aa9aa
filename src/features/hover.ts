/** Hover: a statement shows its SQL, a model its table, an attribute its column, a name in SQL or a string what it stands for. */
import { isSameRange, type TextRange } from '../base/range.ts';
import type { Expression } from '../python/syntax.ts';
import { renderTable } from '../schema/ddl.ts';
import { formatSql } from '../sql/format.ts';
import type { Meaning } from '../sqlalchemy/meaning.ts';
import type { MappedAttribute, Model } from '../sqlalchemy/model.ts';
import type { TableReference } from '../sqlalchemy/places/name-place.ts';
import type { StatementFact } from '../sqlalchemy/statement.ts';
import { expressionsAt } from '../workspace/expressions-at.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { CheckedStatement } from './checking/check-file.ts';
import { columnAttributes, modelsOf, revisionNamed } from './names/declarations.ts';
import { tablesFor } from './names/known-tables.ts';
import { type NamedThing, namedThingAt } from './names/named-thing.ts';
import { loadText, loadTitle, separateLoadsOf } from './separate-loads.ts';
import { statementAt } from './statement-at.ts';

export interface Hover {
  /** Markdown. */
  readonly contents: string;
  readonly range: TextRange;
}

/** `checked` is what the last check of the file has said of its statements. */
export function hoverAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
  checked: readonly CheckedStatement[] = [],
): Hover | null {
  const file = workspace.project.files.get(path);
  return (
    (file && meaningHover(workspace, path, expressionsAt(file, offset))) ??
    declarationHover(workspace, path, offset) ??
    namedHover(workspace, path, offset) ??
    statementHover(workspace, path, offset, checked)
  );
}

/** A name in SQL or in a string. */
function namedHover(workspace: WorkspaceSnapshot, path: string, offset: number): Hover | null {
  const named = namedThingAt(workspace, path, offset);
  const contents = named && thingContents(workspace, path, named.thing);
  return named && contents ? { contents, range: named.range } : null;
}

function thingContents(workspace: WorkspaceSnapshot, path: string, thing: NamedThing): string | null {
  switch (thing.kind) {
    case 'model':
      return modelContents(thing.model);
    case 'attribute':
      return attributeContents(thing.model, thing.attribute);
    case 'table':
      return tableContents(workspace, path, thing.table);
    case 'column': {
      const [declared] = columnAttributes(workspace, thing.table, thing.column);
      if (declared) return attributeContents(declared.model, declared.attribute);
      const table = tablesFor(workspace, path).find(thing.table);
      const column = table?.columns.find(({ name }) => name === thing.column);
      return table && column
        ? sqlFence(`${table.name}.${column.name} ${column.type} ${column.nullable ? 'NULL' : 'NOT NULL'}`)
        : null;
    }
    case 'revision':
      return revisionContents(workspace, path, thing.id);
    case 'place':
      return null;
  }
}

/** The models of a table; where it has none, the table as revisions build it. Null where nobody declares it. */
export function tableContents(
  workspace: WorkspaceSnapshot,
  path: string,
  reference: TableReference,
): string | null {
  const models = modelsOf(workspace, reference).map(modelContents);
  if (models.length > 0) return models.join('\n\n');
  const table = tablesFor(workspace, path).find(reference);
  return table && sqlFence(renderTable(table));
}

function revisionContents(workspace: WorkspaceSnapshot, path: string, id: string): string | null {
  const revision = revisionNamed(workspace, path, id);
  if (!revision) return null;
  const made = revision.createDate === null ? '' : `, ${revision.createDate}`;
  return `**${revision.id}** ${revision.message}${made}`;
}

function meaningHover(
  workspace: WorkspaceSnapshot,
  path: string,
  expressions: readonly Expression[],
): Hover | null {
  const facts = workspace.project.factsOf(path);
  for (const expression of expressions) {
    if (expression.kind !== 'name' && expression.kind !== 'attribute') return null;
    const contents = contentsOf(facts.meaningOf(expression));
    if (contents !== null) return { contents, range: { start: expression.start, end: expression.end } };
  }
  return null;
}

function contentsOf(meaning: Meaning): string | null {
  if (meaning.kind === 'entity') return modelContents(meaning.model);
  if (meaning.kind === 'attribute') return attributeContents(meaning.model, meaning.attribute);
  return null;
}

/** The class statement's own name. */
function declarationHover(workspace: WorkspaceSnapshot, path: string, offset: number): Hover | null {
  const model = workspace.project
    .factsOf(path)
    .models.find(each => each.nameRange.start <= offset && offset <= each.nameRange.end);
  return model ? { contents: modelContents(model), range: model.nameRange } : null;
}

export function modelContents(model: Model): string {
  const table = model.table
    ? sqlFence(renderTable(model.table))
    : '_The table’s name cannot be known without running the code._';
  const relationships = model.attributes.flatMap(each =>
    each.kind === 'relationship'
      ? [`- \`${each.name}\` → ${each.targetText}${each.direction ? ` (${each.direction})` : ''}`]
      : [],
  );
  const incomplete = model.incomplete
    ? ['_A base class could not be resolved: more columns may exist._']
    : [];
  return [`**${model.name}**`, table, relationships.join('\n'), ...incomplete]
    .filter(part => part !== '')
    .join('\n\n');
}

function attributeContents(model: Model, attribute: MappedAttribute): string | null {
  if (attribute.kind === 'column') {
    const constraints = [
      attribute.nullable ? 'NULL' : 'NOT NULL',
      attribute.primaryKey ? 'PRIMARY KEY' : '',
      attribute.unique ? 'UNIQUE' : '',
      attribute.serverDefault === null ? '' : `DEFAULT ${attribute.serverDefault}`,
      attribute.foreignKey === null ? '' : `→ ${attribute.foreignKey}`,
    ].filter(part => part !== '');
    return sqlFence(
      `${model.tableName ?? model.name}.${attribute.column} ${attribute.sqlType ?? 'unknown type'} ${constraints.join(' ')}`,
    );
  }
  if (attribute.kind === 'relationship') {
    const direction = attribute.direction ?? 'direction unknown';
    return `**${model.name}.${attribute.name}** → ${attribute.targetText} (${direction}, lazy=${attribute.lazy})`;
  }
  return null;
}

function statementHover(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
  checked: readonly CheckedStatement[],
): Hover | null {
  const statement = statementAt(workspace, path, offset);
  if (!statement) return null;
  const forms = statement.forms.map(form => sqlFence(formatSql(form.sql) ?? form.sql));
  const shown = forms.slice(0, 3);
  const more =
    forms.length > shown.length ? [`_and ${forms.length - shown.length} more forms: run **Show SQL**_`] : [];
  const unknown = statement.unknown ? [`_Not fully known: ${statement.unknown.detail}_`] : [];
  const { range } = statement.location;
  const told = checked.find(({ statement: { location } }) => isSameRange(location.range, range));
  const rows = told && told.rows !== '' ? [told.rows] : [];
  const loads = loadsContents(workspace, statement);
  return { contents: [...shown, ...rows, ...more, ...unknown, ...loads].join('\n\n'), range };
}

const SHOWN_LOADS = 4;

/** What loading relationships sends besides. */
function loadsContents(workspace: WorkspaceSnapshot, statement: StatementFact): readonly string[] {
  const loads = separateLoadsOf(workspace, statement);
  const shown = loads.slice(0, SHOWN_LOADS).map(load => {
    const text = load.statement === null ? `_${loadText(load)}_` : sqlFence(loadText(load));
    return `**Then, for ${loadTitle(load)}**\n\n${text}`;
  });
  const rest = loads.length - shown.length;
  return rest > 0 ? [...shown, `_and ${rest} more to load relationships: run **Show SQL**_`] : shown;
}

function sqlFence(sql: string): string {
  return `\`\`\`sql\n${sql}\n\`\`\``;
}
