/** The name of a revision's file, as Alembic's `file_template` and `truncate_slug_length` make it. */
import type { EnvironmentConfig } from '../../alembic/configuration/config.ts';

/** A moment in the zone of the configuration, taken apart. */
export interface CreationTime {
  /** Seconds since 1970. */
  readonly epoch: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** As Python prints the moment. */
  readonly text: string;
}

export interface NamedRevision {
  readonly id: string;
  readonly message: string;
  readonly time: CreationTime;
}

const defaultTemplate = '%(rev)s_%(slug)s';
const defaultSlugLength = 40;

export function migrationFileName(
  settings: Pick<EnvironmentConfig, 'fileTemplate' | 'truncateSlugLength'> | null,
  { id, message, time }: NamedRevision,
): string {
  const slug = shortened(slugOf(message), settings?.truncateSlugLength ?? defaultSlugLength);
  const values: Readonly<Record<string, string | number>> = { rev: id, slug, ...time };
  const template = settings?.fileTemplate ?? defaultTemplate;
  const name = template.replace(
    /%\((\w+)\)(0?)(\d*)(?:\.(\d+))?([sd])|%%/g,
    (whole, key: string | undefined, zero: string, width: string, precision: string | undefined) => {
      if (whole === '%%') return '%';
      const value = String(values[key ?? ''] ?? '');
      const digits = precision ?? (zero === '0' ? width : undefined);
      const padded = digits === undefined ? value : value.padStart(Number(digits), '0');
      return padded.padStart(Number(width || 0), ' ');
    },
  );
  return `${name}.py`;
}

/** Words of a message, as `\w+` finds them in Python: letters and digits of every script. */
function slugOf(message: string): string {
  return (message.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).join('_').toLowerCase();
}

/** Cut before the last word that does not fit; an underscore tells that something was left out. */
function shortened(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const cut = slug.slice(0, length);
  const last = cut.lastIndexOf('_');
  return `${last < 0 ? cut : cut.slice(0, last)}_`;
}
