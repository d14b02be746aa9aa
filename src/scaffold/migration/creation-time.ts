/** A moment as Alembic dates a revision: in the zone that the configuration names, else in the local one. */
import type { CreationTime } from './migration-file.ts';

/** `timezone` is a name of the IANA database, in any case; one that is not known counts as UTC. */
export function creationTime(moment: Date, timezone: string | null): CreationTime {
  const parts = partsIn(moment, timezone);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const [hour, minute, second] = [part('hour') % 24, part('minute'), part('second')];
  const epoch = Math.floor(moment.getTime() / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = String(moment.getTime() % 1000).padStart(3, '0');
  const date = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${fraction}000`;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return {
    epoch,
    year,
    month,
    day,
    hour,
    minute,
    second,
    text: timezone === null ? date : `${date}${offsetText(asUtc - epoch)}`,
  };
}

function partsIn(moment: Date, timezone: string | null): readonly Intl.DateTimeFormatPart[] {
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  } as const;
  if (timezone === null) return new Intl.DateTimeFormat('en-US', options).formatToParts(moment);
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: timezone }).formatToParts(moment);
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).formatToParts(moment);
  }
}

function offsetText(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
