/**
 * The catalogue of mistakes: each row, and the rules that find it. `test/unit/rules/catalogue.test.ts` asks for five
 * different spellings of each row in the specifications of its rules; `test/rules.test.ts` that every one is found.
 */
export interface CatalogueRow {
  readonly row: number;
  readonly mistake: string;
  /** Any of them may hold the spellings. */
  readonly rules: readonly string[];
  /** Where rules are shared with other rows: what the claimed code looks like. */
  readonly claimed?: RegExp;
}

export const catalogue: readonly CatalogueRow[] = [
  {
    row: 1,
    mistake: 'Column is None',
    rules: ['identity-test-on-column'],
    claimed: /\bis (?:not )?(?!not|True|False)/,
  },
  {
    row: 2,
    mistake: 'Column is True',
    rules: ['identity-test-on-column'],
    claimed: /\bis (?:not )?(?:True|False)/,
  },
  { row: 3, mistake: '`and` between conditions', rules: ['boolean-operator-on-column'], claimed: / and / },
  { row: 4, mistake: '`or` between conditions', rules: ['boolean-operator-on-column'], claimed: / or / },
  { row: 5, mistake: 'not Column', rules: ['not-operator-on-column'] },
  { row: 6, mistake: 'Column in […]', rules: ['in-operator-on-column'] },
  { row: 7, mistake: '1 < Column < 10', rules: ['chained-comparison-on-column'] },
  { row: 8, mistake: 'A == 1 | B == 2', rules: ['bitwise-precedence'] },
  { row: 9, mistake: 'Python functions on a column', rules: ['python-function-on-column'] },
  { row: 10, mistake: 'misspelt attribute', rules: ['unknown-attribute'] },
  { row: 11, mistake: 'misspelt keyword', rules: ['unknown-attribute-keyword'] },
  { row: 12, mistake: 'filter_by() of 2.1 with an ambiguous name', rules: ['ambiguous-filter-by'] },
  { row: 13, mistake: 'select([…])', rules: ['select-with-list'] },
  { row: 14, mistake: 'cartesian product', rules: ['cartesian-product'] },
  { row: 15, mistake: 'contains_eager() without a join', rules: ['contains-eager-without-join'] },
  { row: 16, mistake: 'joined collection without unique()', rules: ['collection-joinedload-without-unique'] },
  { row: 17, mistake: 'LIMIT over a joined collection', rules: ['limit-over-joined-collection'] },
  { row: 18, mistake: 'outer join undone by WHERE', rules: ['outer-join-undone'] },
  { row: 19, mistake: 'a literal of another type than its column', rules: ['literal-type-mismatch'] },
  { row: 21, mistake: 'count() without FROM', rules: ['count-without-from'] },
  { row: 23, mistake: 'order_by("name desc")', rules: ['order-by-text-direction'] },
  {
    row: 24,
    mistake: 'DISTINCT and another ORDER BY',
    rules: ['distinct-order-mismatch', 'distinct-with-columns'],
  },
  { row: 25, mistake: 'LIMIT without ORDER BY', rules: ['limit-without-order-by'] },
  { row: 26, mistake: 'UPDATE without WHERE', rules: ['update-without-where'] },
  { row: 27, mistake: 'None in a list', rules: ['null-in-list'] },
  { row: 28, mistake: '!= on a nullable column', rules: ['not-equal-on-nullable'] },
  { row: 29, mistake: 'LIKE without escape', rules: ['like-without-escape'] },
  { row: 30, mistake: 'contains() of JSON', rules: ['json-contains-as-like'] },
  { row: 31, mistake: 'ON CONFLICT on the core insert()', rules: ['upsert-without-dialect'] },
  { row: 32, mistake: 'ON CONFLICT without a unique index', rules: ['upsert-without-unique'] },
  { row: 33, mistake: 'relationship compared with a scalar', rules: ['relationship-compared-with-scalar'] },
  { row: 34, mistake: 'loader option on the wrong thing', rules: ['loader-option-argument'] },
  { row: 35, mistake: 'join() without exactly one foreign key', rules: ['undecided-join'] },
  { row: 48, mistake: 'server_default="now()"', rules: ['server-default-call-as-string'] },
  { row: 49, mistake: 'server_default=False', rules: ['server-default-not-text'] },
  {
    row: 50,
    mistake: 'default=datetime.now()',
    rules: ['default-evaluated-once', 'shared-mutable-default'],
  },
  {
    row: 52,
    mistake: 'Mapped[X | None] against nullable',
    rules: ['nullable-column-mapped-without-none', 'optional-type-on-not-null-column'],
  },
  { row: 53, mistake: 'ForeignKey to a class', rules: ['foreign-key-unknown-target'] },
  {
    row: 54,
    mistake: 'foreign key of another type, or without an index',
    rules: ['foreign-key-type-mismatch', 'foreign-key-without-index'],
  },
  {
    row: 55,
    mistake: 'back_populates, overlapping writes',
    rules: ['back-populates-mismatch', 'back-populates-one-sided', 'overlapping-relationships'],
  },
  { row: 56, mistake: 'delete-orphan on many-to-one', rules: ['delete-orphan-on-many-side'] },
  { row: 57, mistake: 'missing Mapped[]', rules: ['unmapped-annotation', 'missing-mapped-annotation'] },
  { row: 36, mistake: 'SQL built from strings', rules: ['sql-built-from-strings'] },
  { row: 37, mistake: 'a plain string executed', rules: ['plain-string-executed'] },
  { row: 38, mistake: 'a parameter without a value', rules: ['missing-bind-value'] },
  { row: 39, mistake: ':id::int', rules: ['cast-hides-bind'] },
  { row: 40, mistake: 'a colon in a literal', rules: ['colon-in-literal'] },
  { row: 41, mistake: 'IN :ids', rules: ['list-bind'] },
  { row: 42, mistake: 'ORDER BY :column', rules: ['order-by-bind'] },
  { row: 43, mistake: 'a parameter in quotes', rules: ['quoted-bind'] },
  { row: 44, mistake: 'FROM :table', rules: ['bind-as-identifier'] },
  { row: 45, mistake: ':x IS NULL OR column = :x', rules: ['ambiguous-parameter'] },
  { row: 46, mistake: 'unknown names and types', rules: ['unknown-column', 'unknown-table', 'unknown-type'] },
  {
    row: 47,
    mistake: 'CONCURRENTLY in a transaction',
    rules: ['not-in-transaction', 'concurrently-in-transaction'],
  },
  {
    row: 63,
    mistake: 'lazy load on an AsyncSession',
    rules: ['lazy-load-on-async-session', 'expired-attribute-on-async-session'],
  },
  {
    row: 64,
    mistake: 'async factory without expire_on_commit=False',
    rules: ['session-factory-expires-on-commit'],
  },
  { row: 65, mistake: 'AsyncSession in several tasks', rules: ['async-session-in-several-tasks'] },
  { row: 66, mistake: 'missing await', rules: ['missing-await', 'await-of-synchronous-call'] },
  { row: 67, mistake: 'no commit before the session closes', rules: ['changes-never-committed'] },
  { row: 68, mistake: 'commit() inside begin()', rules: ['commit-inside-begin-block'] },
  { row: 69, mistake: 'no rollback after a failed flush', rules: ['failed-flush-without-rollback'] },
  { row: 70, mistake: 'detached object', rules: ['detached-object-lazy-load'] },
  { row: 71, mistake: 'row or entity', rules: ['row-used-as-entity', 'scalars-of-several-columns'] },
  {
    row: 72,
    mistake: 'a query for each element',
    rules: ['relationship-query-in-loop', 'query-in-loop', 'count-by-loading-rows'],
  },
  { row: 73, mistake: 'legacy Query and engine.execute()', rules: ['removed-execution-api', 'legacy-query'] },
  {
    row: 74,
    mistake: 'sessions and engines in FastAPI',
    rules: ['blocking-session-in-coroutine', 'session-in-background-task', 'engine-for-each-request'],
  },
];
