/** What the project's own files begin with: the comment that nearly all of them have, and deferred annotations. */
import { hasDefinitions, mostlyDefers } from '../file-heads.ts';
import type { FileHabits } from '../project-facts.ts';
import { mostCommon } from './most-common.ts';

export function learnFiles(texts: readonly string[]): FileHabits {
  const written = texts.filter(text => text.trim() !== '');
  return {
    header: usualHeader(written),
    defersAnnotations: mostlyDefers(written.map(text => ({ text })).filter(hasDefinitions)),
  };
}

/** Of at least three files, and more than half of them; years do not count, and the last of them is taken. */
function usualHeader(texts: readonly string[]): string {
  const headers = texts.flatMap(text => headerOf(text) ?? []);
  const usual = mostCommon(headers.map(withoutYears));
  const alike = headers.filter(header => withoutYears(header) === usual);
  if (alike.length < 3 || alike.length * 2 <= texts.length) return '';
  return [...alike].sort().at(-1) ?? '';
}

function withoutYears(header: string): string {
  return header.replaceAll(/\b(?:19|20)\d\d\b/g, 'YEAR');
}

/** The first comment of a file with its line end, and the empty line after it; null where it speaks to a tool. */
function headerOf(text: string): string | null {
  const [, comment, gap = ''] =
    /^(?:#!.*\n)?(?:# *-?\*?-? *(?:en)?coding[:=].*\n\n?)?((?:#.*\n)+)(\n?)/.exec(
      text.replaceAll('\r\n', '\n'),
    ) ?? [];
  if (comment === undefined || toolComment.test(comment)) return null;
  return comment + gap;
}

const toolComment =
  /^# *(?:noqa|type:|pyright:|mypy:|pylint:|ruff:|flake8:|isort:|fmt:|coding[:=]|encoding[:=])/m;
