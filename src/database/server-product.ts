/** Which database answers behind PostgreSQL's protocol, by what `version()` says and what its catalog has. Pure. */

const products: readonly (readonly [RegExp, string])[] = [
  [/CockroachDB/, 'CockroachDB'],
  [/-YB-/, 'YugabyteDB'],
  [/Redshift/, 'Redshift'],
  [/EnterpriseDB/, 'EDB Postgres'],
];

/** An extension and a function that only one product has. */
export const productMarks = { extension: 'citus', function: 'aurora_version' } as const;

/** `marks`: those of `productMarks` that are there. */
export function serverProduct(version: string, marks: readonly string[]): string {
  const other = products.find(([words]) => words.test(version))?.[1];
  if (other !== undefined) return other;
  // Its version() is PostgreSQL's own.
  if (marks.includes(productMarks.function)) return 'Aurora PostgreSQL';
  return marks.includes(productMarks.extension) ? 'PostgreSQL with Citus' : 'PostgreSQL';
}
