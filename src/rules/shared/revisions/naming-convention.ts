/** What the project's `naming_convention` makes of the names that revisions give to constraints. */
import type { TableName } from '../../../alembic/directives/operation.ts';
import { conventionalName } from '../../../sqlalchemy/models/naming-convention.ts';
import type { SqlAlchemyProject } from '../../../sqlalchemy/project.ts';

export function hasNamingConvention(project: SqlAlchemyProject): boolean {
  return checkTemplates(project) !== null;
}

/**
 * What a check constraint is called in the database that `op.create_check_constraint("name", …)` makes: a convention for
 * checks takes the name as a part. Null where the project has several, or one of another form.
 */
export function checkConstraintName(
  project: SqlAlchemyProject,
  { schema, name: table }: TableName,
  given: string,
): string | null {
  const found = checkTemplates(project) ?? [];
  if (found.length > 1) return null;
  const [template] = found;
  const convention = new Map(template === undefined ? [] : [['ck', template]]);
  return conventionalName('ck', given, { table, schema, columns: [] }, convention);
}

/**
 * The different templates for checks; null where no file speaks of a convention. By the texts of the files: which
 * metadata env.py hands to Alembic is not always told by reading.
 */
function checkTemplates(project: SqlAlchemyProject): readonly string[] | null {
  const found = project.matchesIn(
    /naming_convention|["']ck["']\s*:\s*["']([^"'\n]+)["']/g,
    'naming_convention',
  );
  return found.length === 0 ? null : [...new Set(found.filter(template => template !== ''))];
}
