/** Takes one line of a template apart at its brackets, so that it can be broken where the project's lines are shorter. */
import type { Code } from '../python-code/layout.ts';

/** The last brackets that hold something are where a formatter breaks; of a function, those of its parameters. */
export function splitCode(line: string): Code {
  const groups = topLevelGroups(line);
  const broken = /^(async )?(def|class) /.test(line)
    ? groups[0]
    : groups.filter(({ start, end }) => line.slice(start + 1, end).trim() !== '').at(-1);
  if (broken === undefined) return line;
  const contents = line.slice(broken.start + 1, broken.end);
  if (contents.trim() === '' || /\bfor\b/.test(contents)) return line;
  const head = line.slice(0, broken.start + 1);
  const target = /^([\w.]+(?:: [\w.[\], |]+)? = )(?=.)/.exec(head)?.[1];
  const code = {
    open: target === undefined ? head : head.slice(target.length),
    elements: topLevelParts(contents).map(splitCode),
    close: line.slice(broken.end),
  };
  return target === undefined ? code : { ...code, assignment: target };
}

interface Group {
  readonly start: number;
  readonly end: number;
}

function topLevelGroups(line: string): readonly Group[] {
  const groups: Group[] = [];
  let start = -1;
  walk(line, (at, depth, kind) => {
    if (kind === 'open' && depth === 0) start = at;
    if (kind === 'close' && depth === 0) groups.push({ start, end: at });
  });
  return groups;
}

function topLevelParts(text: string): readonly string[] {
  const cuts: number[] = [];
  walk(text, (at, depth, kind) => {
    if (kind === 'comma' && depth === 0) cuts.push(at);
  });
  const parts = [...cuts, text.length].map((cut, index) =>
    text.slice((cuts[index - 1] ?? -1) + 1, cut).trim(),
  );
  return parts.filter(part => part !== '');
}

type Visit = (at: number, depth: number, kind: 'open' | 'close' | 'comma') => void;

/** Visits brackets and commas outside strings; a bracket's depth is that of its surroundings. */
function walk(text: string, visit: Visit): void {
  let depth = 0;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== null) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) visit(at, depth++, 'open');
    else if (')]}'.includes(character)) visit(at, --depth, 'close');
    else if (character === ',') visit(at, depth, 'comma');
  }
}
