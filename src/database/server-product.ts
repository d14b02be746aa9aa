/** Which database answers behind PostgreSQL's protocol, by what `version()` says and the extensions that are there. Pure. */

const products: readonly (readonly [RegExp, string])[] = [
  [/CockroachDB/, 'CockroachDB'],
  [/-YB-/, 'YugabyteDB'],
  [/Redshift/, 'Redshift'],
  [/EnterpriseDB/, 'EDB Postgres'],
];

export function serverProduct(version: string, extensions: readonly string[]): string {
  const other = products.find(([words]) => words.test(version))?.[1];
  if (other !== undefined) return other;
  return extensions.includes('citus') ? 'PostgreSQL with Citus' : 'PostgreSQL';
}
