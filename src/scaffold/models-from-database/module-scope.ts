/** The names that one module of models has: what it imports, under another name where a class or an attribute has it. */
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import type { Code } from '../python-code/layout.ts';

export interface ModulePlace {
  readonly path: string;
  readonly module: string;
}

/** What is defined beside the models, by name, and the module that defines it. */
export type SharedNames = ReadonlyMap<string, ModulePlace>;

const momentNames: readonly string[] = ['date', 'datetime', 'time', 'timedelta'];

export class ModuleScope {
  readonly #facts: ProjectFacts;
  readonly #place: ModulePlace;
  readonly #taken: ReadonlySet<string>;
  readonly #needs = new Map<string, ImportNeed>();
  /** Of names that are known as what they are. */
  readonly #modules = new Map<string, string>();

  /** `taken` are the classes and attributes of the module. */
  constructor(facts: ProjectFacts, place: ModulePlace, taken: ReadonlySet<string>) {
    this.#facts = facts;
    this.#place = place;
    this.#taken = taken;
  }

  get style(): ProjectFacts['style'] {
    return this.#facts.style;
  }

  get needs(): readonly ImportNeed[] {
    return [...this.#needs.values()];
  }

  /** The name by which the module knows what a library offers. */
  use(module: string, name: string): string {
    if (module === 'datetime') return this.#moment(name);
    const other = this.#modules.get(name);
    const local = this.#taken.has(name) || (other ?? module) !== module ? alias(module, name) : name;
    if (local === name) this.#modules.set(name, module);
    this.#add(fromImport(module, local === name ? name : `${name} as ${local}`));
    return local;
  }

  sqlalchemy(name: string): string {
    return this.use('sqlalchemy', name);
  }

  /** What the project, or one of the modules that are written along, defines. */
  own(name: string, place: ModulePlace): string {
    if (place.module !== this.#place.module)
      this.#add(importOwn(this.#facts, { name, module: place.module }, this.#place));
    return name;
  }

  useModule(module: string): void {
    this.#add({ kind: 'module', module });
  }

  /** `sa.String(length=40)` and `postgresql.JSONB()`, as migrations write them, by the names of this module. */
  imported(code: Code): Code {
    if (typeof code !== 'string') {
      const short = /\bsa\.(?:String|CHAR|Numeric)\($/.test(code.open);
      const open = this.#renamed(code.open);
      const elements = code.elements
        .map(element => this.imported(element))
        .map(element => (short && typeof element === 'string' ? element.replace(/^\w+=/, '') : element));
      if (elements.length === 0 && open.endsWith('(')) return open.slice(0, -1);
      return { ...code, open, elements };
    }
    return this.#renamed(code);
  }

  #renamed(text: string): string {
    return text.replace(/\b(sa(?:\.types)?|postgresql)\.(\w+)/, (_, prefix: string, name: string) => {
      const module =
        { sa: 'sqlalchemy', 'sa.types': 'sqlalchemy.types' }[prefix] ?? 'sqlalchemy.dialects.postgresql';
      return this.use(module, name);
    });
  }

  #moment(name: string): string {
    if (!momentNames.some(each => this.#taken.has(each))) {
      this.#add(fromImport('datetime', name));
      return name;
    }
    this.#add({ kind: 'module', module: 'datetime', alias: 'dt' });
    return `dt.${name}`;
  }

  #add(need: ImportNeed): void {
    this.#needs.set(JSON.stringify(need), need);
  }
}

function alias(module: string, name: string): string {
  const isClass = /^[A-Z]/.test(name);
  const prefix = module.startsWith('sqlalchemy') ? 'sql' : 'py';
  return isClass ? `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)}${name}` : `${prefix}_${name}`;
}
