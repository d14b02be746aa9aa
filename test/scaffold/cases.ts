/**
 * What is scaffolded in tests: projects as they are found, and in each the answers that are given one after the other,
 * so that a later scaffold meets what an earlier one has written.
 */
import type { Answers, ScaffoldKind } from '../../src/scaffold/scaffold.ts';
import type { Texts } from './apply-scaffold.ts';

export interface ScaffoldCase {
  readonly name: string;
  readonly kind: ScaffoldKind;
  readonly answers: Answers;
  /** The file that is open, relative to the project. */
  readonly active?: string;
}

export interface CaseProject {
  /** A folder below `projects/`. */
  readonly project: string;
  /** The folder that Python looks for modules in. */
  readonly source: string;
  /** The lowest Python that can run what is written: 3.12 is 312. */
  readonly python?: number;
  /** Its files at the beginning, where it is no folder below `projects/`. */
  readonly texts?: Texts;
  /** The databases that it is run on; both where absent. */
  readonly dialects?: readonly ('sqlite' | 'postgresql')[];
  /** What its DATABASE_URL names: sync where absent. */
  readonly concurrency?: 'sync' | 'async';
  readonly driver?: string;
  /** Further checks below `checks/`. */
  readonly uses?: readonly string[];
  /** `module:Class`, for the check of that name. */
  readonly unitOfWork?: string;
  /** Modules that define the models, and the one of the base. */
  readonly models: readonly string[];
  readonly base: string;
  readonly cases: readonly ScaffoldCase[];
}

function model(name: string, answers: Answers, more: Partial<ScaffoldCase> = {}): ScaffoldCase {
  return { name: `model ${name}`, kind: 'model', answers: { name, ...answers }, ...more };
}

function repository(name: string, answers: Answers = {}): ScaffoldCase {
  return { name: `repository ${name}`, kind: 'repository', answers: { model: name, ...answers } };
}

const column = (name: string, type: string, more: Answers = {}): Answers => ({ name, type, ...more });
const reference = (name: string, target: string, more: Answers = {}): Answers => ({
  name,
  type: 'foreign-key',
  target,
  relationship: true,
  ...more,
});

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

export const caseProjects: readonly CaseProject[] = [
  {
    project: 'new-async',
    source: '.',
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
      repository('Item'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
    uses: ['unit_of_work'],
    unitOfWork: 'inventory.unit_of_work:UnitOfWork',
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
      repository('Member'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
  },
];
