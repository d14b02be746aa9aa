/** Projects whose models are SQLModel classes: all in one file, and a file for each. */
import { addColumn, type CaseProject, column, model, reference, relate, repository } from './case-project.ts';

const everyType = [
  column('a_string', 'string', { length: '40', unique: true }),
  column('a_text', 'text', { nullable: true }),
  column('an_integer', 'integer', { index: true }),
  column('a_bigint', 'bigint', { nullable: true, index: true }),
  column('a_float', 'float'),
  column('a_boolean', 'boolean'),
  column('a_numeric', 'numeric', { precision: '10, 2', nullable: true }),
  column('a_date', 'date', { nullable: true }),
  column('a_timestamp', 'timestamp', { index: true }),
  column('a_uuid', 'uuid', { unique: true }),
  column('a_json', 'json'),
  column('an_enum', 'enum', { values: 'low, very high', nullable: true }),
];

export const sqlmodelProjects: readonly CaseProject[] = [
  {
    project: 'heroes',
    source: '.',
    python: 311,
    models: ['heroes.models'],
    base: 'heroes.models:SQLModel',
    cases: [
      model('Mission', {
        mixins: ['timestamps'],
        columns: [
          ...everyType,
          reference('team_id', 'Team', { onDelete: 'CASCADE' }),
          reference('leader_id', 'Hero', { nullable: true, onDelete: 'SET NULL' }),
        ],
      }),
      model('Medal', {
        key: 'integer',
        columns: [
          reference('hero_id', 'Hero', { single: true, onDelete: 'RESTRICT' }),
          reference('parent_id', 'self', { nullable: true }),
        ],
      }),
      model('Journey', {
        key: 'bigint',
        columns: [reference('from_id', 'Team'), reference('to_id', 'Team')],
      }),
      addColumn('Hero', column('born', 'date', { nullable: true })),
      addColumn('Hero', column('rank', 'enum', { values: 'novice, master' })),
      addColumn('Team', reference('founder_id', 'Hero', { nullable: true, onDelete: 'SET NULL' })),
      relate('Hero', 'many-to-many', 'Mission', { name: 'quests' }),
      relate('Team', 'association-object', 'Medal'),
      relate('Hero', 'many-to-many', 'Hero', { name: 'followers' }),
      relate('Hero', 'one-to-one', 'Medal', { name: 'favourite', nullable: true }),
      repository('Hero'),
      { name: 'unit of work', kind: 'unit-of-work', answers: {} },
    ],
    uses: ['unit_of_work'],
    unitOfWork: 'heroes.unit_of_work:UnitOfWork',
  },
  {
    project: 'guild',
    source: '.',
    python: 311,
    dialects: ['postgresql'],
    models: ['guild.models'],
    base: 'guild.models.mixins:SQLModel',
    cases: [
      model('Workshop', {
        key: 'bigint',
        mixins: ['guild.models.mixins.NoteMixin', 'timestamps'],
        columns: [
          column('street', 'string'),
          column('opened_at', 'timestamp', { nullable: true }),
          column('kind', 'enum', { values: 'smithy, mill' }),
          reference('owner_id', 'Member', { onDelete: 'CASCADE' }),
          reference('guest_id', 'Member', { nullable: true, single: true }),
        ],
      }),
      model('Apprentice', { key: 'uuid', columns: [reference('craft_id', 'Craft', { nullable: true })] }),
      addColumn('Member', column('joined_on', 'date')),
      addColumn('Craft', reference('parent_id', 'self', { nullable: true })),
      relate('Workshop', 'many-to-many', 'Craft'),
      relate('Member', 'association-object', 'Apprentice'),
      relate('Craft', 'many-to-many', 'Craft', { name: 'techniques' }),
      relate('Apprentice', 'many-to-one', 'Workshop'),
      repository('Workshop'),
      repository('Member'),
    ],
  },
];
