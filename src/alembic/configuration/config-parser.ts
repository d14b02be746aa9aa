/** An .ini file as Python's ConfigParser reads it: sections, defaults, continuation lines and `%(name)s`, with ranges. */
import type { Problem } from '../../base/problem.ts';
import type { TextRange } from '../../base/range.ts';

export interface ConfigFile {
  readonly sections: readonly ConfigSection[];
  /** Options of `[DEFAULT]`, which every section has as well. */
  readonly defaults: ReadonlyMap<string, ConfigOption>;
  readonly problems: readonly Problem[];
}

export interface ConfigSection {
  readonly name: string;
  readonly nameRange: TextRange;
  /** By name in lower case; own options only. */
  readonly options: ReadonlyMap<string, ConfigOption>;
}

export interface ConfigOption {
  /** Before interpolation, continuation lines joined by line feeds. */
  readonly raw: string;
  readonly keyRange: TextRange;
  /** All of the value, continuation lines included. */
  readonly range: TextRange;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

interface OpenOption {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly indent: number;
  readonly parts: string[];
  start: number;
  end: number;
}

export function parseConfig(text: string): ConfigFile {
  const sections: { name: string; nameRange: TextRange; options: Map<string, ConfigOption> }[] = [];
  const defaults = new Map<string, ConfigOption>();
  const problems: Problem[] = [];
  let options: Map<string, ConfigOption> | null = null;
  let open: OpenOption | null = null;

  const close = () => {
    if (open && options) {
      while (open.parts.at(-1) === '') open.parts.pop();
      options.set(open.key, {
        raw: open.parts.join('\n'),
        keyRange: open.keyRange,
        range: { start: open.start, end: open.end },
      });
    }
    open = null;
  };
  const report = (code: string, message: string, range: TextRange) => problems.push({ code, message, range });

  for (const line of linesOf(text)) {
    const content = line.text.trim();
    const indent = line.text.length - line.text.trimStart().length;
    const range = { start: line.start + indent, end: line.start + indent + content.length };
    if (/^[#;]/.test(content)) continue;
    if (content === '') {
      open?.parts.push('');
      continue;
    }
    if (open && indent > open.indent) {
      open.parts.push(content);
      open.end = range.end;
      continue;
    }
    close();
    const header = /^\[(?<name>.+)\]/.exec(content);
    if (header) {
      const name = header[1] ?? '';
      options = openSection(name, { start: range.start + 1, end: range.start + 1 + name.length });
      continue;
    }
    if (!options) {
      report(
        'missing-section-header',
        'This line stands before the first [section]: Alembic cannot read the file. Put it below [alembic].',
        range,
      );
      continue;
    }
    open = readOption(content, range, indent);
    if (!open)
      report(
        'unreadable-option',
        'This line is no “name = value”: Alembic cannot read the file. Continue a value by indenting it.',
        range,
      );
    else if (options.has(open.key))
      report(
        'duplicate-option',
        `The option '${open.key}' stands here twice in one section: Alembic cannot read the file. Remove one.`,
        open.keyRange,
      );
  }
  close();
  return { sections, defaults, problems };

  function openSection(name: string, nameRange: TextRange): Map<string, ConfigOption> {
    if (name === 'DEFAULT') return defaults;
    const existing = sections.find(section => section.name === name);
    if (existing) {
      report(
        'duplicate-section',
        `The section [${name}] stands here twice: Alembic cannot read the file. Join the two.`,
        nameRange,
      );
      return existing.options;
    }
    const created = new Map<string, ConfigOption>();
    sections.push({ name, nameRange, options: created });
    return created;
  }
}

function* linesOf(text: string): Generator<Line> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start <= text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield { text: text.slice(start, end), start };
    start = end + 1;
  }
}

function readOption(content: string, range: TextRange, indent: number): OpenOption | null {
  const match = /^(?<key>[^=:]*[^=:\s])\s*[=:]\s*/.exec(content);
  const key = match?.[1];
  if (!match || key === undefined) return null;
  const start = range.start + match[0].length;
  const keyRange = { start: range.start, end: range.start + key.length };
  return {
    key: key.toLowerCase(),
    keyRange,
    indent,
    parts: [content.slice(match[0].length)],
    start,
    end: range.end,
  };
}

export type Interpolation =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'error'; readonly message: string };

const deepest = 10;

/** The value with `%(name)s` replaced by the section's, the defaults' or the given variables, and `%%` by `%`. */
export function interpolate(
  raw: string,
  lookup: (name: string) => string | undefined,
  depth = 0,
): Interpolation {
  if (depth > deepest) return { kind: 'error', message: 'its “%(…)s” refer to each other in a circle' };
  let value = '';
  for (let rest = raw; rest !== ''; ) {
    const percent = rest.indexOf('%');
    if (percent < 0) return { kind: 'value', value: value + rest };
    value += rest.slice(0, percent);
    rest = rest.slice(percent);
    const name = /^%\(([^)]+)\)s/.exec(rest);
    if (rest.startsWith('%%')) {
      value += '%';
      rest = rest.slice(2);
    } else if (name) {
      const found = lookup((name[1] ?? '').toLowerCase());
      if (found === undefined)
        return { kind: 'error', message: `it refers to '%(${name[1]})s', which is not set` };
      const inner = interpolate(found, lookup, depth + 1);
      if (inner.kind === 'error') return inner;
      value += inner.value;
      rest = rest.slice(name[0].length);
    } else {
      return { kind: 'error', message: 'a “%” in it is not doubled: write “%%”' };
    }
  }
  return { kind: 'value', value };
}
