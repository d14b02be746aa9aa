/** A new migration as files, from its answers: what the models have and the revisions have not, or a recipe. Nothing is written. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { describeChange } from '../../schema/describe-change.ts';
import { type Rename, renameText } from '../../schema/find-renames.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { SchemaChange } from '../../schema/schema-change.ts';
import type { ProjectSources } from '../learn/learn-project.ts';
import { checkRecipeAnswer, type ReadSql } from '../migration-recipe/check-recipe-answer.ts';
import { isRecipe, recipeKinds, writeRecipe } from '../migration-recipe/write-recipe.ts';
import type { Answers } from '../scaffold.ts';
import { hookNotes } from './hook-notes.ts';
import { type MigrationAnswers, readMigrationAnswers } from './migration-answers.ts';
import { revisionSetting } from './revision-setting.ts';
import { writeMigration } from './write-migration.ts';

/** What is known of the project around the migration. */
export interface MigrationGround {
  readonly environment: MigrationEnvironment;
  readonly sources: ProjectSources;
  /** What the revisions so far build, with sentences on what could not be followed. */
  readonly built: { readonly schema: DatabaseSchema; readonly doubts: readonly string[] };
  /** Models against revisions, with the renamings that are confirmed. */
  readonly compare: (renames: readonly string[]) => ModelChanges;
  readonly readSql: ReadSql;
}

export interface ModelChanges {
  readonly changes: readonly SchemaChange[];
  readonly before: DatabaseSchema;
  readonly after: DatabaseSchema;
  readonly doubts: readonly string[];
  readonly guesses: readonly Rename[];
  /** Confirmed renamings that are none. */
  readonly unfounded: readonly string[];
}

/** What differs from one draft to the next. */
export interface Moment {
  readonly now: Date;
  /** Gives another id each time. */
  readonly newId: () => string;
}

export type MigrationDraft =
  /** As a clause: the shells make sentences of it. */
  | { readonly kind: 'failed'; readonly problem: string }
  | {
      readonly kind: 'drafted';
      /** One, or several that follow each other. */
      readonly files: readonly { readonly path: string; readonly text: string }[];
      /** A line a change; none for a recipe. */
      readonly operations: readonly string[];
      /** What is dropped and made, and may have been renamed instead. */
      readonly guesses: readonly Rename[];
      /** Sentences on what the reader has to look after. */
      readonly notes: readonly string[];
    };

export function draftMigration(ground: MigrationGround, answers: Answers, moment: Moment): MigrationDraft {
  const reading = readMigrationAnswers(answers, ground.environment);
  if (reading.kind === 'failed') return reading;
  const { content = 'models' } = answers;
  if (isRecipe(content)) return draftRecipe(ground, answers, reading.answers, moment);
  return content === 'models'
    ? draftFromModels(ground, reading.answers, moment)
    : failed(`content is one of ${['models', ...recipeKinds].join(', ')}`);
}

/** Why a draft with guesses is not to be written yet, for whoever cannot be asked; null where it is. */
export function openGuesses(draft: MigrationDraft, { renames }: Answers): string | null {
  if (draft.kind === 'failed' || renames !== undefined || draft.guesses.length === 0) return null;
  const guesses = draft.guesses.map(renameText);
  return `${guesses.join(', ')} may be renamed: answer with "renames": ${JSON.stringify(guesses)}, or [] where data may be dropped`;
}

function draftFromModels(
  { environment, sources, compare }: MigrationGround,
  { message, down, renames }: MigrationAnswers,
  { now, newId }: Moment,
): MigrationDraft {
  const found = compare(renames ?? []);
  if (found.unfounded.length > 0)
    return failed(
      `${found.unfounded.join(', ')} is no renaming: both names must be missing on the other side`,
    );
  if (found.changes.length === 0) return failed(nothingToWrite(found.doubts));
  const setting = revisionSetting(environment, sources, now);
  const written = writeMigration({ ...setting, ...found, id: newId(), message, down });
  if (written === null) return failed('the environment has no folder for revisions');
  const { path, text, notes } = written;
  return {
    kind: 'drafted',
    files: [{ path, text }],
    operations: found.changes.map(describeChange),
    guesses: found.guesses,
    notes: [...notes, ...hookNotes(environment), ...found.doubts],
  };
}

function nothingToWrite(doubts: readonly string[]): string {
  const agrees = 'the migrations agree with the models';
  return doubts.length === 0
    ? `${agrees}: nothing to write`
    : `${agrees} as far as they were read (${doubtsInShort(doubts).join()})`;
}

/** A change that running code survives, as one revision or several. */
function draftRecipe(
  { environment, sources, built, readSql }: MigrationGround,
  answers: Answers,
  { message, down }: MigrationAnswers,
  { now, newId }: Moment,
): MigrationDraft {
  if (!isRecipe(answers.content)) return failed('content is no recipe');
  const { schema, doubts } = built;
  for (const [question, value] of Object.entries(answers)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    const problem = checkRecipeAnswer({ question, value: value.trim(), answers, schema, readSql });
    if (problem !== null) return failed(problem.replace(/\.$/, ''));
  }
  const setting = revisionSetting(environment, sources, now);
  const kind = answers.content;
  const written = writeRecipe({ ...setting, kind, answers, message, down, schema, newId });
  if (written.kind === 'failed') return written;
  const notes = [...written.notes, ...hookNotes(environment), ...doubtsInShort(doubts)];
  return { kind: 'drafted', files: written.files, operations: [], guesses: [], notes };
}

/** A recipe changes one table: all that was not followed of the others is no news to its reader. */
function doubtsInShort(doubts: readonly string[]): readonly string[] {
  const [only, ...more] = doubts;
  if (only === undefined) return [];
  return more.length === 0
    ? [only]
    : [
        `${doubts.length} parts of earlier revisions were not followed, so that a column may be missing or other than it is known here.`,
      ];
}

function failed(problem: string): MigrationDraft {
  return { kind: 'failed', problem };
}
