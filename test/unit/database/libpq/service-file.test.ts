import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { readServiceFile, serviceUrl } from '../../../../src/database/libpq/service-file.ts';

const text = `# for everybody
stray=1
[shop]
host=db.example
port = 6543
user=sh op
password=p@ss/word
dbname=shop

[other]
dbname=second
[shop]
dbname=never
`;

test('sections are services; the first of a name wins', () => {
  assert.deepEqual(readServiceFile(text), {
    shop: { host: 'db.example', port: '6543', user: 'sh op', password: 'p@ss/word', dbname: 'shop' },
    other: { dbname: 'second' },
  });
});

test('the URL of a service means what the service means', () => {
  const target = readConnectionUrl(serviceUrl(readServiceFile(text).shop ?? {}));
  assert.ok(target.kind === 'postgresql');
  assert.deepEqual(target.hosts, [{ host: 'db.example', port: 6543 }]);
  assert.deepEqual([target.user, target.password, target.database], ['sh op', 'p@ss/word', 'shop']);
});
