/**
 * The extensions that the shadow database can create, and which names tell that one is needed. PGlite carries each as
 * an archive of its own; `dist/` must hold those named here. Leaves out what PGlite does not have, and PostGIS, whose
 * archive has 20 MB.
 */

interface ExtensionNames {
  /** Names of types in lower case. */
  readonly types?: readonly string[];
  readonly functions?: RegExp;
  readonly operatorClasses?: RegExp;
}

/** Shipped, by the name that CREATE EXTENSION knows. */
const shipped: Readonly<Record<string, ExtensionNames>> = {
  btree_gin: {},
  btree_gist: { operatorClasses: /^gist_(?:int[248]|text|uuid|date|timestamp|numeric|enum|bool|inet)_ops$/ },
  citext: { types: ['citext'] },
  cube: { types: ['cube'], functions: /^cube(?:$|_)/ },
  earthdistance: { types: ['earth'], functions: /^(?:earth(?:$|_)|ll_to_earth$)/ },
  fuzzystrmatch: { functions: /^(?:levenshtein|soundex|metaphone|dmetaphone|daitch_mokotoff|difference$)/ },
  hstore: { types: ['hstore'], functions: /^(?:hstore|akeys|avals|skeys|svals|each_hstore)/ },
  intarray: { types: ['query_int'], operatorClasses: /^(?:gin|gist)__int/ },
  ltree: {
    types: ['ltree', 'lquery', 'ltxtquery'],
    functions: /^(?:nlevel|subltree|subpath|lca|text2ltree|ltree2text)$/,
  },
  pg_stat_statements: { functions: /^pg_stat_statements/ },
  pg_trgm: {
    functions: /^(?:(?:strict_)?(?:word_)?similarity|show_trgm|set_limit|show_limit)/,
    operatorClasses: /_trgm_ops$/,
  },
  pgcrypto: {
    functions:
      /^(?:crypt|gen_salt|digest|hmac|gen_random_bytes|pgp_\w+|encrypt(?:_iv)?|decrypt(?:_iv)?|armor|dearmor)$/,
  },
  tablefunc: { functions: /^(?:crosstab|connectby|normal_rand)/ },
  unaccent: { functions: /^unaccent$/ },
  'uuid-ossp': { functions: /^uuid_(?:generate_v\d|ns_|nil)/ },
  vector: {
    types: ['vector', 'halfvec', 'sparsevec'],
    functions:
      /^(?:l1_distance|l2_distance|inner_product|cosine_distance|hamming_distance|jaccard_distance|vector_\w+|l2_n\w+|binary_quantize|subvector)$/,
    operatorClasses: /^(?:vector|halfvec|sparsevec|bit)_(?:l1|l2|ip|cosine|hamming|jaccard)_ops$/,
  },
};

/** Not shipped: what they own is unknown here, so a complaint about it is no finding. */
const unavailable: Readonly<Record<string, ExtensionNames>> = {
  postgis: {
    types: ['geometry', 'geography', 'raster', 'box2d', 'box3d', 'topogeometry'],
    functions:
      /^(?:_?st_|postgis_|find_srid|addgeometrycolumn|updategeometrysrid|geometrytype$|geometry$|geography$|box2d$|box3d$)/,
  },
  timescaledb: {
    functions: /^(?:time_bucket|create_hypertable|first$|last$|histogram$|add_\w+_policy|locf$|interpolate$)/,
  },
  pg_uuidv7: { functions: /^(?:uuid_generate_v7|uuid_v7_to_)/ },
};

/** Packages of extensions that PGlite's own does not hold. */
const packages: Readonly<Record<string, string>> = { vector: '@electric-sql/pglite-pgvector' };

/** The package whose `dist/` holds the archive of a shipped extension. */
export function packageOf(extension: string): string {
  return packages[extension] ?? '@electric-sql/pglite';
}

/** Names as CREATE EXTENSION knows them. */
export const shippedExtensions: readonly string[] = Object.keys(shipped);

export type ExtensionObject = 'types' | 'functions' | 'operatorClasses';

/** The shipped extension that owns an object of this name, or null. */
export function shippedOwner(object: ExtensionObject, name: string): string | null {
  return ownerIn(shipped, object, name);
}

/** The known extension that owns such an object but that the shadow cannot have, or null. */
export function unavailableOwner(object: ExtensionObject, name: string): string | null {
  return ownerIn(unavailable, object, name);
}

/** Whether this file knows what the extension's objects are called. */
export function isKnownExtension(name: string): boolean {
  return name in shipped || name in unavailable;
}

function ownerIn(
  table: Readonly<Record<string, ExtensionNames>>,
  object: ExtensionObject,
  name: string,
): string | null {
  const folded = name.toLowerCase();
  for (const [extension, names] of Object.entries(table)) {
    const owned = names[object];
    if (Array.isArray(owned) ? owned.includes(folded) : owned instanceof RegExp && owned.test(folded))
      return extension;
  }
  return null;
}
