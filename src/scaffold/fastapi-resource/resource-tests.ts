/** Tests of a resource's routes, on the fixtures that Add Test Fixtures writes, as a template. */
import { importLine } from '../module-scaffold.ts';
import type { PlacedThing } from '../named-thing.ts';
import type { ApplicationFact, ProjectFacts } from '../project-facts.ts';
import { importText } from '../python-template/python-template.ts';
import type { ResourcePlan } from './resource-plan.ts';
import { addressOf } from './routes-source.ts';
import { newUnitDependency } from './row-access.ts';

export interface ResourceTests {
  /** Null where they cannot be written. */
  readonly source: string | null;
  /** Why, or null. */
  readonly note: string | null;
}

interface Served {
  readonly app: ApplicationFact;
  /** What the routes are included in. */
  readonly into: PlacedThing;
}

export function resourceTests(facts: ProjectFacts, plan: ResourcePlan, served: Served): ResourceTests {
  const override = overrideOf(facts, plan);
  if (override === null) return { source: null, note: null };
  const { app } = served;
  const needsArguments = app.held === null && app.factory !== null && takesArguments(facts, app, app.factory);
  if (needsArguments) {
    const note = `${app.factory} of ${app.module} takes arguments, so no tests of the routes are written.`;
    return { source: null, note };
  }
  return { source: testsSource(plan, served, override), note: null };
}

function takesArguments({ fileAt }: ProjectFacts, { path }: PlacedThing, factory: string): boolean {
  const made = fileAt(path)?.syntax?.body.find(each => each.kind === 'function' && each.name.id === factory);
  return made?.kind === 'function' && made.parameters.some(each => each.default === null);
}

/** How a test's client is made to work in the transaction that is undone after it. */
interface Override {
  /** Imports, as lines of the template. */
  readonly imports: readonly string[];
  /** The fixture's parameter. */
  readonly parameter: string;
  /** The function of the application that gives way. */
  readonly replaced: string;
  /** Lines of the fixture that define what takes its place. */
  readonly definition: string;
  readonly replacement: string;
}

/** Null where the fixtures that it needs are not there. */
function overrideOf(facts: ProjectFacts, { access }: ResourcePlan): Override | null {
  const fixtures = facts.fileAt(`${facts.tests.path}/conftest.py`)?.text ?? '';
  if (access.kind !== 'unit-of-work') {
    if (!/\bdef session\(/.test(fixtures)) return null;
    const { name } = access.dependency;
    return {
      imports: [importLine(access.dependency)],
      parameter: 'session: AsyncSession',
      replaced: name,
      definition: '',
      replacement: 'lambda: session',
    };
  }
  const { unit, dependency } = access;
  const factory = unit.parameters.find(each => /sessionmaker/.test(each.annotation ?? ''));
  if (!/\bdef connection\(/.test(fixtures) || !factory) return null;
  const replaced = dependency ?? { name: newUnitDependency, module: unit.module };
  const expires = unit.concurrency === 'async' ? '        expire_on_commit=False,\n' : '';
  return {
    imports: [importLine(replaced), importLine(unit)],
    parameter: 'connection: AsyncConnection',
    replaced: replaced.name,
    definition: `    factory = async_sessionmaker(
        connection,
        join_transaction_mode="create_savepoint",
${expires}    )

    async def unit_of_test() -> AsyncIterator[${unit.name}]:
        async with ${unit.name}(${factory.name}=factory) as unit:
            yield unit

`,
    replacement: 'unit_of_test',
  };
}

function testsSource(plan: ResourcePlan, { app, into }: Served, override: Override): string {
  const { plural, access, key, write, needsOthers } = plan;
  const isAsync = (access.kind === 'unit-of-work' ? access.unit : access.dependency).concurrency === 'async';
  const name = app.held ?? 'app';
  const made = app.held ?? app.factory ?? app.name;
  const isHub = into.path !== app.path || into.name !== app.name;
  // Under whatever prefix the routers are served.
  const address = isHub ? `${name}.url_path_for("list_${plural}")` : `"${addressOf(plan)}"`;
  const mark = isAsync ? '@pytest.mark.asyncio\n' : '';
  const client = isAsync ? 'AsyncClient' : 'TestClient';
  const opened = isAsync
    ? `AsyncClient(transport=ASGITransport(${name}), base_url="http://test")`
    : `TestClient(${name})`;
  // The other client's context would start the application, whose engine the tests have no use for.
  const served = isAsync
    ? `    async with ${opened} as client:\n        yield client`
    : `    yield ${opened}`;
  const unknown = { int: '2147483647', str: 'unknown', UUID: '00000000-0000-0000-0000-000000000000' }[
    key.type
  ];
  const own = write.flatMap(field => (field.sample.startsWith('next') ? field.imports.map(importText) : []));
  const payload = write
    .filter(field => !field.nullable)
    .map(field => `    "${field.name}": ${field.sample},`);
  const round = `

${mark}async def test_${plural}_are_made_and_deleted(client: ${client}) -> None:
    """A row goes through every route."""
    made = await client.post(PATH, json=DATA)
    assert made.status_code == 201, made.text
    key = made.json()["${key.attribute}"]
    place = f"{PATH}/{key}"
    assert (await client.get(place)).json() == made.json()
    assert made.json() in (await client.get(PATH)).json()
    assert (await client.put(place, json=DATA)).status_code == 200
    assert (await client.delete(place)).status_code == 204
    assert (await client.get(place)).status_code == 404
`;
  return `
"""The routes of ${plural.replaceAll('_', ' ')}."""
from collections.abc import AsyncIterator
import pytest
import pytest_asyncio
from fastapi.testclient import TestClient
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker
${importLine({ module: app.module, name: made })}
${override.imports.join('\n')}
${[...new Set(own)].join('\n')}

${app.held === null && app.factory !== null ? `app = ${made}()\n` : ''}PATH = ${address}
${needsOthers ? '' : `DATA = {\n${payload.join('\n')}\n}\n`}

@${isAsync ? 'pytest_asyncio' : 'pytest'}.fixture
async def client(${override.parameter}) -> AsyncIterator[${client}]:
    """Open a client whose requests work in the test's own transaction."""
${override.definition}    ${name}.dependency_overrides[${override.replaced}] = ${override.replacement}
${served}
    ${name}.dependency_overrides.clear()


${mark}async def test_an_unknown_${plan.singular}_is_not_found(client: ${client}) -> None:
    """A key that no row has is answered with 404."""
    answer = await client.get(f"{PATH}/${unknown}")
    assert answer.status_code == 404
${needsOthers ? '' : round}`;
}
