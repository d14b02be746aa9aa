/**
 * Where an engine or a session factory can be had: the module's variable that it is assigned to, or the one that a function
 * of the project gives it to; else the object that keeps it.
 */
import { nameModules } from '../../python/modules/module-names.ts';
import type { FunctionDefinition } from '../../python/syntax.ts';
import type { SourceLocation } from '../../sqlalchemy/model.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { EngineKeeper } from '../database-facts.ts';
import type { PlacedThing } from '../named-thing.ts';
import { assignedName, type Expression, lastName, type Statement } from '../python-syntax.ts';
import { type OwnClass, type OwnClasses, textOf } from './own-classes.ts';

interface Made {
  readonly location: SourceLocation;
  readonly name: string | null;
}

/** Module variables that hold what is made at a place. */
export function heldByModules(
  { location, name }: Made,
  files: readonly SourceFile[],
): readonly PlacedThing[] {
  const file = files.find(each => each.path === location.path);
  if (!file) return [];
  if (name !== null && file.module.body.some(statement => assignedName(statement) === name))
    return [{ name, module: file.name, path: file.path }];
  const maker = makerIn(file, location);
  return maker ? files.flatMap(each => givenTo(each, maker, name)) : [];
}

/** Functions that can be called by anyone for what they make: without arguments that they need. */
export function makersOf(
  { location, name }: Made,
  files: readonly SourceFile[],
  { keeps }: { readonly keeps: boolean },
): readonly PlacedThing[] {
  const file = files.find(each => each.path === location.path);
  const maker = file && makerIn(file, location);
  if (!file || !maker || maker.async || maker.parameters.some(each => each.default === null)) return [];
  const returned = returnedBy(maker);
  const gives =
    (returned?.kind === 'call' && returned.start <= location.range.start) ||
    (returned?.kind === 'name' && returned.id === name);
  return gives && (!keeps || isCached(maker))
    ? [{ name: maker.name.id, module: file.name, path: file.path }]
    : [];
}

function isCached({ decorators }: FunctionDefinition): boolean {
  return decorators.some(each => {
    const called = each.kind === 'call' ? each.function : each;
    return /^(lru_)?cache$/.test(lastName(called) ?? '');
  });
}

function makerIn(file: SourceFile, { range }: SourceLocation): FunctionDefinition | undefined {
  return file.module.body.find(
    (each): each is FunctionDefinition =>
      each.kind === 'function' && each.start <= range.start && range.end <= each.end,
  );
}

/** `engine = make_engine()`, or `Session, engine = make_both()` by the order in which the function returns them. */
function givenTo(file: SourceFile, maker: FunctionDefinition, name: string | null): readonly PlacedThing[] {
  const returned = returnedBy(maker);
  return file.module.body.flatMap(statement => {
    if (statement.kind !== 'assignment' || statement.value?.kind !== 'call') return [];
    const called = statement.value.function;
    if (called.kind !== 'name' || called.id !== maker.name.id) return [];
    const [target] = statement.targets;
    const place = { module: file.name, path: file.path };
    if (returned?.kind === 'tuple' && target?.kind === 'tuple') {
      const index = returned.elements.findIndex(each => each.kind === 'name' && each.id === name);
      const held = target.elements[index];
      return held?.kind === 'name' ? [{ name: held.id, ...place }] : [];
    }
    const gives = returned?.kind === 'call' || (returned?.kind === 'name' && returned.id === name);
    return gives && target?.kind === 'name' ? [{ name: target.id, ...place }] : [];
  });
}

/** What the last `return` of a function's own body gives. */
function returnedBy({ body }: FunctionDefinition): Expression | null {
  const last = body.findLast((each: Statement) => each.kind === 'return');
  return last?.kind === 'return' ? last.value : null;
}

export interface OwnTexts {
  /** Folders of the workspace. */
  readonly roots: readonly string[];
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string | undefined;
}

/**
 * Functions that give an object with an engine: `def get_database(request: Request) -> Database`. By their text: a file that
 * says nothing of SQLAlchemy is not parsed.
 */
export function engineKeepers(
  classes: OwnClasses,
  { roots, paths, textOf: read }: OwnTexts,
): readonly EngineKeeper[] {
  const keepers = [...classes.values()].flatMap(each => keptBy(each) ?? []);
  if (keepers.length === 0) return [];
  const modules = nameModules(paths, roots);
  return keepers.flatMap(kept => {
    const head = new RegExp(
      `^def (\\w+)\\((?:\\w+: (Request)(?:, )?)?\\) -> ["']?${kept.type.name}["']?:\\n((?:[ \\t].*\\n|\\n)*)`,
      'gm',
    );
    return paths.flatMap((path): readonly EngineKeeper[] => {
      const found = [...(read(path) ?? '').matchAll(head)].filter(
        ([, , , body = '']) => !new RegExp(`\\breturn ${kept.type.name}\\(`).test(body),
      );
      const module = modules.get(path) ?? '';
      return found.map(([, name = '', request]) => ({
        ...kept,
        name,
        module,
        path,
        byRequest: request !== undefined,
      }));
    });
  });
}

type Kept = Pick<EngineKeeper, 'type' | 'engine' | 'factory' | 'concurrency'>;

function keptBy(found: OwnClass): Kept | null {
  const text = textOf(found);
  const engine = /\bself\.(\w*engine)\b\s*(?::[^=\n]+)?=(?!=)/.exec(text)?.[1];
  const factory = /\bself\.(\w*session\w*)\b\s*(?::[^=\n]+)?=(?!=)/i.exec(text)?.[1];
  if (engine === undefined || factory === undefined) return null;
  const concurrency = /\bAsyncEngine\b|\bcreate_async_engine\b|\basync_sessionmaker\b/.test(text)
    ? 'async'
    : 'sync';
  const { file, name } = found;
  return { type: { name, module: file.name }, engine, factory, concurrency };
}
