/** Places as the command line prints them: paths relative to where it was called. */
import { isAbsolute, relative } from 'node:path';
import { createPlaces, type Places } from '../features/reports/places.ts';

export function printedPlaces(textOf: (path: string) => string | undefined): Places {
  const here = process.cwd();
  return createPlaces({ textOf, file: path => printedPath(path, here) });
}

/** Relative to the current folder where it is inside it. */
export function printedPath(path: string, from: string): string {
  const short = relative(from, path).replaceAll('\\', '/');
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
