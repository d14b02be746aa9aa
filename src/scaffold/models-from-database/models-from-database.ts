/** Models from an Existing Database: its tables as classes in the project's own style, related on both sides. */
import type { DatabaseSchema } from '../../schema/schema.ts';
import { choicesAnswer, textAnswer } from '../answers.ts';
import { withFileHeads } from '../file-heads.ts';
import { newPlace } from '../model/read-plan.ts';
import { inPackage } from '../paths.ts';
import type { ModelPlace, ProjectFacts } from '../project-facts.ts';
import { type Answers, failed, type Question, type Rendering, type Scaffold } from '../scaffold.ts';
import { openTables, tableLabel, withTargetColumns, withTargets } from './choose-tables.ts';
import { learnConvention } from './learn-convention.ts';
import { planModels } from './plan-models.ts';
import { writeModules } from './write-modules.ts';

export const modelsFromDatabaseTitle = 'Models from an Existing Database';

/** The scaffold for a schema that has been read. */
export function modelsFromDatabase(schema: DatabaseSchema): Scaffold {
  return withFileHeads({
    kind: 'models-from-database',
    title: modelsFromDatabaseTitle,
    problem: facts => problemOf(facts, schema),
    questions: facts => questions(facts, schema),
    check: () => null,
    render: (facts, answers) => render(facts, answers, schema),
  });
}

function problemOf(facts: ProjectFacts, schema: DatabaseSchema): string | null {
  if (schema.tables.length === 0) return 'There is no table in it that could become a model.';
  if (openTables(schema, facts).length === 0) return 'Every table has a model already.';
  return facts.base?.kind === 'sqlmodel'
    ? 'The models of this project are SQLModel classes, which are not written from a database yet: New Model and Add Column write them one by one.'
    : null;
}

function questions(facts: ProjectFacts, schema: DatabaseSchema): readonly Question[] {
  const open = openTables(schema, facts);
  const names = open.map(tableLabel);
  return [
    {
      kind: 'multi-pick',
      id: 'tables',
      title: 'Tables',
      prompt: 'Those that become models. What they point to is written along.',
      options: open.map(table => ({
        value: tableLabel(table),
        label: tableLabel(table),
        description: `${table.columns.length} columns${table.primaryKey ? '' : ', no primary key'}`,
        ...(table.comment === null ? {} : { detail: table.comment }),
      })),
      initial: names,
    },
    ...placeQuestion(facts),
  ];
}

/** Not asked where there is but one. */
function placeQuestion(facts: ProjectFacts): readonly Question[] {
  const [first, ...others] = placesOf(facts);
  if (!first || others.length === 0) return [];
  return [
    {
      kind: 'pick',
      id: 'place',
      title: 'Place',
      prompt: 'The file or folder that the models go into.',
      options: [first, ...others].map(({ path, kind }) => ({
        value: path,
        label: path.slice(facts.root.length + 1),
        description: kind === 'folder' ? 'a file for each model' : 'all in one file',
      })),
      initial: first.path,
    },
  ];
}

/** Where models are already; in a project without any, a package or a module. */
function placesOf(facts: ProjectFacts): readonly ModelPlace[] {
  if (facts.places.length > 0) return facts.places;
  const first = newPlace(facts);
  const { path, module } = facts.package;
  const file: ModelPlace = { kind: 'file', path: `${path}/models.py`, module: inPackage(module, 'models') };
  return first.kind === 'file' ? [first] : [first, file];
}

function render(facts: ProjectFacts, answers: Answers, given: DatabaseSchema): Rendering {
  const problem = problemOf(facts, given);
  if (problem !== null) return failed(problem);
  const schema = withTargetColumns(given);
  const open = openTables(schema, facts);
  const all = open.map(tableLabel);
  const chosen = answers.tables === undefined ? all : choicesAnswer(answers, 'tables');
  const unknown = chosen.filter(name => !all.includes(name));
  if (unknown.length > 0)
    return failed(`There is no table ${unknown.join(', ')} without a model. There are: ${all.join(', ')}.`);
  if (chosen.length === 0) return failed('No table was chosen.');
  const asked = textAnswer(answers, 'place');
  const places = placesOf(facts);
  const place =
    places.find(each => each.path === asked || each.path.endsWith(`/${asked}`)) ??
    (asked === '' ? places[0] : undefined);
  if (!place)
    return failed(`Models cannot go into ${asked}. Choose ${places.map(each => each.path).join(' or ')}.`);
  const tables = withTargets(open, chosen);
  const rendering = writeModules(facts, {
    plan: planModels(facts, schema, tables),
    schema,
    place,
    convention: learnConvention(tables),
  });
  const along = tables.map(tableLabel).filter(name => !chosen.includes(name));
  const notes =
    along.length === 0 ? [] : [`Written along, since foreign keys point there: ${along.join(', ')}.`];
  return { ...rendering, notes: [...notes, ...(rendering.notes ?? [])] };
}
