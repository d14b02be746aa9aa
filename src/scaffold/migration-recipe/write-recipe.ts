/** The revisions of a recipe as files, in the project's own template: each follows the one before. */

import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { CreationTime } from '../migration/migration-file.ts';
import { writeRevision } from '../migration/write-migration.ts';
import { addColumnRecipe } from './add-column-recipe.ts';
import { dataRecipe } from './data-recipe.ts';
import { indexRecipe } from './index-recipe.ts';
import type { Recipe, RecipeRequest } from './recipe.ts';
import { renameColumnRecipe } from './rename-column-recipe.ts';

const recipes = {
  data: dataRecipe,
  'add-column': addColumnRecipe,
  'rename-column': renameColumnRecipe,
  index: indexRecipe,
} satisfies Readonly<Record<string, (request: RecipeRequest) => Recipe>>;

export type RecipeKind = keyof typeof recipes;

export const recipeKinds = Object.keys(recipes) as readonly RecipeKind[];

export function isRecipe(content: unknown): content is RecipeKind {
  return typeof content === 'string' && content in recipes;
}

export interface RecipePlan extends RecipeRequest {
  readonly kind: RecipeKind;
  readonly environment: MigrationEnvironment;
  /** Revisions that the first one follows. */
  readonly down: readonly string[];
  readonly time: CreationTime;
  /** Text of script.py.mako; null where there is none. */
  readonly template: string | null;
  /** Gives another id each time. */
  readonly newId: () => string;
}

export type WrittenRecipe =
  | {
      readonly kind: 'written';
      readonly files: readonly { readonly path: string; readonly text: string }[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'failed'; readonly problem: string };

export function writeRecipe(plan: RecipePlan): WrittenRecipe {
  const recipe = recipes[plan.kind](plan);
  if (recipe.kind === 'failed') return recipe;
  let down = plan.down;
  const files: { path: string; text: string }[] = [];
  for (const { message, upgrade, downgrade } of recipe.revisions) {
    const id = plan.newId();
    const body = { upgrade, downgrade: withPass(downgrade) };
    const written = writeRevision({ ...plan, id, message, down }, body);
    if (written === null) return { kind: 'failed', problem: 'the environment has no folder for revisions' };
    files.push({ path: written.path, text: written.text });
    down = [id];
  }
  return { kind: 'written', files, notes: recipe.notes };
}

/** A comment alone is no body. */
function withPass(lines: readonly string[]): readonly string[] {
  return lines.every(each => each.trim().startsWith('#')) ? [...lines, '    pass'] : lines;
}
