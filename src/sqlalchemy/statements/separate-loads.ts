/**
 * The statements that loading relationships and subclasses sends besides: `selectinload(…)`, `lazy="selectin"` and their
 * kin, as SQLAlchemy writes them when the first statement has given its rows. Worked out when it is asked for, not with every check.
 */
import type { Model, RelationshipAttribute } from '../model.ts';
import { renderStatement } from '../render/render-statement.ts';
import type { SeparateLoad } from '../statement.ts';
import { entityOf } from './entities.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { selectOfOne } from './immediate-loading.ts';
import type { LoadPath, LoadStep, SelectItem, SelectNode, StatementNode } from './ir.ts';
import { type SelectIn, selectIn } from './select-in.ts';
import { withLoading } from './select-in-loading.ts';
import { selectOfSubclass, subclassesLoaded } from './subclass-loading.ts';
import { joinedToSubquery } from './subquery-loading.ts';
import type { EntityValue, RelationshipValue, StatementValue } from './value.ts';

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
      { evaluation, found, first: node, criteria: node.criteria },
      { model: item.model, loads, way: [item.model], path: item.model.name, entity: item },
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
  /** The statement whose rows they are. */
  readonly first: SelectNode;
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
  /** Set for a class that the statement lists itself. */
  readonly entity?: EntityItem;
}

type EntityItem = SelectItem & { readonly kind: 'entity' };

function loadsBelow(search: Search, place: Place): void {
  loadRelationships(search, place, new Set());
  const { model, loads, way, path } = place;
  const inherited = new Set(model.attributes.map(each => each.name));
  for (const subclass of subclassesLoaded(search.evaluation, model, loads)) {
    search.found.push(subclassLoad(search, place, subclass));
    const below = { model: subclass, loads, way, path: `${path} → ${subclass.name}` };
    loadRelationships(search, below, inherited);
  }
}

function subclassLoad({ evaluation }: Search, { model, path }: Place, subclass: Model): SeparateNode {
  const node = selectOfSubclass(evaluation, model, subclass);
  const detail = 'How this subclass is loaded is not understood.';
  return {
    ...{ path: `${path} → ${subclass.name}`, strategy: 'selectin', node },
    unknown: node === null ? unknownAt('unsupported-construct', detail, null) : null,
  };
}

/** `without`: those that the class has from one whose relationships are loaded already. */
function loadRelationships(search: Search, place: Place, without: ReadonlySet<string>): void {
  for (const attribute of place.model.attributes) {
    if (attribute.kind !== 'relationship' || attribute.target === null) continue;
    if (without.has(attribute.name)) continue;
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
  { evaluation, criteria, first }: Search,
  { model, entity }: Place,
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
  if (strategy === 'subquery' && (entity === undefined || entity.rowsOf !== undefined))
    return refused('The statement is sent again as a subquery, joined to all that leads to what is loaded.');
  if (option?.narrowed === true)
    return refused('The option narrows what is loaded, which is not rendered here.');
  const owner = entityOf(evaluation, model);
  if (owner.kind !== 'entity') return refused('The class has no table that could be read.');
  const value = evaluation.attribute(evaluation, owner, attribute.name, attribute.nameRange);
  if (value.kind !== 'relationship') return refused('This relationship cannot be followed.');
  const listed = entity === undefined ? owner : { ...owner, from: entity.from };
  const select = selectOf(strategy, { evaluation, owner: listed, first }, value);
  const node = select && withLoading(evaluation, select, wanted);
  return node === null
    ? refused('How this relationship is loaded is not understood.')
    : { path, strategy, node: criteria === undefined ? node : { ...node, criteria }, unknown: null };
}

interface Loading {
  readonly evaluation: Evaluation;
  readonly owner: EntityValue;
  readonly first: SelectNode;
}

function selectOf(
  strategy: SeparateLoad['strategy'],
  { evaluation, owner, first }: Loading,
  relationship: RelationshipValue,
): SelectIn | null {
  switch (strategy) {
    case 'selectin':
      return selectIn(evaluation, owner, relationship);
    case 'subquery':
      return joinedToSubquery(evaluation, first, owner, relationship);
    case 'immediate':
      return selectOfOne(evaluation, owner, relationship);
  }
}
