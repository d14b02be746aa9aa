/** What libraries for settings give where the environment says nothing: `config("URL", default="…")`, `env.str("URL", "…")`. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf } from './arguments.ts';
import { referenceOf } from './reference.ts';
import type { Site } from './site.ts';

export interface EnvironmentDefault {
  readonly written: Expression;
  /** `int` of `cast=int` and of `env.int(…)`. */
  readonly cast: string | null;
}

/** The classes of such objects, and whether the second argument of a call is the default. */
const readers: ReadonlyMap<string, boolean> = new Map([
  ['starlette.config.Config', false],
  ['decouple.Config', true],
  ['decouple.AutoConfig', true],
  ['environs.Env', true],
  ['environs.env', true],
  ['environ.Env', false],
  ['decouple.config', true],
]);

const methods: ReadonlySet<string> = new Set(['str', 'int', 'url', 'db_url', 'get']);

/** Null for other calls, and where no default is given. */
export function environmentDefault(call: Call, site: Site): EnvironmentDefault | null {
  const { function: called } = call;
  const method = called.kind === 'attribute' && methods.has(called.attribute.id) ? called.attribute.id : null;
  const reader = called.kind === 'attribute' && method !== null ? called.value : called;
  const isSecond = readers.get(readerName(reader, site) ?? '');
  if (isSecond === undefined) return null;
  const { positional, keywords } = argumentsOf(call);
  const written = keywords.get('default') ?? (isSecond || method !== null ? positional[1] : undefined);
  const cast = keywords.get('cast');
  return written ? { written, cast: (cast && lastName(cast)) ?? method } : null;
}

/** The dotted name of what is called, or of the class that it is an object of. */
function readerName(reader: Expression, site: Site): string | null {
  if (reader.kind !== 'name' && reader.kind !== 'attribute') return null;
  const reference = referenceOf(reader, site);
  if (reference.kind !== 'variable') return site.names.qualify(reader, site.file);
  const made = reference.node.value;
  return made?.kind === 'call' ? site.names.qualify(made.function, reference.file) : null;
}
