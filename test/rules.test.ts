/**
 * Every rule against its own words: documentation, examples and literate specification. Findings are claimed in the
 * text, and every claim must be found, every finding claimed; fixes are applied, parsed and checked again.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyEdits } from '../src/base/edit.ts';
import { indexLines, offsetAt } from '../src/base/line-index.ts';
import type { Judge } from '../src/database/judge.ts';
import { mergeFindings } from '../src/features/checking/merge-findings.ts';
import { sqlSubjects } from '../src/features/checking/sql-subjects.ts';
import { judgeStatements } from '../src/features/judging/judge-statements.ts';
import type { PlacedExample } from '../src/rules/examples/example-migrations.ts';
import { exampleFile, exampleImports, exampleModels } from '../src/rules/examples/example-project.ts';
import type { Finding } from '../src/rules/finding.ts';
import { rules } from '../src/rules/registry.ts';
import type { Rule, RuleExample } from '../src/rules/rule.ts';
import { recommendedSettings } from '../src/rules/rule-settings.ts';
import { createRuleRunner, type RuleRunner } from '../src/rules/run-rules.ts';
import { applySuppressions } from '../src/rules/suppressions.ts';
import { emptySchema } from '../src/schema/schema.ts';
import { loadSqlParser } from '../src/sql/parser.ts';
import { createSettingsReader } from '../src/workspace/settings-reader.ts';
import { migrationBench, type RuleBench } from './migration-bench.ts';
import { projectOf, scopeOf } from './project.ts';
import { openTestShadow } from './shadow.ts';
import { readSpecification, type SpecificationCase } from './specification.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'rules');
const runner = createRuleRunner(rules, { ...recommendedSettings, preset: 'all' });

/** With the options that a case's `pyproject.toml` has. */
function runnerOf(files: ReadonlyMap<string, string>): RuleRunner {
  if (!files.has('pyproject.toml')) return runner;
  const { settings } = createSettingsReader()({
    roots: ['/project'],
    textOf: path => files.get(path.replace('/project/', '')),
    editor: { preset: 'all' },
  });
  return createRuleRunner(rules, settings.rules);
}
const sql = await loadSqlParser();
const shadow = openTestShadow();
after(() => shadow.dispose());

test('every specification belongs to a rule', () => {
  const ids = new Set(rules.map(rule => `${rule.id}.md`));
  assert.deepEqual(
    readdirSync(folder).filter(name => !ids.has(name)),
    [],
  );
});

test('a rule is known by one id', () => {
  assert.equal(new Set(rules.map(rule => rule.id)).size, rules.length);
});

function assertDocumented(rule: Rule): void {
  const { summary, why, instead, references } = rule.documentation;
  assert.ok(summary.length > 20 && !summary.endsWith('.'), 'a summary, without a full stop');
  assert.ok(why.length > 40 && instead.length > 20, 'why, and what to write instead');
  assert.ok(references.every(reference => reference.startsWith('https://')) && references.length > 0);
  assert.ok(rule.examples.length > 0, 'at least one example');
  for (const option of rule.options ?? []) {
    assert.match(option.name, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(option.summary.length > 20 && !option.summary.endsWith('.'), 'a summary, without a full stop');
    assert.ok(option.accepts(option.default), 'the default is one of its values');
    const specification = readFileSync(join(folder, `${rule.id}.md`), 'utf8');
    assert.ok(specification.includes(option.name), `a case with ${option.name}`);
  }
}

function specificationOf(id: string): readonly SpecificationCase[] {
  const path = join(folder, `${id}.md`);
  return existsSync(path) ? readSpecification(id, readFileSync(path, 'utf8')).cases : [];
}

/** What the stricter presets add are habits: the code of other rules need not follow them. */
const recommended = new Set(rules.filter(each => each.preset === 'recommended').map(each => each.id));

function besidesHabits(findings: readonly Finding[], rule: Rule): readonly Finding[] {
  return findings.filter(each => each.rule === rule.id || recommended.has(each.rule));
}

async function checkExample(rule: Rule, example: RuleExample, bench: RuleBench): Promise<void> {
  const { bad, good, requirements } = example;
  const files = new Map(Object.entries(example.files ?? {}));
  if (requirements !== undefined) files.set('requirements.txt', requirements);
  const findings = besidesHabits(await bench.findingsIn(bench.place(bad), files), rule);
  assert.deepEqual(
    findings.map(finding => finding.rule),
    [rule.id],
    `the bad example gives one finding of its rule:\n${list(findings)}`,
  );
  const none = besidesHabits(await bench.findingsIn(bench.place(good), files), rule);
  assert.equal(list(none), '', 'the good example gives none');
}

async function checkCase(rule: Rule, each: SpecificationCase, bench: RuleBench): Promise<void> {
  const placed = bench.place(each.code);
  const { text } = placed;
  const findings = besidesHabits(await bench.findingsIn(placed, each.files), rule);
  const lines = indexLines(text);
  const offset = (line: number, column: number) =>
    offsetAt(lines, { line: line + placed.firstLine, column: column + placed.indent });
  const claimed = each.claims.map(claim => ({
    start: offset(claim.line, claim.column),
    end: offset(claim.line, claim.endColumn),
    words: claim.words,
  }));
  const found = findings.filter(finding => finding.rule === rule.id);
  assert.equal(
    list(findings.filter(finding => finding.rule !== rule.id)),
    '',
    'no other rule of the recommended preset has anything to say',
  );
  assert.deepEqual(
    found.map(({ range }) => firstLineOf(text, range)),
    claimed.map(({ start, end }) => text.slice(start, end)),
    list(findings),
  );
  for (const [index, claim] of claimed.entries()) {
    assert.equal(found[index]?.range.start, claim.start);
    assert.ok(
      found[index]?.message.includes(claim.words),
      `“${found[index]?.message}” holds “${claim.words}”`,
    );
  }
  if (each.fixed !== null)
    await checkFix(rule, placed, found, { fixed: each.fixed, files: each.files, bench });
}

/** A marker is one line long; a finding may go on below it. */
function firstLineOf(text: string, range: { readonly start: number; readonly end: number }): string {
  return text.slice(range.start, range.end).split('\n')[0] ?? '';
}

interface FixedCase {
  readonly fixed: string;
  readonly files: ReadonlyMap<string, string>;
  readonly bench: RuleBench;
}

async function checkFix(
  rule: Rule,
  placed: PlacedExample,
  findings: readonly Finding[],
  { fixed, files, bench }: FixedCase,
): Promise<void> {
  const edits = findings.flatMap(finding => finding.fixes[0]?.edits.flatMap(each => each.edits) ?? []);
  assert.ok(edits.length > 0, 'a fix is offered');
  const expected = bench.place(fixed);
  assert.equal(applyEdits(placed.text, edits), expected.text);
  const left = besidesHabits(await bench.findingsIn(expected, files), rule);
  assert.equal(list(left), '', 'the fixed code gives no finding');
}

async function findingsIn(text: string, files: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const project = projectOf({
    'app/__init__.py': '',
    'app/models.py': exampleModels,
    ...Object.fromEntries(files),
    'app/example.py': text,
  });
  const path = '/project/app/example.py';
  const file = project.files.get(path);
  assert.ok(file);
  assert.deepEqual(file.module.errors, [], 'the code parses');
  const judge: Judge = await shadow.judgeFor(project.models.values());
  const { statements } = project.factsOf(path);
  const scope = scopeOf(project);
  const drivers = scope.driversOf(path);
  const judged = await judgeStatements(
    {
      statements,
      models: project.models,
      schemaOfRevisions: () => emptySchema,
      fileOf: other => project.files.get(other),
      timeOf: () => null,
      syntaxOnly: null,
      foreignDatabase: () => null,
      isMadeByScript: () => false,
      sql,
      drivers,
    },
    judge,
    new AbortController().signal,
  );
  const subjects = judged.flatMap(each => each.objections);
  const asked = runnerOf(files);
  const all = [
    ...asked.checkFile(scope, path),
    ...asked.checkSql(scope, file, sqlSubjects(statements, sql, drivers)),
    ...asked.checkVerdicts(scope, file, subjects),
    ...asked.checkDescriptions(
      scope,
      file,
      judged.flatMap(each => each.described ?? []),
    ),
  ];
  return [...applySuppressions(mergeFindings(all), file)].sort((a, b) => a.range.start - b.range.start);
}

/** Code of Python rules: a file beside the example models. */
const pythonBench: RuleBench = {
  place: code => ({
    path: 'app/example.py',
    text: exampleFile(code),
    firstLine: exampleImports.split('\n').length - 1,
    indent: 0,
  }),
  findingsIn: ({ text }, files) => findingsIn(text, files),
};

function list(findings: readonly Finding[]): string {
  return findings.map(({ rule, message, range }) => `${rule} at ${range.start}: ${message}`).join('\n');
}

for (const rule of rules) {
  const bench = rule.category === 'migration' ? migrationBench(rule) : pythonBench;
  describe(rule.id, () => {
    test('is documented', () => assertDocumented(rule));
    for (const [index, example] of rule.examples.entries()) {
      test(`example ${index + 1}`, () => checkExample(rule, example, bench));
    }
    for (const each of specificationOf(rule.id)) test(each.title, () => checkCase(rule, each, bench));
  });
}
