/** What the rules that pass on PostgreSQL's verdict have in common: the place, the words, the hint as a fix. */

import { lastPart } from '../../../base/dotted-name.ts';
import { sliceOf } from '../../../base/range.ts';
import type { FileContext, ReportedFix, RuleListeners, VerdictSubject } from '../../rule.ts';
import { changeTo } from '../code/change-fix.ts';
import type { VerdictError } from './verdict-error.ts';
import { placeOf, type VerdictPlace } from './verdict-place.ts';

export interface VerdictReport {
  readonly accepts: (error: VerdictError, context: FileContext, subject: VerdictSubject) => boolean;
  /** Whether the code at the place may well be right although PostgreSQL objects. */
  readonly excuses?: (place: VerdictPlace, context: FileContext) => boolean;
  readonly fixes?: (
    subject: VerdictSubject,
    place: VerdictPlace,
    context: FileContext,
  ) => readonly ReportedFix[];
}

export function verdictListener(report: VerdictReport): RuleListeners {
  return {
    verdict(subject, context) {
      if (!report.accepts(subject.error, context, subject)) return;
      const place = placeFor(subject, context);
      if (place && report.excuses?.(place, context)) return;
      context.report({
        range: place?.range ?? subject.statement.location.range,
        message: messageOf(subject),
        fixes: place ? (report.fixes?.(subject, place, context) ?? []) : [],
      });
    },
  };
}

function placeFor(subject: VerdictSubject, context: FileContext): VerdictPlace | null {
  const { position } = subject.error;
  if (position === null) return null;
  const place = placeOf(subject.form, position, path =>
    path === context.file.path ? context.file.text : context.project.files.get(path)?.text,
  );
  // A piece that another file made (a helper, a mixin) is reported where this file uses it.
  return place && place.path === context.file.path ? place : null;
}

function messageOf({ error }: VerdictSubject): string {
  const hint = error.hint ? ` ${error.hint}` : '';
  return `PostgreSQL: ${error.message}.${hint}`.replace(/\.$/, '').trim();
}

const hinted = /(?:reference|mean)(?: to (?:reference|call))? the (?:column|table|function) "?([^"]+)"?/i;

/** The name in PostgreSQL's “Perhaps you meant …”, without its table; null without a hint. */
export function hintedName(hint: string | null): string | null {
  const match = hint === null ? null : hinted.exec(hint);
  return match?.[1] ? lastPart(match[1]).replace(/[".?]+$/g, '') : null;
}

/**
 * Puts the hinted name in place of the last part of the name that the verdict points at: in SQL text, or in the Python
 * attribute that stands for the column.
 */
export function hintFix(
  subject: VerdictSubject,
  place: VerdictPlace,
  context: FileContext,
): readonly ReportedFix[] {
  const meant = hintedName(subject.error.hint);
  const last = lastPart(place.word);
  if (meant === null || !sliceOf(context.file.text, place.range).endsWith(last)) return [];
  const newText = place.verbatim ? meant : attributeOf(meant, context);
  const range = { start: place.range.end - last.length, end: place.range.end };
  return [changeTo(range, newText)];
}

/** The attribute that some model maps to the column, where its name differs. */
function attributeOf(column: string, context: FileContext): string {
  const attributes = [...context.project.models.values()].flatMap(model => model.attributes);
  if (attributes.some(each => each.name === column)) return column;
  const mapped = attributes.find(each => each.kind === 'column' && each.column === column);
  return mapped?.name ?? column;
}
