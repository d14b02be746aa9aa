/** The file around a written migration: its name, its date, its template. What is in it runs in `test/autogenerate`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creationTime } from '../../../src/scaffold/migration/creation-time.ts';
import { migrationFileName } from '../../../src/scaffold/migration/migration-file.ts';
import { fillTemplate } from '../../../src/scaffold/migration/migration-template.ts';

const moment = new Date('2026-03-05T23:07:09.042Z');
const style = { lineLength: 88, quote: "'", python: 310 } as const;

function fileName(message: string, fileTemplate = '%(rev)s_%(slug)s', truncateSlugLength = 40): string {
  const time = creationTime(moment, 'UTC');
  return migrationFileName({ fileTemplate, truncateSlugLength }, { id: 'ae10', message, time });
}

test('file names as Alembic makes them', () => {
  assert.equal(fileName('Add orders.note, at last!'), 'ae10_add_orders_note_at_last.py');
  assert.equal(fileName('Größe ändern'), 'ae10_größe_ändern.py');
  assert.equal(fileName('one two three four', undefined, 10), 'ae10_one_two_.py');
  assert.equal(fileName('longest', undefined, 4), 'ae10_long_.py');
  const dated = '%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s';
  assert.equal(fileName('x', dated), '2026_03_05_2307-ae10_x.py');
  assert.equal(fileName('x', '%(epoch)s-%(second)02d%%'), `${moment.getTime() / 1000 - 0.042}-09%.py`);
});

test('dates in the zone that the configuration names', () => {
  assert.equal(creationTime(moment, 'UTC').text, '2026-03-05 23:07:09.042000+00:00');
  assert.equal(creationTime(moment, 'Europe/Berlin').text, '2026-03-06 00:07:09.042000+01:00');
  assert.equal(creationTime(moment, 'america/new_york').text, '2026-03-05 18:07:09.042000-05:00');
  assert.match(creationTime(moment, null).text, /^2026-03-0\d \d\d:07:09\.042000$/);
});

const values = {
  message: 'add x',
  revision: 'ae10',
  down: ['b1'],
  createDate: '2026-03-05 23:07:09.042000',
  imports: [],
  upgrade: ["    op.drop_table('a')"],
  downgrade: [],
};

test('a template is filled in as Mako fills it in', () => {
  const template = `"""\${message}

Revises: \${down_revision | comma,n}
"""
from alembic import op
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}

def upgrade():
    \${upgrades if upgrades else "pass"}

def downgrade():
    \${downgrades if downgrades else "pass"}
`;
  const { text, own } = fillTemplate(template, values, style);
  assert.equal(own, true);
  assert.equal(
    text,
    `"""add x

Revises: b1
"""
from alembic import op

revision = 'ae10'
down_revision = 'b1'

def upgrade():
    op.drop_table('a')

def downgrade():
    pass
`,
  );
  const merged = fillTemplate(template, { ...values, down: ['b1', 'c2'] }, style).text;
  assert.match(merged, /^Revises: b1, c2$/m);
  assert.match(merged, /^down_revision = \('b1', 'c2'\)$/m);
  assert.match(fillTemplate(template, { ...values, down: [] }, style).text, /^down_revision = None$/m);
});

test('a template with code of its own is not guessed at', () => {
  for (const template of ['<%! import re %>\n', '% for x in y:\n', `\${re.sub("a", "b", message)}\n`]) {
    const { text, own } = fillTemplate(template, values, style);
    assert.equal(own, false, template);
    assert.match(text, /^revision: str = 'ae10'$/m);
  }
});
