/** One thing that code needs to have imported. */

/** `import module`, `import module as alias`, or `from module import name`, where the name may be `x as y`. */
export type ImportNeed =
  | { readonly kind: 'module'; readonly module: string; readonly alias?: string }
  | { readonly kind: 'name'; readonly module: string; readonly name: string };

export function fromImport(module: string, name: string): ImportNeed {
  return { kind: 'name', module, name };
}

/** The name by which code knows what it needs. */
export function boundBy(need: ImportNeed): string {
  return need.kind === 'name' ? (need.name.split(' as ')[1] ?? need.name) : (need.alias ?? need.module);
}
