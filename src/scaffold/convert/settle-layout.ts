/**
 * Declarations that a conversion made longer or shorter: over several lines where one is not enough any more, and on one
 * where one was not enough before. What stands on several lines for another reason stays so.
 */
import type { Assignment, Call } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import { assign, call as codeCall, layOut } from '../python-code/layout.ts';
import type { FileConversion } from './file-conversion.ts';

export function settleLayout(conversion: FileConversion): void {
  walkStatements(conversion.file.module, statement => {
    if (statement.kind !== 'class') return;
    for (const each of statement.body) {
      if (each.kind === 'assignment' && each.value?.kind === 'call') settle(each, each.value, conversion);
    }
  });
}

function settle(statement: Assignment, call: Call, conversion: FileConversion): void {
  const [before, after] = [conversion.textOf(statement), conversion.convertedText(statement)];
  if (before === after || /#|"""|'''|\\\n/.test(after) || call.parenthesized) return;
  const indent = columnOf(statement.start, conversion.file.text);
  const width = (text: string): number =>
    Math.max(...text.split('\n').map((line, index) => (index === 0 ? indent : 0) + line.length));
  // What was longer than the style has it may stay so.
  const style = {
    ...conversion.facts.style,
    lineLength: Math.max(conversion.facts.style.lineLength, width(before)),
  };
  const fits = (text: string): boolean => indent + text.length <= style.lineLength;
  const given = call.arguments.filter(argument => !conversion.removed.has(argument));
  const target = conversion
    .convertedText({ start: statement.start, end: call.start })
    .replace(/\s*=\s*$/, '');
  const called = conversion.convertedText(call.function);
  const code = codeCall(called, ...given.map(argument => conversion.convertedText(argument)));
  const isBroken = before.includes('\n');
  // A comma behind the last argument keeps the lines apart.
  const isJoined = isBroken && !/,\s*\)$/.test(before) && !fits(joined(before)) && fits(joined(after));
  const isTooWide = width(after) > style.lineLength;
  if (!isJoined && !isTooWide) return;
  const lines = layOut(assign(target, code), indent, style);
  conversion.replace(statement, lines.join('\n').trimStart());
}

function joined(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/([([{]) /g, '$1')
    .replaceAll(/ ([)\]}])/g, '$1');
}

function columnOf(offset: number, text: string): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
