/** Projects that begin with an empty folder: every driver, with and without FastAPI, in both layouts, in changing styles. */
import { drivers } from '../../../src/scaffold/database-layer/drivers.ts';
import {
  addColumn,
  type CaseProject,
  column,
  model,
  reference,
  relate,
  repository,
  type ScaffoldCase,
} from './case-project.ts';
import { pyproject } from './pyproject.ts';

/** Each with another lowest Python, line length and quotes, so that the product meets every style. */
const styles = [
  { python: 310, lineLength: 88, quote: 'double' },
  { python: 311, lineLength: 79, quote: 'double' },
  { python: 311, lineLength: 100, quote: 'single' },
  { python: 310, lineLength: 120, quote: 'double' },
  { python: 312, lineLength: 88, quote: 'single' },
  { python: 311, lineLength: 88, quote: 'double' },
  { python: 313, lineLength: 99, quote: 'double' },
] as const;

const combinations = drivers.flatMap(driver =>
  [true, false].flatMap(fastapi => ['package', 'module'].map(layout => ({ driver, fastapi, layout }))),
);

const baseCases: readonly ScaffoldCase[] = [
  model('Customer', {
    mixins: ['timestamps'],
    columns: [
      column('email', 'string', { length: '255', unique: true }),
      column('age', 'integer', { nullable: true }),
    ],
  }),
  model('Order', {
    columns: [
      column('total', 'numeric'),
      column('state', 'enum', { values: 'open, paid' }),
      reference('customer_id', 'Customer', { onDelete: 'CASCADE' }),
    ],
  }),
  addColumn('Customer', column('note', 'text', { nullable: true })),
  addColumn('Order', reference('parent_id', 'self', { nullable: true, onDelete: 'SET NULL' })),
  model('Tag', { key: 'uuid', columns: [column('label', 'string', { length: '40', unique: true })] }),
  relate('Order', 'many-to-many', 'Tag'),
  relate('Customer', 'association-object', 'Tag'),
  repository('Customer'),
  repository('Order'),
];

const unitOfWork: ScaffoldCase = { name: 'unit of work', kind: 'unit-of-work', answers: {} };

const laterCases: readonly ScaffoldCase[] = [
  { name: 'retry', kind: 'retry', answers: {} },
  { name: 'health check', kind: 'health-check', answers: {} },
  { name: 'pool telemetry', kind: 'pool-telemetry', answers: { route: true } },
  { name: 'test fixtures', kind: 'test-fixtures', answers: {} },
  { name: 'alembic', kind: 'alembic', answers: {} },
];

const webCases: readonly ScaffoldCase[] = ['Customer', 'Order', 'Tag'].map(name => ({
  name: `resource ${name}`,
  kind: 'fastapi-resource',
  answers: { model: name },
}));

const split: ScaffoldCase = { name: 'read write split', kind: 'read-write-split', answers: {} };

export const newProjects: readonly CaseProject[] = combinations.map(({ driver, fastapi, layout }, index) => {
  const style = styles[index % styles.length] ?? styles[0];
  const name = `shop_${driver.id.replace('-', '_')}${fastapi ? '_web' : ''}${layout === 'module' ? '_flat' : ''}`;
  const answers = { package: name, driver: driver.id, fastapi, layout };
  return {
    project: name.replaceAll('_', '-'),
    texts: { 'pyproject.toml': pyproject(style) },
    source: '.',
    python: style.python,
    models: [`${name}.models`],
    base: layout === 'module' ? `${name}.database:Base` : `${name}.db.base:Base`,
    dialects: [driver.dialect],
    concurrency: driver.concurrency,
    driver: driver.scheme,
    uses: [
      'database_layer',
      'unit_of_work',
      'retry',
      'health',
      'telemetry',
      ...(driver.dialect === 'postgresql' ? ['read_write'] : []),
      'generated_tests',
    ],
    package: name,
    unitOfWork:
      layout === 'module' ? `${name}.unit_of_work:UnitOfWork` : `${name}.db.unit_of_work:UnitOfWork`,
    cases: [
      { name: 'database layer', kind: 'database-layer', answers },
      ...baseCases,
      // Resources are written on a unit of work where it is there, else on the repositories.
      ...(layout === 'module' ? laterCases : [unitOfWork, ...laterCases]),
      ...(fastapi ? webCases : []),
      ...(layout === 'module' ? [unitOfWork] : []),
      ...(driver.dialect === 'postgresql' ? [split] : []),
    ],
  };
});
