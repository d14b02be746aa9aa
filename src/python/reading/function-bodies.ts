/**
 * The bodies of functions, read from the flat tree when they are asked for: most of a program lies in them, most of them
 * are looked at once, and as objects they take ten times the memory of the flat tree.
 */
import { type Readable, RecentlyRead } from '../../base/recently-read.ts';
import type { FunctionDefinition, Statement } from '../syntax.ts';

type Body = readonly Statement[];

/** Bodies of this many characters of source are kept, whether anybody holds them or not. */
const KEPT_SIZE = 500_000;

/** The bodies that one parser gives: those that were asked for lately are kept. */
export type FunctionBodies = RecentlyRead<Body>;

export function createFunctionBodies(): FunctionBodies {
  return new RecentlyRead(KEPT_SIZE);
}

/** What a body is read from: one is kept of each function, and an object of a class takes less than half of a closure. */
export interface BodySource {
  read(): Body;
}

/**
 * A definition whose body `source` gives, as often as it is asked. The body is the same object for as long as anybody holds
 * it: what is known of the nodes in it by their identity must hold it too, or it is said of nodes that nobody comes by.
 */
export function withBodyOnDemand(
  header: Omit<FunctionDefinition, 'body'>,
  bodies: FunctionBodies,
  source: BodySource,
): FunctionDefinition {
  const definition = { ...header };
  Object.defineProperty(definition, kept, { value: new KeptBody(bodies, source, header.end - header.start) });
  return Object.defineProperty(definition, 'body', bodyProperty) as FunctionDefinition;
}

const kept = Symbol('body');

/** One property for all definitions, or the engine would give each of them a shape of its own, a kilobyte large. */
const bodyProperty: PropertyDescriptor & ThisType<{ readonly [kept]: KeptBody }> = {
  enumerable: true,
  get() {
    return this[kept].statements();
  },
};

class KeptBody implements Readable<Body> {
  readonly size: number;
  read: Body | null = null;
  readonly #bodies: FunctionBodies;
  readonly #source: BodySource;
  #held: WeakRef<Body> | null = null;

  constructor(bodies: FunctionBodies, source: BodySource, size: number) {
    this.#bodies = bodies;
    this.#source = source;
    this.size = size;
  }

  statements(): Body {
    if (this.read !== null) return this.read;
    const held = this.#held?.deref();
    const body = held ?? this.#source.read();
    if (held === undefined) this.#held = new WeakRef(body);
    this.read = body;
    this.#bodies.use(this);
    return body;
  }
}
