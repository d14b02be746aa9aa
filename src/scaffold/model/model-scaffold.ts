/** New Model: a mapped class in the project's own style, known to its registry and to the models that it points to. */
import type { TextEdit } from '../../base/edit.ts';
import { withArticle, wordsOf } from '../names.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, addTypeImports } from '../python-code/add-imports.ts';
import { avoidClashes } from '../python-code/avoid-clashes.ts';
import { fromImport } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
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
import { editTargets, joined, needsGuard, type TargetEdits, withImports } from './edit-target.ts';
import type { ModelPlan } from './model-plan.ts';
import { modelQuestions } from './model-questions.ts';
import { modelFile, readPlan } from './read-plan.ts';
import { registerModel } from './register-model.ts';
import { type ModelCode, renderModel } from './render-class.ts';
import { enumsOf } from './render-enum.ts';
import { foundationOf } from './render-foundation.ts';

export const modelScaffold: Scaffold = {
  kind: 'model',
  title: 'New Model',
  problem: ({ base }) =>
    base?.kind === 'sqlmodel'
      ? 'The models of this project are SQLModel classes, which New Model does not write yet.'
      : null,
  questions: modelQuestions,
  check: checkAnswer,
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
  const problem = modelScaffold.problem(facts);
  if (problem !== null) return failed(problem);
  const { plan, problems } = readPlan(facts, answers, activePath);
  return renderPlan(facts, plan, problems);
}

/** Nothing is rendered where there are problems. */
export function renderPlan(facts: ProjectFacts, plan: ModelPlan, problems: readonly string[]): Rendering {
  const { path } = modelFile(plan);
  const taken =
    plan.place.kind === 'folder' && facts.exists(path)
      ? [`${path} exists already. Choose another name, or move that file.`]
      : [];
  const others = editTargets(facts, plan);
  const all = [...problems, ...taken, ...others.problems];
  if (all.length > 0) return failed(...all);
  const names = [plan.name, ...enumsOf(plan).map(each => each.className)];
  const foundation = foundationOf(facts, plan, names);
  const code = renderModel(facts, plan, foundation.base);
  const home = facts.fileAt(path);
  const own = others.targets.find(target => target.path === path);
  const model: ScaffoldFile = home
    ? { kind: 'edit', path, edits: appended(facts, home, avoidClashes(home, code), own) }
    : { kind: 'create', path, text: newFile(facts, plan, code) };
  const targets = others.targets
    .filter(target => target !== own)
    .map(
      (target): ScaffoldFile => ({
        kind: 'edit',
        path: target.path,
        edits: withImports(facts, target, plan),
      }),
    );
  const registered = registerModel(facts, plan, names);
  const files = [...foundation.files, model, ...merged(targets, registered)];
  return { files: files.map(file => withLineEnds(file, facts)), open: path, problems: [] };
}

/** A file keeps the line ends that it has. */
function withLineEnds(file: ScaffoldFile, { fileAt }: ProjectFacts): ScaffoldFile {
  if (file.kind === 'create' || !fileAt(file.path)?.text.includes('\r\n')) return file;
  return {
    ...file,
    edits: file.edits.map(edit => ({ ...edit, newText: edit.newText.replaceAll('\n', '\r\n') })),
  };
}

/** A registry that is also a target's file is edited once. */
function merged(targets: readonly ScaffoldFile[], registered: ScaffoldFile | null): readonly ScaffoldFile[] {
  if (registered?.kind !== 'edit') return targets;
  const same = targets.find(target => target.path === registered.path);
  if (same?.kind !== 'edit') return [...targets, registered];
  const edits = joined([...same.edits, ...registered.edits]);
  return targets.map(target => (target === same ? { ...same, edits } : target));
}

function newFile(facts: ProjectFacts, plan: ModelPlan, code: ModelCode): string {
  const guard = code.typeImports.length > 0 ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const imports = renderImports([...code.imports, ...guard], facts);
  const typeImports =
    code.typeImports.length > 0
      ? [`if TYPE_CHECKING:\n${renderImports(code.typeImports, { ...facts, indent: 4 })}`]
      : [];
  const documentation = facts.habits.moduleDocstrings
    ? [`"""The model of ${withArticle(wordsOf(plan.name).join(' '))}."""`]
    : [];
  const head = [...documentation, imports, ...typeImports].join('\n\n');
  return `${[head, ...code.blocks.map(lines => lines.join('\n'))].join('\n\n\n')}\n`;
}

/** At the end of a file that holds other models. */
function appended(
  facts: ProjectFacts,
  file: KnownFile,
  code: ModelCode,
  target: TargetEdits | undefined,
): readonly TextEdit[] {
  const guard =
    code.typeImports.length > 0 && needsGuard(file) ? [fromImport('typing', 'TYPE_CHECKING')] : [];
  const text = code.blocks.map(lines => lines.join('\n')).join('\n\n\n');
  const kept = file.text.trimEnd().length;
  const separator = kept === 0 ? '' : '\n\n\n';
  const end: TextEdit = { range: { start: kept, end: file.text.length }, newText: `${separator}${text}\n` };
  const imports = addImports(file, [...code.imports, ...guard, ...(target?.imports ?? [])], facts);
  const typeImports = code.typeImports.length > 0 ? addTypeImports(file, code.typeImports, facts) : [];
  return withEnd(joined([...imports, ...typeImports, ...(target?.edits ?? [])]), end);
}

/** What is inserted at the file's very end comes before the new class. */
function withEnd(edits: readonly TextEdit[], end: TextEdit): readonly TextEdit[] {
  const [rest, before] = [
    edits.filter(edit => edit.range.start < end.range.start),
    edits.filter(edit => edit.range.start >= end.range.start),
  ];
  return [...rest, { ...end, newText: before.map(edit => edit.newText).join('') + end.newText }];
}
