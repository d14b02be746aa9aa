/** The order of imports that isort and ruff keep by default: sections, then modules, then names by their case. */
import { firstPart } from '../../base/dotted-name.ts';
import { isStandardModule } from './standard-modules.ts';

export type ImportSection = 'future' | 'standard' | 'third-party' | 'first-party' | 'local';

export const importSections: readonly ImportSection[] = [
  'future',
  'standard',
  'third-party',
  'first-party',
  'local',
];

/** `ownPackages` are the top-level packages of the project. */
export function sectionOf(module: string, ownPackages: ReadonlySet<string>): ImportSection {
  if (module.startsWith('.')) return 'local';
  const top = firstPart(module);
  if (top === '__future__') return 'future';
  if (ownPackages.has(top)) return 'first-party';
  return isStandardModule(top) ? 'standard' : 'third-party';
}

/** Farther relative modules come first: `..base` before `.user`. */
export function compareModules(a: string, b: string): number {
  const [dotsA, dotsB] = [leadingDots(a), leadingDots(b)];
  return dotsB - dotsA || compareText(a.toLowerCase(), b.toLowerCase()) || compareText(a, b);
}

/** Constants, then classes, then the rest; `JSON, BigInteger, String, func`. */
export function compareNames(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || compareText(a.toLowerCase(), b.toLowerCase()) || compareText(a, b);
}

function leadingDots(module: string): number {
  return /^\.*/.exec(module)?.[0].length ?? 0;
}

function kindOf(name: string): number {
  if (name.length > 1 && name === name.toUpperCase()) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
