/** A revision file written without Python or a database: from the changes of the schema, in the project's own template and style. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import { invertChanges, type SchemaChange } from '../../schema/schema-change.ts';
import type { CodeStyle } from '../project-facts.ts';
import { changeCode } from './change-code.ts';
import { migrationFileName, type NamedRevision } from './migration-file.ts';
import { fillTemplate } from './migration-template.ts';
import { statementLines } from './statement.ts';

export interface MigrationPlan extends NamedRevision {
  readonly environment: MigrationEnvironment;
  /** Revisions that it follows. */
  readonly down: readonly string[];
  readonly changes: readonly SchemaChange[];
  readonly before: DatabaseSchema;
  readonly after: DatabaseSchema;
  /** Text of script.py.mako; null where there is none. */
  readonly template: string | null;
  readonly style: CodeStyle;
}

export interface WrittenMigration {
  /** Absolute, as the environment's paths are. */
  readonly path: string;
  readonly text: string;
  /** What a reader has to look after, as sentences. */
  readonly notes: readonly string[];
}

/** Null where the environment has no folder for revisions. */
export function writeMigration(plan: MigrationPlan): WrittenMigration | null {
  const { style, before, after } = plan;
  const unknown = new Set<string>();
  const context = (first: DatabaseSchema, second: DatabaseSchema) => ({
    style,
    schemas: [first, second],
    unknown: (type: string) => unknown.add(type),
  });
  const up = plan.changes.flatMap(change => changeCode(change, context(after, before)));
  const down = invertChanges(plan.changes).flatMap(change => changeCode(change, context(before, after)));
  const written = writeRevision(plan, {
    upgrade: statementLines(up, style),
    downgrade: statementLines(down, style),
  });
  if (written === null) return null;
  const unwritten = [...unknown].map(
    type =>
      `No SQLAlchemy type is known for ${type}: the revision has sa.types.NullType() there, which fails until you replace it.`,
  );
  return { ...written, notes: [...unwritten, ...written.notes] };
}

/** What a revision's file needs besides what it does. */
export type RevisionPlan = NamedRevision & Pick<MigrationPlan, 'environment' | 'down' | 'template' | 'style'>;

export interface RevisionBody {
  /** Lines of the functions, indented by four spaces. */
  readonly upgrade: readonly string[];
  readonly downgrade: readonly string[];
}

/** Null where the environment has no folder for revisions. */
export function writeRevision(
  plan: RevisionPlan,
  { upgrade, downgrade }: RevisionBody,
): WrittenMigration | null {
  const folder = folderFor(plan);
  if (folder === null) return null;
  const { text, own } = fillTemplate(
    plan.template,
    {
      message: plan.message,
      revision: plan.id,
      down: plan.down,
      createDate: plan.time.text,
      imports: importsOf([...upgrade, ...downgrade].join('\n')),
      upgrade,
      downgrade,
    },
    plan.style,
  );
  return {
    path: `${folder}/${migrationFileName(plan.environment.settings, plan)}`,
    text,
    notes:
      own || plan.template === null
        ? []
        : ['script.py.mako holds code that only Mako can run; Alembic’s generic template was used.'],
  };
}

/** With several folders, the one of the revision that it follows. */
function folderFor({ environment, down }: RevisionPlan): string | null {
  const { versionLocations, graph } = environment;
  const parent = graph.byId.get(down[0] ?? '')?.revision.path;
  const beside = versionLocations.find(folder => parent?.startsWith(`${folder}/`));
  return beside ?? versionLocations[0] ?? null;
}

function importsOf(code: string): readonly string[] {
  return [
    ...(/\bpgvector\.sqlalchemy\./.test(code) ? ['import pgvector.sqlalchemy'] : []),
    ...(/\bpostgresql\./.test(code) ? ['from sqlalchemy.dialects import postgresql'] : []),
  ];
}
