/** Imports as ruff sorts them, for code that is put together from a snippet. */

const standard =
  /^(?:asyncio|collections|contextlib|datetime|decimal|enum|itertools|random|time|types|typing|uuid)\b/;

/** In ruff's order: the standard library, others, the project; of each module only the names that the code has. */
export function importBlock(statements: readonly string[], code: string): string {
  const modules = new Set<string>();
  const names = new Map<string, Set<string>>();
  for (const statement of statements) {
    const [, module = '', list = ''] = /^from (\S+) import (.+)$/.exec(statement) ?? [];
    if (module === '') modules.add(statement);
    else names.set(module, new Set([...(names.get(module) ?? []), ...list.split(', ')]));
  }
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
  const whole = [...modules].filter(each => isUsed(each.split(' ').at(-1) ?? '')).sort();
  const parts = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([module, each]) => {
      const used = [...each].filter(isUsed).sort(byKind);
      return used.length === 0 ? [] : [`from ${module} import ${used.join(', ')}`];
    });
  const groupOf = (line: string): number => {
    const module = line.split(' ')[1] ?? '';
    return standard.test(module) ? 0 : module.startsWith('app') ? 2 : 1;
  };
  const groups = [0, 1, 2].map(group => [...whole, ...parts].filter(line => groupOf(line) === group));
  return groups.flatMap(group => (group.length === 0 ? [] : [`${group.join('\n')}\n`])).join('\n');
}

/** Constants, then classes, then all else. */
function byKind(a: string, b: string): number {
  const rank = (name: string): number => (/^[A-Z_\d]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
