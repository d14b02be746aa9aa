/** Convert to 2.0 Style: what can be said in the style of 2.0 without changing what it means; the rest is listed. */
import { counted } from '../../base/counted.ts';
import { choicesAnswer, textAnswer } from '../answers.ts';
import type { ProjectFacts } from '../project-facts.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { convertBackrefs } from './convert-backrefs.ts';
import { convertBases } from './convert-base.ts';
import { convertColumns } from './convert-columns.ts';
import { convertQueries } from './convert-queries.ts';
import { convertRelationships } from './convert-relationships.ts';
import { FileConversion } from './file-conversion.ts';
import { settleLayout } from './settle-layout.ts';

export const convertScaffold: Scaffold = {
  kind: 'convert',
  title: 'Convert to 2.0 Style',
  problem: () => null,
  questions,
  check: () => null,
  render,
};

const parts = ['columns', 'relationships', 'backrefs', 'base', 'queries'] as const;

function questions(facts: ProjectFacts, activePath: string | null): readonly Question[] {
  const isFile = activePath !== null && facts.project.files.has(activePath);
  return [
    {
      kind: 'pick',
      id: 'scope',
      title: 'Files',
      prompt: 'What is converted.',
      options: [
        ...(isFile
          ? [{ value: 'file', label: 'The open file', description: activePath.slice(facts.root.length + 1) }]
          : []),
        { value: 'workspace', label: 'The workspace' },
      ],
      initial: isFile ? 'file' : 'workspace',
    },
    {
      kind: 'multi-pick',
      id: 'parts',
      title: 'Parts',
      prompt: 'What is said in another way. Nothing changes what it means.',
      options: [
        { value: 'columns', label: 'Column → mapped_column', description: 'annotated with Mapped' },
        { value: 'relationships', label: 'Relationships', description: 'annotated with Mapped' },
        { value: 'backrefs', label: 'backref → back_populates', description: 'on both classes' },
        { value: 'base', label: 'declarative_base() → DeclarativeBase' },
        { value: 'queries', label: 'Query → select()', description: 'where the rows stay the same' },
      ],
      initial: parts,
    },
    {
      kind: 'pick',
      id: 'dynamic',
      title: 'Dynamic relationships',
      prompt: 'lazy="dynamic" is legacy; what takes its place is used in another way.',
      options: [
        { value: 'dynamic', label: 'Keep them', description: 'annotated with DynamicMapped' },
        {
          value: 'write-only',
          label: 'Make them write-only',
          description: 'code that uses them has to follow',
        },
      ],
      initial: 'dynamic',
    },
  ];
}

function render(facts: ProjectFacts, answers: Answers, activePath: string | null): Rendering {
  const chosen = answers.parts === undefined ? parts : choicesAnswer(answers, 'parts');
  const scope = textAnswer(answers, 'scope');
  const paths = pathsFor(facts, scope, activePath);
  if (paths.length === 0) return failed('There is no Python file to convert.');
  const conversions = new Map<string, FileConversion>();
  const conversionAt = (path: string): FileConversion | null => {
    const known = conversions.get(path);
    const file = facts.project.files.get(path);
    const isChosen = paths.includes(path) || facts.isOwnCode(path);
    if (known || !file || file.module.errors.length > 0 || !isChosen) return known ?? null;
    const made = new FileConversion(facts, file);
    conversions.set(path, made);
    return made;
  };
  const counts = { columns: 0, relationships: 0, backrefs: 0, base: 0, queries: 0 };
  const dynamic = textAnswer(answers, 'dynamic') === 'write-only' ? 'write-only' : 'dynamic';
  for (const path of paths) {
    const conversion = conversionAt(path);
    if (!conversion) continue;
    if (chosen.includes('columns')) counts.columns += convertColumns(conversion);
    if (chosen.includes('relationships')) counts.relationships += convertRelationships(conversion, dynamic);
    if (chosen.includes('backrefs')) counts.backrefs += convertBackrefs(conversion, conversionAt);
    settleLayout(conversion);
    if (chosen.includes('base')) counts.base += convertBases(conversion);
    if (chosen.includes('queries')) counts.queries += convertQueries(conversion);
  }
  const changed = [...conversions.values()].filter(conversion => conversion.isChanged);
  const left = [...conversions.values()].flatMap(conversion => conversion.left);
  if (changed.length === 0) return failed(['There is nothing to convert.', ...left].join('\n'));
  const files = changed.map(
    (conversion): ScaffoldFile => ({ kind: 'edit', path: conversion.file.path, edits: conversion.edits() }),
  );
  return { files, open: null, problems: [], notes: [summary(counts, changed.length), ...left] };
}

/** Tests, revisions and examples are converted where they are named, and not along with their folder. */
function pathsFor(
  { project, root, isOwnCode }: ProjectFacts,
  scope: string,
  activePath: string | null,
): readonly string[] {
  const all = [...project.files.keys()].sort();
  if (scope === 'workspace') return all.filter(isOwnCode);
  if (scope === 'file' || scope === '') return all.filter(path => path === activePath);
  const asked = scope.startsWith('/') ? scope : `${root}/${scope}`;
  return all.filter(path => path === asked || (path.startsWith(`${asked}/`) && isOwnCode(path)));
}

function summary(counts: Readonly<Record<(typeof parts)[number], number>>, files: number): string {
  const found = [
    counted(counts.columns, 'column'),
    counted(counts.relationships, 'relationship'),
    counted(counts.backrefs, 'backref'),
    counted(counts.base, 'base class').replace('classs', 'classes'),
    counted(counts.queries, 'query').replace('querys', 'queries'),
  ];
  return `Converted in ${counted(files, 'file')}: ${found.join(', ')}.`;
}
