/** What pytest gives for the parameters of tests and fixtures: the fixture of that name, of the class, the module or a `conftest` above. */
import { lastName } from '../../python/last-name.ts';
import { qualifyMember } from '../../python/modules/qualify.ts';
import type { FunctionDefinition, Parameter } from '../../python/syntax.ts';
import { classMember } from '../reading/class-members.ts';
import { referenceOfName } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { isSql } from './evaluate-operators.ts';
import type { Evaluation } from './evaluation.ts';
import { valueOfParameter } from './parameter-value.ts';
import type { FunctionValue, Value } from './value.ts';

/** A function whose parameters are asked for, with the class that it is a method of. */
export type Asking = Pick<FunctionValue, 'node' | 'self' | 'owner'>;

/** As annotated; what that leaves open in a test or fixture, a fixture says. */
export function valueOfAsked(evaluation: Evaluation, parameter: Parameter, asking: Asking): Value {
  const annotated = valueOfParameter(evaluation, parameter);
  const isOpen = annotated.kind === 'python' || annotated.kind === 'unknown';
  if (!isOpen || parameter.default !== null || !isAskedByName(evaluation, asking.node)) return annotated;
  const fixture = fixtureNamed(evaluation, parameter.name.id, asking);
  if (fixture === null || fixture.node === asking.node) return annotated;
  const value = evaluation.invoke(evaluation, fixture, { positional: [], keywords: new Map(), open: null });
  if (!mayHoldSql(value)) return annotated;
  return value.kind === 'statement' ? { ...value, builder: null } : value;
}

function mayHoldSql(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return false;
    case 'entity':
    case 'from':
    // What it has may be SQL: `db.User`.
    case 'object':
      return true;
    case 'list':
      return value.elements.some(each => mayHoldSql(each.value));
    case 'dict':
      return value.entries.some(each => mayHoldSql(each.value.value));
    default:
      return isSql(value);
  }
}

const testFile = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;

function isAskedByName({ file }: Evaluation, node: FunctionDefinition): boolean {
  return (node.name.id.startsWith('test') && testFile.test(file.path)) || isFixture(node);
}

/** `@pytest.fixture`, `@pytest_asyncio.fixture(scope="module")`. */
function isFixture({ decorators }: FunctionDefinition): boolean {
  return decorators.some(each => lastName(each.kind === 'call' ? each.function : each) === 'fixture');
}

function fixtureNamed(evaluation: Evaluation, name: string, { owner, self }: Asking): FunctionValue | null {
  const { file, names } = evaluation;
  const site = siteOf(file, names);
  const member = owner === undefined ? null : classMember(owner, name, site);
  if (member?.node.kind === 'function' && isFixture(member.node)) {
    const { node } = member;
    return {
      kind: 'function',
      node,
      file: member.file,
      self,
      owner: member.owner,
      closure: null,
      fixture: true,
    };
  }
  for (const module of [file.name, ...conftestsAbove(file.name)]) {
    const found = referenceOfName(offeredBy(module, name, evaluation), site);
    if (found.kind !== 'function' || !isFixture(found.node)) continue;
    return { kind: 'function', node: found.node, file: found.file, self: null, closure: null, fixture: true };
  }
  return null;
}

/** Also what a module imports: `from .fixtures import *`. */
function offeredBy(module: string, name: string, { file, linked: { table } }: Evaluation): string {
  const entry = table.find(module, file);
  const offered = entry?.name === module ? qualifyMember(module, name, entry, table) : null;
  return offered ?? `${module}.${name}`;
}

/** Of the module's own package first. */
function conftestsAbove(module: string): readonly string[] {
  const folders = module.split('.').slice(0, -1);
  return folders.map((_, index) => [...folders.slice(0, folders.length - index), 'conftest'].join('.'));
}
