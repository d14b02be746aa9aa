/** What a project defines by a name, and where: the words in which facts of it are told. */

/** Something that a module of the project defines. */
export interface NamedThing {
  readonly name: string;
  readonly module: string;
}

export interface ModuleFolder {
  readonly path: string;
  readonly module: string;
}

export interface PlacedThing extends NamedThing {
  readonly path: string;
}

export interface ConcurrentThing extends PlacedThing {
  readonly concurrency: 'sync' | 'async';
}

export interface ParameterFact {
  readonly name: string;
  readonly kind: 'positional' | 'keyword' | 'variadic';
  readonly annotation: string | null;
  readonly required: boolean;
}
