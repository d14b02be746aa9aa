/** New Model: a mapped class in the project's own style, known to its registry and to the models that it points to. */
import { textAnswer } from '../answers.ts';
import { withArticle, wordsOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { asImported } from '../python-code/as-imported.ts';
import { avoidClashes } from '../python-code/avoid-clashes.ts';
import {
  type AnswerCheck,
  type Answers,
  failed,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { checkColumnAnswer } from './check-column-answer.ts';
import { checkModelName, checkTableName } from './check-names.ts';
import { editTargets, joined, withImports } from './edit-target.ts';
import { appended, newModule } from './model-file.ts';
import type { ModelPlan } from './model-plan.ts';
import { modelQuestions } from './model-questions.ts';
import { modelFile, readPlan, tableName } from './read-plan.ts';
import { registerModels } from './register-model.ts';
import { renderModel } from './render-class.ts';
import { enumsOf } from './render-enum.ts';
import { foundationOf } from './render-foundation.ts';

export const modelScaffold: Scaffold = {
  kind: 'model',
  title: 'New Model',
  problem: () => null,
  questions: modelQuestions,
  check: checkAnswer,
  suggest: (facts, { path: [first], answers }) =>
    first === 'table' ? tableName(facts, textAnswer(answers, 'name'), '') : null,
  render,
};

function checkAnswer(facts: ProjectFacts, { path, value }: AnswerCheck): string | null {
  const [first, question = ''] = path;
  switch (first) {
    case 'name':
      return checkModelName(facts, value);
    case 'table':
      return checkTableName(facts, value);
    case 'columns':
      return checkColumnAnswer(question, value);
    default:
      return null;
  }
}

function render(facts: ProjectFacts, answers: Answers, activePath: string | null): Rendering {
  const { plan, problems } = readPlan(facts, answers, activePath);
  return renderPlan(facts, plan, problems);
}

/** Nothing is rendered where there are problems. */
export function renderPlan(facts: ProjectFacts, plan: ModelPlan, problems: readonly string[]): Rendering {
  const { path } = modelFile(plan);
  const others = editTargets(facts, plan);
  const all = [...problems, ...others.problems];
  if (all.length > 0) return failed(...all);
  const names = [plan.name, ...enumsOf(plan).map(each => each.className)];
  const exported = names.map(name => ({ name, module: modelFile(plan).module }));
  const foundation = foundationOf(facts, plan.place, exported);
  const code = renderModel(facts, plan, foundation.base);
  const home = facts.fileAt(path);
  const own = others.targets.find(target => target.path === path);
  const documentation = `The model of ${withArticle(wordsOf(plan.name).join(' '))}.`;
  const model: ScaffoldFile = home
    ? {
        kind: 'edit',
        path,
        edits: appended(facts, home, avoidClashes(home, asImported(home, code, facts.style)), own),
      }
    : { kind: 'create', path, text: newModule(facts, documentation, code) };
  const targets = others.targets
    .filter(target => target !== own)
    .map(
      (target): ScaffoldFile => ({
        kind: 'edit',
        path: target.path,
        edits: withImports(facts, target, plan),
      }),
    );
  const registered = registerModels(facts, plan.place, [{ ...modelFile(plan), names }]);
  const files = [...foundation.files, model, ...merged(targets, registered)];
  return { files: files.map(file => withLineEnds(file, facts)), open: path, problems: [] };
}

/** A file keeps the line ends that it has. */
export function withLineEnds(file: ScaffoldFile, { fileAt }: ProjectFacts): ScaffoldFile {
  if (file.kind === 'create' || !fileAt(file.path)?.text.includes('\r\n')) return file;
  return {
    ...file,
    edits: file.edits.map(edit => ({ ...edit, newText: edit.newText.replaceAll('\n', '\r\n') })),
  };
}

/** A registry that is also a target's file is edited once. */
export function merged(
  targets: readonly ScaffoldFile[],
  registered: ScaffoldFile | null,
): readonly ScaffoldFile[] {
  if (registered?.kind !== 'edit') return targets;
  const same = targets.find(target => target.path === registered.path);
  if (same?.kind !== 'edit') return [...targets, registered];
  const edits = joined([...same.edits, ...registered.edits]);
  return targets.map(target => (target === same ? { ...same, edits } : target));
}
