// The manifest that VS Code reads, generated from the tables in protocol/manifest.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands } from '../../../src/protocol/manifest/commands.ts';
import { settings } from '../../../src/protocol/manifest/settings.ts';
import { wholeNumber } from '../../../src/rules/rule-option.ts';
import { contributes, withContributes } from '../../../src/tools/generate/contributes.ts';

const most = wholeNumber({ name: 'most', summary: 'How many there may be', default: 3, minimum: 1 });
const rules = [
  { id: 'identity-comparison', summary: 'Compares by identity', severity: 'error', options: [most] },
];
const generated = JSON.parse(JSON.stringify(contributes(rules)));

const command = ({ command }: { command: string }) => command;
const view = ({ id }: { id: string }) => id;

test('every command, setting and view is contributed once', () => {
  assert.deepEqual(
    generated.commands.map(command),
    Object.keys(commands).map(name => `databasePatterns.${name}`),
  );
  assert.deepEqual(
    Object.keys(generated.configuration.properties),
    Object.keys(settings).map(name => `databasePatterns.${name}`),
  );
  assert.equal(generated.views.databasePatterns.length, 3);
});

test('buttons and completion events of what a newcomer sees name commands and views that exist', () => {
  const known = new Set(
    [...generated.commands.map(command), ...generated.views.databasePatterns.map(view)].map(String),
  );
  const texts = [JSON.stringify(generated.viewsWelcome), JSON.stringify(generated.walkthroughs)];
  const named = texts.flatMap(text => [
    ...text.matchAll(/\b(?:command|onCommand|onView):(databasePatterns\.\w+)/g),
  ]);
  assert.deepEqual(
    named.flatMap(([, name = '']) => (known.has(name) ? [] : [name])),
    [],
  );
  assert.ok(named.length > 10);
});

test('each step of the walkthrough has its picture', () => {
  for (const { media } of generated.walkthroughs[0].steps)
    assert.ok(existsSync(join(import.meta.dirname, '../../..', media.image)), media.image);
});

test('commands that need a row are not in the palette', () => {
  const hidden = generated.menus.commandPalette.find(
    ({ command }: { command: string }) => command === 'databasePatterns.openRevision',
  );
  assert.deepEqual(hidden, { command: 'databasePatterns.openRevision', when: 'false' });
});

test('rules become settings', () => {
  const { properties } = generated.configuration.properties['databasePatterns.rules'];
  assert.deepEqual(Object.keys(properties), ['identity-comparison']);
  assert.equal(properties['identity-comparison'].default, 'error');
});

test('options of rules become settings, by their types', () => {
  const schema = generated.configuration.properties['databasePatterns.ruleOptions'];
  assert.deepEqual(schema.propertyNames.enum, ['identity-comparison']);
  const { exclude, most } = schema.properties['identity-comparison'].properties;
  assert.equal(exclude.type, 'array');
  assert.deepEqual(most, {
    type: 'integer',
    minimum: 1,
    default: 3,
    markdownDescription: 'How many there may be.',
  });
});

test('settings that reach processes or databases are restricted', () => {
  const { capabilities } = JSON.parse(JSON.stringify(withContributes({}, rules)));
  assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
    'databasePatterns.checkConnection',
    'databasePatterns.pythonPath',
    'databasePatterns.connections',
    'databasePatterns.pools.telemetry',
  ]);
});

test('contributions that are written by hand stay', () => {
  const themes = [{ label: 'x', path: './x.json' }];
  const { contributes: all, name } = withContributes(
    { name: 'x', contributes: { themes, commands: [] } },
    rules,
  );
  assert.equal(name, 'x');
  assert.deepEqual((all as { themes: unknown }).themes, themes);
});

test('the patterns in when clauses tell rows apart', () => {
  const rows = (context: string) =>
    generated.menus['view/item/context']
      .filter(({ when }: { when: string }) => {
        const pattern = /viewItem =~ \/(.*)\//.exec(when)?.[1] ?? '(?!)';
        return new RegExp(pattern).test(context);
      })
      .map(({ command }: { command: string }) => command.replace('databasePatterns.', ''));
  const free = rows('connection postgresql file free');
  assert.ok(
    free.includes('useForChecks') && !free.includes('stopUsingForChecks') && !free.includes('forgetPassword'),
  );
  const chosen = rows('connection postgresql file stored chosen');
  assert.ok(chosen.includes('stopUsingForChecks') && !chosen.includes('useForChecks'));
  assert.ok(chosen.includes('forgetPassword'));
  assert.ok(!rows('revision applied').includes('upgradeToHere'));
  assert.ok(rows('revision pending').includes('upgradeToHere'));
  assert.ok(!rows('pool').includes('revealEngine') && rows('pool engine').includes('revealEngine'));
  assert.ok(
    rows('environment manyHeads').includes('mergeHeads') && !rows('environment').includes('mergeHeads'),
  );
});
