/** A time that somebody wrote down, such as the `Create Date` of a revision, the way people say it. */
import { counted } from './counted.ts';

/** `12 Jan 2026, 15:03 (3 months ago)`; as written where it is no time that is understood. */
export function writtenTime(written: string, now: Date): string {
  const parts = read(written);
  if (parts === null) return written;
  const { day, clock, time } = parts;
  return `${day}${clock === null ? '' : `, ${clock}`} (${ago(now.getTime() - time)})`;
}

/** `12 Jan 2026`; as written where it is no day that is understood. */
export function writtenDay(written: string): string {
  return read(written)?.day ?? written;
}

interface WrittenTime {
  readonly day: string;
  /** As it stands there, in whatever time zone its writer was. */
  readonly clock: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function read(written: string): WrittenTime | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?/.exec(
    written,
  );
  const [, year, month, day, clock, zone] = match ?? [];
  const name = months[Number(month) - 1];
  if (year === undefined || day === undefined || name === undefined) return null;
  const zoneText = zone === undefined ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const time = Date.parse(`${year}-${month}-${day}T${clock ?? '00:00'}:00${zoneText}`);
  return Number.isNaN(time) ? null : { day: `${Number(day)} ${name} ${year}`, clock: clock ?? null, time };
}

const minute = 60_000;
const units: readonly (readonly [name: string, milliseconds: number])[] = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
];

function ago(milliseconds: number): string {
  const [name, length] = units.find(([, each]) => milliseconds >= each) ?? [];
  if (name === undefined || length === undefined) return milliseconds < -minute ? 'ahead' : 'just now';
  const count = Math.floor(milliseconds / length);
  return `${counted(count, name)} ago`;
}
