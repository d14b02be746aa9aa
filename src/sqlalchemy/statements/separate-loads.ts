/**
 * The statements that loading relationships sends besides: `selectinload(…)` and `lazy="selectin"`, as SQLAlchemy writes
 * them when the first statement has given its rows. Worked out when it is asked for, not with every check.
 */
import type { Model, RelationshipAttribute } from '../model.ts';
import { renderStatement } from '../render/render-statement.ts';
import type { SeparateLoad } from '../statement.ts';
import { entityOf } from './entities.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import type { LoadPath, LoadStep, SelectNode, StatementNode } from './ir.ts';
import { selectIn } from './select-in.ts';
import { withLoading } from './select-in-loading.ts';
import type { StatementValue } from './value.ts';

/** What is sent to load one relationship: its way from the class that the statement lists, and the statement. */
interface SeparateNode extends Pick<SeparateLoad, 'path' | 'strategy' | 'unknown'> {
  readonly node: SelectNode | null;
}

/** More than anybody reads. */
const LIMIT = 40;

function separateLoads(evaluation: Evaluation, node: StatementNode): readonly SeparateNode[] {
  if (node.kind !== 'select' || node.unknown !== null) return [];
  const found: SeparateNode[] = [];
  for (const item of node.items) {
    if (item.kind !== 'entity') continue;
    const loads = node.loads ?? [];
    loadsBelow(
      { evaluation, found, criteria: node.criteria },
      { model: item.model, loads, way: [item.model], path: item.model.name },
    );
  }
  return found;
}

/** What the values of one statement send besides, each once. */
export function renderedLoads(
  evaluation: Evaluation,
  values: readonly StatementValue[],
): readonly SeparateLoad[] {
  const silent: Evaluation = { ...evaluation, recorder: null };
  const made = values.flatMap(({ node }) => separateLoads(silent, node)).map(rendered);
  return [...new Map(made.map(each => [`${each.path} ${each.statement?.sql}`, each])).values()];
}

function rendered({ path, strategy, node, unknown }: SeparateNode): SeparateLoad {
  if (node === null) return { path, strategy, statement: null, unknown };
  return { path, strategy, ...renderStatement(node) };
}

interface Search {
  readonly evaluation: Evaluation;
  readonly found: SeparateNode[];
  /** Conditions of the first statement that count for what is loaded, too. */
  readonly criteria: SelectNode['criteria'];
}

interface Place {
  readonly model: Model;
  /** What options say from this class on. */
  readonly loads: readonly LoadPath[];
  /** The class itself and those that led to it, nearest first. */
  readonly way: readonly [Model, ...Model[]];
  readonly path: string;
}

function loadsBelow(search: Search, place: Place): void {
  for (const attribute of place.model.attributes) {
    if (attribute.kind !== 'relationship' || attribute.target === null) continue;
    const option = optionOf(place, attribute);
    const strategy = strategyOf(option?.strategy ?? null, attribute);
    if (strategy === null || search.found.length >= LIMIT) continue;
    const target = search.evaluation.linked.models.get(option?.target ?? attribute.target);
    if (target === undefined || (option === null && isEnd(attribute, target, place.way))) continue;
    const below = restOf(place, attribute);
    const path = `${place.path}.${attribute.name}`;
    if (strategy !== 'joined')
      search.found.push(separateLoad(search, place, attribute, { option, strategy, path, below }));
    const way = [target, ...place.way] as const;
    loadsBelow(search, { model: target, loads: below, way, path: `${path} → ${target.name}` });
  }
}

/** The last option that speaks of the relationship by its strategy, or of all relationships. */
function optionOf({ loads, model }: Place, { name }: RelationshipAttribute): LoadStep | null {
  const own = loads.flatMap(path => {
    const [first] = path;
    if (first === undefined || (first.relationship !== null && first.relationship !== name)) return [];
    if (
      first.owner !== undefined &&
      first.owner !== model.qualifiedName &&
      !model.bases.includes(first.owner)
    )
      return [];
    return first.strategy === 'defaultload' ? [] : [first];
  });
  return own.findLast(each => each.relationship !== null) ?? own.at(-1) ?? null;
}

function restOf({ loads }: Place, { name }: RelationshipAttribute): readonly LoadPath[] {
  return loads.flatMap(path => (path[0]?.relationship === name && path.length > 1 ? [path.slice(1)] : []));
}

type Strategy = SeparateLoad['strategy'] | 'joined';

function strategyOf(option: string | null, { lazy }: RelationshipAttribute): Strategy | null {
  switch (option ?? lazy) {
    case 'selectinload':
    case 'selectin':
      return 'selectin';
    case 'subqueryload':
    case 'subquery':
      return 'subquery';
    case 'immediateload':
    case 'immediate':
      return 'immediate';
    case 'joinedload':
    case 'contains_eager':
    case 'joined':
      return 'joined';
    default:
      return null;
  }
}

/** A mapping loads no class twice on the way, or as often as `join_depth` says. */
function isEnd({ joinDepth }: RelationshipAttribute, target: Model, way: readonly Model[]): boolean {
  return joinDepth === undefined ? way.includes(target) : way.length > joinDepth;
}

interface Wanted {
  readonly option: LoadStep | null;
  readonly strategy: SeparateLoad['strategy'];
  readonly path: string;
  readonly below: readonly LoadPath[];
}

function separateLoad(
  { evaluation, criteria }: Search,
  { model }: Place,
  attribute: RelationshipAttribute,
  wanted: Wanted,
): SeparateNode {
  const { path, strategy, option } = wanted;
  const refused = (detail: string): SeparateNode => ({
    path,
    strategy,
    node: null,
    unknown: unknownAt('unsupported-construct', detail, null),
  });
  if (strategy === 'subquery')
    return refused('The statement is sent again as a subquery, joined to what is loaded.');
  if (strategy === 'immediate') return refused('One statement is sent for each object.');
  if (option?.narrowed === true)
    return refused('The option narrows what is loaded, which is not rendered here.');
  const owner = entityOf(evaluation, model);
  if (owner.kind !== 'entity') return refused('The class has no table that could be read.');
  const value = evaluation.attribute(evaluation, owner, attribute.name, attribute.nameRange);
  const select = value.kind === 'relationship' ? selectIn(evaluation, owner, value) : null;
  const node = select && withLoading(evaluation, select, wanted);
  return node === null
    ? refused('How this relationship is loaded is not understood.')
    : { path, strategy, node: criteria === undefined ? node : { ...node, criteria }, unknown: null };
}
