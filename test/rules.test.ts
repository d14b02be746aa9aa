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
import { readDrivers } from '../src/features/assumed-drivers.ts';
import { judgeStatements } from '../src/features/judge-statements.ts';
import { mergeFindings } from '../src/features/merge-findings.ts';
import { sqlSubjects } from '../src/features/sql-subjects.ts';
import { exampleFile, exampleImports, exampleModels } from '../src/rules/example-project.ts';
import type { Finding } from '../src/rules/finding.ts';
import { rules } from '../src/rules/registry.ts';
import type { Rule } from '../src/rules/rule.ts';
import { createRuleRunner } from '../src/rules/run-rules.ts';
import { applySuppressions } from '../src/rules/suppressions.ts';
import { loadSqlParser } from '../src/sql/parser.ts';
import { projectOf } from './project.ts';
import { openTestShadow } from './shadow.ts';
import { readSpecification, type SpecificationCase } from './specification.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'rules');
const runner = createRuleRunner(rules, { preset: 'all', severities: {} });
const sql = await loadSqlParser();
const shadow = openTestShadow();
after(() => shadow.dispose());

/** Rules about revision graphs speak of several files; `test/unit/rules` holds their cases. */
const aboutPython = rules.filter(rule => rule.check.graph === undefined);

for (const rule of aboutPython) {
  describe(rule.id, () => {
    test('is documented', () => assertDocumented(rule));
    for (const [index, example] of rule.examples.entries()) {
      test(`example ${index + 1}`, () => checkExample(rule, example.bad, example.good));
    }
    for (const each of specificationOf(rule.id)) test(each.title, () => checkCase(rule, each));
  });
}

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
}

function specificationOf(id: string): readonly SpecificationCase[] {
  const path = join(folder, `${id}.md`);
  return existsSync(path) ? readSpecification(id, readFileSync(path, 'utf8')).cases : [];
}

async function checkExample(rule: Rule, bad: string, good: string): Promise<void> {
  const findings = await findingsIn(exampleFile(bad), new Map());
  assert.deepEqual(
    findings.map(finding => finding.rule),
    [rule.id],
    `the bad example gives one finding of its rule:\n${list(findings)}`,
  );
  assert.deepEqual(list(await findingsIn(exampleFile(good), new Map())), '', 'the good example gives none');
}

async function checkCase(rule: Rule, each: SpecificationCase): Promise<void> {
  const text = exampleFile(each.code);
  const findings = await findingsIn(text, each.files);
  const lines = indexLines(text);
  const firstLine = exampleImports.split('\n').length - 1;
  const claimed = each.claims.map(claim => ({
    start: offsetAt(lines, { line: claim.line + firstLine, column: claim.column }),
    end: offsetAt(lines, { line: claim.line + firstLine, column: claim.endColumn }),
    words: claim.words,
  }));
  const found = findings.filter(finding => finding.rule === rule.id);
  assert.equal(
    list(findings.filter(finding => finding.rule !== rule.id)),
    '',
    'no other rule has anything to say',
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
  if (each.fixed !== null) await checkFix(text, found, exampleFile(each.fixed), each.files);
}

/** A marker is one line long; a finding may go on below it. */
function firstLineOf(text: string, range: { readonly start: number; readonly end: number }): string {
  return text.slice(range.start, range.end).split('\n')[0] ?? '';
}

async function checkFix(
  text: string,
  findings: readonly Finding[],
  expected: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const edits = findings.flatMap(finding => finding.fixes[0]?.edits.flatMap(each => each.edits) ?? []);
  assert.ok(edits.length > 0, 'a fix is offered');
  assert.equal(applyEdits(text, edits), expected);
  assert.equal(list(await findingsIn(expected, files)), '', 'the fixed code gives no finding');
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
  const drivers = readDrivers(project.engines, []);
  const judged = await judgeStatements(
    { statements, fileOf: other => project.files.get(other), revision: false, sql, drivers },
    judge,
    new AbortController().signal,
  );
  const subjects = judged.flatMap(each => each.objections);
  const all = [
    ...runner.checkFile(project, path),
    ...runner.checkSql(project, file, sqlSubjects(statements, sql, drivers)),
    ...runner.checkVerdicts(project, file, subjects),
  ];
  return [...applySuppressions(mergeFindings(all), file)].sort((a, b) => a.range.start - b.range.start);
}

function list(findings: readonly Finding[]): string {
  return findings.map(({ rule, message, range }) => `${rule} at ${range.start}: ${message}`).join('\n');
}
