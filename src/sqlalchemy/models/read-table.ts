/** `Table("users", metadata, Column(…), …)` as a draft. */
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { argumentsAt } from '../reading/arguments-at.ts';
import { stringOf } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import type { Site } from '../reading/site.ts';
import type { ColumnDraft, ConstraintDraft, Metadata, TableDraft } from './drafts.ts';
import { finishColumn, readColumnSettings } from './read-column.ts';
import { readMetadata } from './read-metadata.ts';
import { type ColumnFinder, readConstraint, tableOptions } from './read-table-arguments.ts';

/** Null where the call is no Table or its name is not constant. `fallback` is the metadata of the class around it. */
export function readTable(call: Call, site: Site, fallback: Metadata): TableDraft | null {
  const found = libraryCallOf(call, site);
  if (found?.name !== 'Table') return null;
  const given = argumentsAt(found.call, found.site);
  const [nameExpression, second, ...others] = given.positional;
  // Flask-SQLAlchemy's own Table takes no metadata.
  const withoutMetadata =
    second !== undefined && (readTableItem(second, found.site) || second.kind === 'starred');
  const metadataExpression = withoutMetadata ? undefined : second;
  const items = withoutMetadata && second ? [second, ...others] : others;
  const name = stringOf(nameExpression ?? given.keywords.get('name'), found.site);
  if (name === undefined) return null;
  const written = metadataExpression ?? given.keywords.get('metadata');
  const metadata = written ? readMetadata(written, found.site, null) : fallback;
  const columns: ColumnDraft[] = [];
  const constraints: ConstraintDraft[] = [];
  let incomplete = given.open || given.keywords.has('autoload_with');
  for (const item of items) {
    const column = readTableColumn(item, found.site, metadata);
    const columnOf: ColumnFinder = expression =>
      expression.kind === 'attribute'
        ? (columns.find(({ name: key }) => key === expression.attribute.id)?.column ?? null)
        : null;
    const constraint = column ? null : readConstraint(item, found.site, columnOf);
    if (column) columns.push(column);
    else if (constraint) constraints.push(constraint);
    else if (!libraryCallOf(item, found.site)) incomplete = true;
  }
  const options = tableOptions(given.keywords.get('schema'), given.keywords.get('comment'), found.site);
  const schema = options.schema === undefined ? metadata.schema : options.schema;
  return { name, schema, columns, constraints, comment: options.comment, metadata, incomplete };
}

function readTableItem(expression: Expression, site: Site): boolean {
  const name = libraryCallOf(expression, site)?.name ?? '';
  return name === 'Column' || name === 'Index' || name.endsWith('Constraint');
}

export function readTableColumn(item: Expression, site: Site, metadata: Metadata): ColumnDraft | null {
  const found = libraryCallOf(item, site);
  if (found?.name !== 'Column') return null;
  const settings = readColumnSettings(found.call, found.site, metadata.schema);
  const given = argumentsOf(found.call);
  const name = stringOf(given.keywords.get('key'), found.site) ?? settings.name;
  if (name === undefined) return null;
  const written = given.positional[0] ?? item;
  const place = {
    name,
    location: { path: found.site.file.path, range: { start: found.call.start, end: found.call.end } },
    nameRange: { start: written.start, end: written.end },
    annotation: null,
  };
  return finishColumn(place, settings, undefined);
}
