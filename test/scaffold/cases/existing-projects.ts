/** Projects as they are found, below `../projects/`, and what is added to each. */
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import { addColumn, type CaseProject, column, model, reference, relate, repository } from './case-project.ts';

const types: readonly Answers[] = [
  { type: 'string', length: '40' },
  { type: 'text' },
  { type: 'integer' },
  { type: 'bigint' },
  { type: 'float' },
  { type: 'boolean' },
  { type: 'numeric', precision: '10, 2' },
  { type: 'date' },
  { type: 'timestamp' },
  { type: 'uuid' },
  { type: 'json' },
  { type: 'enum', values: 'low, very high, None' },
];

const flags: readonly Answers[] = [
  {},
  { nullable: true },
  { unique: true },
  { index: true },
  { nullable: true, unique: true },
  { nullable: true, index: true },
];

/** Every type with every combination of flags, a model for each combination. */
const everyColumn = flags.map((flag, index) => {
  const plain = (type: Answers): boolean => type.type === 'json' || type.type === 'boolean';
  const columns = types.map(type => ({
    name: `a_${String(type.type)}`,
    ...type,
    ...(plain(type) ? { nullable: flag.nullable === true } : flag),
  }));
  return model(`Sample${String.fromCharCode(65 + index)}`, { columns });
});

const mixinSets: readonly (readonly string[])[] = [
  [],
  ['TimestampMixin'],
  ['SoftDeleteMixin'],
  ['TimestampMixin', 'SoftDeleteMixin'],
];

const everyKey = ['integer', 'bigint', 'uuid'].flatMap(key =>
  mixinSets.map((mixins, index) =>
    model(`Keyed${key.charAt(0).toUpperCase()}${key.slice(1)}${index}`, { key, mixins }),
  ),
);

const everyDelete = ['NO ACTION', 'CASCADE', 'SET NULL', 'RESTRICT'].flatMap(onDelete =>
  [true, false].flatMap(nullable =>
    [true, false]
      .filter(() => nullable || onDelete !== 'SET NULL')
      .map(single => {
        const name = `Note${onDelete.replace(' ', '').toLowerCase()}${nullable ? 'Optional' : ''}${single ? 'Single' : ''}`;
        const more = { onDelete, nullable, single };
        return model(
          name.replace(/^Note./, text => text.toUpperCase().replace('NOTE', 'Note')),
          {
            columns: [reference('order_id', 'Order', more)],
          },
        );
      }),
  ),
);

export const existingProjects: readonly CaseProject[] = [
  {
    project: 'new-async',
    source: '.',
    // JSONB is PostgreSQL's: a project that names no SQLite gets it without a variant.
    dialects: ['postgresql'],
    models: ['app.models'],
    base: 'app.db.base:Base',
    cases: [
      model('Customer', {
        mixins: ['timestamps'],
        columns: [
          column('email', 'string', { length: '255', unique: true }),
          column('status', 'enum', { values: 'active, on-hold, closed', index: true }),
          column('settings', 'json'),
        ],
      }),
      model('OrderItem', {
        key: 'uuid',
        columns: [reference('customer_id', 'Customer', { onDelete: 'CASCADE' })],
      }),
      repository('Customer'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
      repository('OrderItem'),
      { name: 'unit of work with more', kind: 'unit-of-work', answers: {} },
    ],
    uses: ['unit_of_work'],
    unitOfWork: 'app.db.unit_of_work:UnitOfWork',
  },
  {
    project: 'new-sync',
    source: 'src',
    python: 312,
    models: ['billing.models'],
    base: 'billing.db.base:Base',
    cases: [
      model('Invoice', { key: 'bigint', mixins: ['timestamps'], columns: [column('total', 'numeric')] }),
      model('InvoiceLine', {
        columns: [
          reference('invoice_id', 'Invoice', { onDelete: 'CASCADE' }),
          column('date', 'date'),
          column('due', 'date', { nullable: true }),
          column('datetime', 'timestamp', { nullable: true }),
        ],
      }),
      model('Category', {
        columns: [
          column('title', 'string', { length: '40' }),
          reference('parent_id', 'self', { nullable: true, onDelete: 'SET NULL' }),
        ],
      }),
      repository('Invoice'),
      repository('InvoiceLine'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
  },
  {
    project: 'folder',
    source: '.',
    models: ['app.models'],
    base: 'app.db.base:Base',
    cases: [
      model('Shipment', {
        mixins: ['TimestampMixin'],
        columns: [
          column('carrier', 'string', { length: '80', index: true }),
          reference('order_id', 'Order', { onDelete: 'CASCADE' }),
          column('state', 'enum', { values: 'new, in transit, delivered' }),
          column('shipped_at', 'timestamp', { nullable: true }),
        ],
      }),
      ...everyColumn,
      ...everyKey,
      ...everyDelete,
      model('Transfer', {
        columns: [reference('sender_id', 'Customer'), reference('recipient_id', 'Customer')],
      }),
      model('Passport', { columns: [reference('customer_id', 'Customer', { single: true })] }),
      model('Person', { columns: [reference('manager_id', 'self', { nullable: true })] }),
      model('Silent', { columns: [reference('order_id', 'Order', { relationship: false })] }),
      model('Bare', {}),
      ...types.map(type => addColumn('Bare', column(`b_${String(type.type)}`, String(type.type), type))),
      addColumn('Silent', reference('customer_id', 'Customer', { onDelete: 'CASCADE' })),
      addColumn(
        'Person',
        reference('order_id', 'Order', { nullable: true, single: true, onDelete: 'SET NULL' }),
      ),
      addColumn('Passport', reference('parent_id', 'self', { nullable: true })),
      addColumn('Passport', column('kind', 'enum', { values: 'red, green', nullable: true, index: true })),
      relate('Customer', 'many-to-many', 'Bare'),
      relate('Bare', 'association-object', 'Order'),
      relate('Bare', 'many-to-one', 'Shipment', { nullable: true, onDelete: 'SET NULL' }),
      relate('Shipment', 'one-to-one', 'Transfer', { name: 'payment' }),
      relate('Silent', 'many-to-one', 'Silent', { nullable: true }),
      relate('Silent', 'many-to-many', 'Silent', { name: 'listeners' }),
      relate('Bare', 'association-object', 'Bare', { name: 'followers' }),
      relate('Silent', 'many-to-one', 'Customer', { name: 'guest', nullable: true }),
      repository('Customer'),
      repository('Order'),
      repository('Shipment'),
      repository('KeyedUuid0'),
      {
        name: 'unit of work',
        kind: 'unit-of-work',
        answers: { repositories: ['CustomerRepository', 'OrderRepository'] },
      },
    ],
    uses: ['unit_of_work'],
    unitOfWork: 'app.db.unit_of_work:UnitOfWork',
  },
  {
    project: 'relative',
    source: '.',
    python: 312,
    models: ['store.models'],
    base: 'store.models.base:Base',
    cases: [
      model('Transaction', {
        key: 'alias:store.models.base.UuidKey',
        mixins: ['Dated'],
        columns: [
          reference('debit_account_id', 'Account', { onDelete: 'RESTRICT' }),
          reference('credit_account_id', 'Account', { onDelete: 'RESTRICT' }),
          reference('ledger_id', 'Ledger'),
          column('kind', 'enum', { values: 'fee, transfer' }),
          column('booked_at', 'timestamp'),
        ],
      }),
      addColumn('Account', column('opened_on', 'date')),
      relate('Account', 'many-to-many', 'Ledger'),
      addColumn('Ledger', reference('owner_id', 'Account', { nullable: true, onDelete: 'SET NULL' })),
      repository('Account'),
      repository('Transaction'),
    ],
  },
  {
    project: 'module',
    source: '.',
    // A BIGINT is no primary key that SQLite counts up.
    dialects: ['postgresql'],
    models: ['blog.models'],
    base: 'blog.models:Base',
    cases: [
      model('Comment', {
        mixins: ['timestamps'],
        columns: [
          reference('post_id', 'Post', { onDelete: 'CASCADE' }),
          reference('author_id', 'Author', { nullable: true, onDelete: 'SET NULL' }),
          column('body', 'text'),
          column('state', 'enum', { values: 'draft, published' }),
        ],
      }),
      model('Tag', {
        key: 'uuid',
        columns: [column('label', 'string', { unique: true }), column('kind', 'enum', { values: 'a, b' })],
      }),
      model('Pin', {
        columns: [reference('tag_id', 'Tag', { single: true }), reference('comment_id', 'Comment')],
      }),
      addColumn('Author', column('born', 'date', { nullable: true })),
      addColumn('Post', reference('tag_id', 'Tag', { nullable: true })),
      relate('Post', 'association-object', 'Author'),
      relate('Comment', 'many-to-many', 'Tag'),
      addColumn('Post', column('kind', 'enum', { values: 'essay, note' })),
      repository('Author'),
    ],
  },
  {
    project: 'dataclasses',
    source: '.',
    models: ['inventory.models'],
    base: 'inventory.base:Base',
    cases: [
      model('Item', {
        mixins: ['timestamps'],
        columns: [
          column('sku', 'string', { unique: true }),
          column('note', 'text', { nullable: true }),
          reference('shelf_id', 'Shelf', { nullable: true }),
        ],
      }),
      model('Token', { key: 'uuid', columns: [column('value', 'string')] }),
      relate('Item', 'many-to-many', 'Token'),
      relate('Shelf', 'association-object', 'Token'),
      addColumn('Token', reference('item_id', 'Item', { nullable: true })),
      addColumn('Shelf', column('aisle', 'string', { length: '20', nullable: true })),
      repository('Item'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
    uses: ['unit_of_work'],
    unitOfWork: 'inventory.unit_of_work:UnitOfWork',
  },
  {
    // An object keeps the engine, and FastAPI is asked for it.
    project: 'kept',
    source: '.',
    dialects: ['postgresql'],
    concurrency: 'async',
    driver: 'postgresql+asyncpg',
    models: ['clinic.db.models'],
    base: 'clinic.db.models:Base',
    package: 'clinic',
    cases: [
      { name: 'retry', kind: 'retry', answers: {} },
      { name: 'health check', kind: 'health-check', answers: {} },
      { name: 'read write split', kind: 'read-write-split', answers: {} },
      { name: 'pool telemetry', kind: 'pool-telemetry', answers: {} },
    ],
    uses: ['kept_engine'],
  },
  {
    // Functions give the engine and the session factory.
    project: 'cached',
    source: '.',
    dialects: ['postgresql'],
    driver: 'postgresql+psycopg',
    models: ['mill.models'],
    base: 'mill.models:Base',
    package: 'mill',
    cases: [
      { name: 'retry', kind: 'retry', answers: {} },
      { name: 'health check', kind: 'health-check', answers: {} },
      { name: 'read write split', kind: 'read-write-split', answers: {} },
      { name: 'pool telemetry', kind: 'pool-telemetry', answers: {} },
    ],
    uses: ['cached_engine'],
  },
  {
    project: 'abstract',
    source: '.',
    models: ['club.members.models', 'club.events.models'],
    base: 'club.db:Base',
    cases: [
      model(
        'Invitation',
        { columns: [reference('meeting_id', 'Meeting'), reference('member_id', 'Member')] },
        { active: 'club/events/models.py' },
      ),
      model(
        'Badge',
        { columns: [column('level', 'integer'), reference('parent_id', 'self', { nullable: true })] },
        { active: 'club/members/models.py' },
      ),
      relate('Member', 'many-to-many', 'Badge'),
      relate('Meeting', 'association-object', 'Member'),
      repository('Member'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
  },
  {
    // Optional and List, types and enums of its own, docstrings below attributes, imports with dots and stars.
    project: 'atlas',
    source: '.',
    models: ['atlas.models'],
    base: 'atlas.models.base:Base',
    cases: [
      model('LakeModel', {
        mixins: ['Printed'],
        columns: [
          column('name', 'string', { length: '80' }),
          column('depth', 'integer', { nullable: true }),
          column('kind', 'enum', { values: 'salt, fresh' }),
          column('charted_at', 'timestamp', { nullable: true }),
          reference('country_id', 'CountryModel', { nullable: true, onDelete: 'SET NULL' }),
        ],
      }),
      addColumn('CountryModel', column('motto', 'text', { nullable: true })),
      addColumn('CityModel', reference('lake_id', 'LakeModel', { nullable: true })),
      relate('CountryModel', 'many-to-many', 'RiverModel'),
      relate('LakeModel', 'association-object', 'CityModel'),
    ],
  },
  {
    // A licence, annotations that are read later, and a base that is named with its module.
    project: 'ferry',
    source: '.',
    python: 311,
    models: ['ferry.models'],
    base: 'ferry.db:Model',
    cases: [
      model('Port', {
        columns: [
          column('name', 'string', { length: '80' }),
          column('state', 'enum', { values: 'open, closed' }),
          reference('line_id', 'Line', { nullable: true }),
        ],
      }),
      relate('Ship', 'many-to-many', 'Port'),
      addColumn('Port', reference('parent_id', 'self', { nullable: true })),
      repository('Port'),
    ],
  },
];
