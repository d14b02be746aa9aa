/** Types under their many names: equal for two texts that PostgreSQL takes for the same type. */

const names: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  serial4: 'integer',
  int2: 'smallint',
  smallserial: 'smallint',
  serial2: 'smallint',
  int8: 'bigint',
  bigserial: 'bigint',
  serial8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  'national character varying': 'character varying',
  char: 'character',
  bpchar: 'character',
  nchar: 'character',
  'national character': 'character',
  decimal: 'numeric',
  dec: 'numeric',
  varbit: 'bit varying',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
};

/** Types whose missing length means one. */
const lengthOne: ReadonlySet<string> = new Set(['character', 'bit']);

/** `VARCHAR(20)` and `character varying(20)` give the same text; SERIAL is the integer that it makes. */
export function typeKey(type: string): string {
  const text = type
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ collate .*$/, '')
    .replace(/^"?public"?\./, '');
  const brackets = /((?:\[\d*\])+)$/.exec(text)?.[1] ?? '';
  const parts = /^(.*?)\s*(?:\(([^)]*)\))?((?: with| without) time zone)?$/.exec(
    text.slice(0, text.length - brackets.length),
  );
  const named = `${parts?.[1] ?? ''}${parts?.[3] ?? ''}`.replaceAll('"', '');
  const sizes = (parts?.[2] ?? '').replace(/\s/g, '');
  const base = names[named] ?? named;
  const dimensions = brackets.replace(/\d/g, '');
  return `${sized(named, base, sizes)}${dimensions}`;
}

function sized(named: string, base: string, sizes: string): string {
  if (named === 'float' && sizes !== '') return Number(sizes) <= 24 ? 'real' : base;
  if (sizes === '') return lengthOne.has(base) ? `${base}(1)` : base;
  // A scale of nought is what NUMERIC has without one.
  return `${base}(${base === 'numeric' ? sizes.replace(/,0$/, '') : sizes})`;
}

/** Whether the type makes a sequence of its own and takes its default from it. */
export function isSerial(type: string): boolean {
  return /^(?:small|big)?serial[248]?$/i.test(type.trim());
}

/** `billing."Order Status"[]` as a name: what an array is of. Null for text that is no name. */
export function nameOfType(type: string): { readonly schema: string | null; readonly name: string } | null {
  const parts = [...type.replace(/(?:\[\d*\])+$/, '').matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)].map(
    ([, inQuotes, bare]) => inQuotes?.replaceAll('""', '"') ?? bare?.trim() ?? '',
  );
  const name = parts.at(-1);
  return name === undefined ? null : { schema: parts.at(-2) ?? null, name };
}
