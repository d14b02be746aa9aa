/** The questions about a graph that Alembic and we both answer, our answers, and their comparison. */
import type { RevisionGraph } from '../../src/alembic/graph/graph.ts';
import { walkRevisions } from '../../src/alembic/graph/graph-walk.ts';
import { downgradeSteps, resolveRevisions, upgradeSteps } from '../../src/alembic/graph/resolve-revisions.ts';
import type { Resolution } from '../../src/alembic/graph/revision-error.ts';

export type IdsOrError = readonly string[] | { readonly error: string } | { readonly defect: string };
type Step = readonly [target: string, current: readonly string[]];

export interface Questions {
  readonly symbols: readonly string[];
  readonly upgrades: readonly Step[];
  readonly downgrades: readonly Step[];
}

export interface GraphAnswer {
  /** The map cannot be loaded at all. */
  readonly error?: string;
  /** Codes of our problems that stop Alembic from loading the map. */
  readonly fatal?: readonly string[];
  readonly heads: readonly string[];
  readonly bases: readonly string[];
  readonly effectiveHeads: readonly string[];
  readonly revisions: Readonly<Record<string, unknown>>;
  readonly walk: IdsOrError;
  readonly resolve: readonly IdsOrError[];
  readonly upgrades: readonly IdsOrError[];
  readonly downgrades: readonly IdsOrError[];
}

/** Every revision of a small graph, some of a large one, in each form that an identifier can take. */
export function questionsAbout(graph: RevisionGraph): Questions {
  const step = Math.max(1, Math.floor(graph.nodes.length / 12));
  const ids = graph.nodes.filter((_, index) => index % step === 0).map(node => node.id);
  const labels = [...graph.byLabel.keys()].slice(0, 4);
  const symbols = [
    ...[
      'head',
      'heads',
      'base',
      '+1',
      '-1',
      '+2',
      'head-1',
      'head-2',
      'heads-1',
      'base+1',
      'base+3',
      'nosuch',
      'ab',
      'x@head',
      'nosuch+1',
    ],
    ...ids.flatMap(id => [
      id,
      id.slice(0, 4),
      id.slice(0, 3),
      `${id}+1`,
      `${id}-1`,
      `${id}+2`,
      `${id}-2`,
      `${id}@head`,
      `${id}@base`,
    ]),
    ...labels.flatMap(label => [
      label,
      `${label}@head`,
      `${label}@heads`,
      `${label}@base`,
      `${label}@+1`,
      `${label}@head-1`,
      `${label}@${ids[0]}`,
      `${label}@${ids[0]}+1`,
    ]),
  ];
  const currents = [[], ...ids.slice(0, 4).map(id => [id]), [...graph.effectiveHeads]];
  const targets = [
    'head',
    'heads',
    '+1',
    '+2',
    ...ids.slice(0, 3),
    ...labels.map(label => `${label}@head`),
    ...labels.map(label => `${label}@+1`),
  ];
  const lower = [
    'base',
    '-1',
    '-2',
    ...ids.slice(0, 4),
    ...ids.slice(0, 2).map(id => `${id}+1`),
    ...labels.flatMap(label => [`${label}@base`, `${label}@-1`]),
  ];
  return {
    symbols,
    upgrades: currents.flatMap(current => targets.map((target): Step => [target, current])),
    downgrades: currents.flatMap(current => lower.map((target): Step => [target, current])),
  };
}

export function answerAbout(graph: RevisionGraph, questions: Questions): GraphAnswer {
  return {
    heads: graph.heads,
    bases: graph.bases,
    effectiveHeads: graph.effectiveHeads,
    revisions: Object.fromEntries(
      graph.nodes.map(node => [
        node.id,
        {
          down: node.down,
          dependencies: [...node.dependencies].sort(),
          ownDependencies: [...node.ownDependencies].sort(),
          next: [...node.next].sort(),
          labels: [...node.branchLabels].sort(),
          message: node.revision.message,
        },
      ]),
    ),
    fatal: graph.problems.map(problem => problem.code).filter(code => code in fatalErrors),
    walk: walkRevisions(graph).map(node => node.id),
    resolve: questions.symbols.map(symbol => idsOf(resolveRevisions(graph, symbol), 'detail')),
    upgrades: questions.upgrades.map(([target, current]) =>
      idsOf(upgradeSteps(graph, target, current), 'message'),
    ),
    downgrades: questions.downgrades.map(([target, current]) =>
      idsOf(downgradeSteps(graph, target, current), 'message'),
    ),
  };
}

function idsOf(
  result: Resolution<readonly { readonly id: string }[]>,
  wording: 'message' | 'detail',
): IdsOrError {
  return result.kind === 'resolved' ? result.value.map(node => node.id) : { error: result[wording] };
}

/**
 * `theirs` has Alembic's answer under several hash seeds: it walks sets in places, so that its order and the names in a
 * message may vary from run to run. Ours has to equal one of them; where they vary, the same members in any order will do.
 */
export function compareAnswers(
  ours: GraphAnswer,
  theirs: readonly GraphAnswer[],
): { compared: number; differences: string[] } {
  const differences: string[] = [];
  let compared = 0;
  const check = (what: string, mine: unknown, others: readonly unknown[]) => {
    compared++;
    if (others.some(other => same(mine, other))) return;
    const vary = others.some(other => !same(other, others[0]));
    if (vary && others.some(other => same(sorted(mine), sorted(other)))) return;
    differences.push(
      `${what}: ours ${JSON.stringify(mine)?.slice(0, 300)}, Alembic ${JSON.stringify(others[0])?.slice(0, 300)}`,
    );
  };
  const failure = theirs.find(answer => answer.error !== undefined)?.error;
  if (failure !== undefined) {
    const seen = ours.fatal?.some(code => fatalErrors[code]?.test(failure));
    return {
      compared: 1,
      differences: seen ? [] : [`Alembic cannot load it: ${failure}, ours ${ours.fatal}`],
    };
  }
  for (const part of ['heads', 'bases', 'effectiveHeads', 'walk'] as const) {
    check(
      part,
      ours[part],
      theirs.map(answer => answer[part]),
    );
  }
  const ids = new Set([
    ...Object.keys(ours.revisions),
    ...theirs.flatMap(answer => Object.keys(answer.revisions)),
  ]);
  for (const id of ids)
    check(
      id,
      withoutEmpty(ours.revisions[id]),
      theirs.map(answer => withoutEmpty(answer.revisions[id])),
    );
  for (const part of ['resolve', 'upgrades', 'downgrades'] as const) {
    ours[part].forEach((mine, index) => {
      check(
        `${part}[${index}]`,
        mine,
        theirs.map(answer => withoutDefect(answer[part][index], mine)),
      );
    });
  }
  return { compared, differences };
}

/** By the code of our problem: what Alembic says where it cannot go on. */
const fatalErrors: Readonly<Record<string, RegExp>> = {
  'revision-cycle': /^(?:Dependency)?CycleDetected: /,
  'self-loop': /^(?:Dependency)?LoopDetected: /,
  'unknown-down-revision': /^KeyError: |broken map/,
  'unknown-dependency': /^KeyError: /,
  'branch-label-clash': /^RevisionError: Branch name '/,
  'illegal-revision-id': /^RevisionError: Character/,
};

/** A map has no docstrings, and a docstring that only the template wrote is no message to us. */
function withoutEmpty(revision: unknown): unknown {
  if (typeof revision !== 'object' || revision === null) return revision;
  const { message, ...rest } = revision as { message?: string | null };
  return !message || /^(?:Revision ID|Revises|Create Date):/.test(message) ? rest : { message, ...rest };
}

/** Where Alembic fails with an assertion or the like, any error of ours is as good. */
function withoutDefect(answer: IdsOrError | undefined, mine: IdsOrError): IdsOrError | undefined {
  return answer !== undefined && 'defect' in answer && 'error' in mine ? mine : answer;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
