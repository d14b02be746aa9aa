/** Every case of `test/scaffold/cases.ts`: it is written, fits the line, parses, is what was asked for, and breaks no rule. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rules } from '../../../src/rules/registry.ts';
import { recommendedSettings } from '../../../src/rules/rule-settings.ts';
import { createRuleRunner } from '../../../src/rules/run-rules.ts';
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import type { MappedAttribute } from '../../../src/sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../../src/sqlalchemy/project.ts';
import { projectOf, scopeOf } from '../../project.ts';
import { factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';
import { caseProjects } from '../../scaffold/cases.ts';
import { type CaseRun, projectTexts, runCases } from '../../scaffold/run-cases.ts';

const runner = createRuleRunner(rules, { ...recommendedSettings, preset: 'all' });

for (const each of caseProjects) {
  describe(each.project, () => {
    const runs = runCases(each);
    const texts = runs.at(-1)?.applied.texts ?? {};
    const project = projectOf(pythonOf(texts));
    for (const run of runs) test(run.scaffoldCase.name, () => checkCase(run, project));
    test('no rule has anything to say that it had not said before', () => {
      const before = new Set(findingsIn(each.texts ?? projectTexts(each.project)));
      assert.deepEqual(
        findingsIn(texts).filter(finding => !before.has(finding)),
        [],
      );
    });
  });
}

function findingsIn(texts: Texts): readonly string[] {
  const python = pythonOf(texts);
  const project = projectOf(python);
  return Object.keys(python).flatMap(path =>
    runner.checkFile(scopeOf(project), `/project/${path}`).map(finding => `${path}: ${finding.message}`),
  );
}

function pythonOf(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => path.endsWith('.py')));
}

function checkCase({ scaffoldCase, applied }: CaseRun, project: SqlAlchemyProject): void {
  assert.deepEqual(applied.problems, []);
  const { lineLength } = factsOf(applied.texts).style;
  for (const [path, text] of Object.entries(pythonOf(applied.changed))) {
    assert.deepEqual(
      // A comment for a tool counts for no formatter.
      text.split('\n').filter(line => line.replace(/ {2}# (noqa|type:).*$/, '').length > lineLength),
      [],
      path,
    );
    assert.match(text, /[^\n]\n$/, `${path} ends with one line end`);
    assert.deepEqual(projectOf({ [path]: text }).files.get(`/project/${path}`)?.module.errors, [], path);
  }
  if (scaffoldCase.kind === 'model') checkModel(scaffoldCase.answers, project);
}

/** Read back by the product's own reader. */
function checkModel(answers: Answers, project: SqlAlchemyProject): void {
  const model = [...project.models.values()].find(each => each.name === answers.name);
  assert.ok(model, `${String(answers.name)} is mapped`);
  const columns = Array.isArray(answers.columns) ? (answers.columns as readonly Answers[]) : [];
  for (const asked of columns) {
    const found: MappedAttribute | undefined = model.attributes.find(({ name }) => name === asked.name);
    assert.ok(found?.kind === 'column', `${String(asked.name)} is a column`);
    assert.equal(found.nullable, asked.nullable === true, `${found.name} nullable`);
    assert.equal(found.unique, asked.unique === true || asked.single === true, `${found.name} unique`);
    const isKey = asked.type === 'foreign-key';
    assert.equal(
      found.index,
      asked.index === true || (isKey && asked.single !== true),
      `${found.name} index`,
    );
    assert.equal(found.foreignKey !== null, isKey, `${found.name} foreign key`);
  }
  for (const attribute of model.attributes) {
    if (attribute.kind !== 'relationship') continue;
    const target = project.models.get(attribute.target ?? '');
    const back = target?.attributes.find(other => other.name === attribute.backPopulates);
    assert.ok(
      back?.kind === 'relationship' && back.backPopulates === attribute.name,
      `${attribute.name} is on both sides`,
    );
  }
}
