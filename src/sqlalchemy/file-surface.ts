/** What a file binds for others, as text to be compared. */
import { surfaceOf as surfaceOfModule } from '../python/module-surface.ts';
import type { SourceFile } from './project.ts';

/** The same text where names lead through the file as before: see `FactSources.named`. */
export function surfaceOf({ symbols }: Pick<SourceFile, 'symbols'>): string {
  return surfaceOfModule(symbols);
}
