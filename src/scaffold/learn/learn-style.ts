/** Line length, quotes and the lowest Python version, from the settings of ruff and Black, else from the code. */
import { parseToml, type TomlTable, tomlTable } from '../../base/toml.ts';
import type { CodeStyle } from '../project-facts.ts';

/** What formatters and linters are mostly set to. */
const usualLengths = [79, 88, 99, 100, 110, 119, 120];
const defaultLineLength = 88;
const lowestPython = 310;

export interface StyleSources {
  /** Text of `pyproject.toml`; undefined where there is none. */
  readonly pyproject: string | undefined;
  /** Text of `ruff.toml` or `.ruff.toml`. */
  readonly ruff: string | undefined;
  /** Code that shows which quotes are usual. */
  readonly samples: readonly string[];
}

export function learnStyle({ pyproject, ruff, samples }: StyleSources): CodeStyle {
  const project = tableOf(pyproject);
  const own = tableOf(ruff);
  const ruffTable = ruff === undefined ? tomlTable(project, 'tool', 'ruff') : own;
  const black = tomlTable(project, 'tool', 'black');
  return {
    lineLength:
      numberOf(ruffTable['line-length']) ?? numberOf(black['line-length']) ?? usualLineLength(samples),
    quote: settingOfQuotes(ruffTable, black) ?? usualQuote(samples),
    python: lowestVersion(project, ruffTable),
  };
}

function tableOf(text: string | undefined): TomlTable {
  const reading = parseToml(text ?? '');
  return reading.kind === 'table' ? reading.table : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && value > 20 ? value : null;
}

/** Where no setting tells: the shortest of the usual lengths that nearly all lines keep, once there is enough code. */
function usualLineLength(samples: readonly string[]): number {
  const lines = samples.flatMap(text => text.split('\n'));
  const longer = (length: number): number => lines.filter(line => line.trimEnd().length > length).length;
  if (lines.length < 500 || longer(defaultLineLength) * 100 <= lines.length) return defaultLineLength;
  return usualLengths.find(length => longer(length) * 200 <= lines.length) ?? defaultLineLength;
}

function settingOfQuotes(ruff: TomlTable, black: TomlTable): CodeStyle['quote'] | null {
  const style = tomlTable(ruff, 'format')['quote-style'];
  const linted = tomlTable(ruff, 'lint', 'flake8-quotes')['inline-quotes'];
  if (style === 'single' || (linted === 'single' && style === undefined)) return "'";
  const formats = style === 'double' || Object.keys(black).length > 0;
  return formats && black['skip-string-normalization'] !== true ? '"' : null;
}

function usualQuote(samples: readonly string[]): CodeStyle['quote'] {
  const code = samples.join('\n').replaceAll(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, '');
  const single = code.match(/'[^'"\n]*'/g)?.length ?? 0;
  const double = code.match(/"[^'"\n]*"/g)?.length ?? 0;
  return single > double ? "'" : '"';
}

function lowestVersion(project: TomlTable, ruff: TomlTable): number {
  const required = tomlTable(project, 'project')['requires-python'];
  const poetry = tomlTable(project, 'tool', 'poetry', 'dependencies').python;
  const minor = [required, poetry].map(minorOf).find(version => version !== null);
  if (minor !== undefined) return Math.max(lowestPython, minor);
  const target = /^py3(\d+)$/.exec(String(ruff['target-version']));
  return target ? Math.max(lowestPython, 300 + Number(target[1])) : lowestPython;
}

/** `>=3.11`, `^3.11`, `~=3.11`, `==3.11.*` to 311. */
function minorOf(requirement: unknown): number | null {
  const found = typeof requirement === 'string' ? /(?:>=|\^|~=|~|==)\s*3\.(\d+)/.exec(requirement) : null;
  return found ? 300 + Number(found[1]) : null;
}
