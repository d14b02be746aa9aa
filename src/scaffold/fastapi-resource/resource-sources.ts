/** A resource's schemas, routes and tests, as templates. */
import { importLine } from '../module-scaffold.ts';
import { withArticle, wordsOf } from '../names.ts';
import { inPackage } from '../paths.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { importText } from '../python-template/python-template.ts';
import type { ResourceField, ResourcePlan } from './resource-plan.ts';

export function schemasSource({ model, read, write }: ResourcePlan): string {
  const words = wordsOf(model.name).join(' ');
  const imports = [...read, ...write].flatMap(field => field.imports.map(importText));
  return `
"""What clients send and get of ${withArticle(words)}."""
from pydantic import BaseModel, ConfigDict, Field
${[...new Set(imports)].join('\n')}


class ${model.name}Write(BaseModel):
    """What a client sends, to make ${withArticle(words)} or to replace one."""

${write.length === 0 ? '    pass' : write.map(written).join('\n')}


class ${model.name}Read(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(from_attributes=True)

${read.map(field => `    ${field.name}: ${annotation(field)}`).join('\n')}
`.replace(/(or to replace one\."""\n)\n {4}pass/, '$1');
}

function annotation({ type, nullable }: ResourceField): string {
  return nullable ? `${type} | None` : type;
}

function written(field: ResourceField): string {
  const { name, nullable, maxLength } = field;
  const length = maxLength === null ? [] : [`max_length=${maxLength}`];
  if (nullable) {
    const value = length.length === 0 ? 'None' : `Field(default=None, ${length.join('')})`;
    return `    ${name}: ${annotation(field)} = ${value}`;
  }
  return `    ${name}: ${annotation(field)}${length.length === 0 ? '' : ` = Field(${length.join('')})`}`;
}

export function routesSource(plan: ResourcePlan): string {
  const { model, singular, plural, key, dependency, alias, schemas } = plan;
  const words = wordsOf(model.name).join(' ');
  const rows = plural.replaceAll('_', ' ');
  const schemaModule = inPackage(schemas.module, schemas.file);
  const keyImport = key.type === 'UUID' ? 'from uuid import UUID\n' : '';
  const ownAlias =
    alias === null ? `SessionDep = Annotated[AsyncSession, Depends(${dependency.name})]\n` : '';
  return `
"""The routes of ${rows}."""
from typing import Annotated
${keyImport}from fastapi import APIRouter, Depends, HTTPException, Query, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
${importLine({ module: dependency.module, name: alias ?? dependency.name })}
${importLine(model)}
from ${schemaModule} import ${model.name}Read, ${model.name}Write

router = APIRouter(prefix="/${plural.replaceAll('_', '-')}", tags=["${rows}"])
${ownAlias}

async def find_${singular}(${singular}_id: ${key.type}, session: ${alias ?? 'SessionDep'}) -> ${model.name}:
    """Find the ${words} that the path names, or answer 404."""
    ${singular} = await session.get(${model.name}, ${singular}_id)
    if ${singular} is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such ${words}.")
    return ${singular}


@router.get("")
async def list_${plural}(
    session: ${alias ?? 'SessionDep'},
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[${model.name}Read]:
    """List ${rows}, in the order of their keys."""
    statement = select(${model.name}).order_by(${model.name}.${key.attribute})
    rows = await session.scalars(statement.limit(limit).offset(offset))
    return [${model.name}Read.model_validate(row) for row in rows]


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_${singular}(data: ${model.name}Write, session: ${alias ?? 'SessionDep'}) -> ${model.name}Read:
    """Make ${withArticle(words)}."""
    ${singular} = ${model.name}(**data.model_dump())
    session.add(${singular})
    return await _saved(${singular}, session)


@router.get("/{${singular}_id}")
async def get_${singular}(
    ${singular}: Annotated[${model.name}, Depends(find_${singular})],
) -> ${model.name}Read:
    """Get one ${words}."""
    return ${model.name}Read.model_validate(${singular})


@router.put("/{${singular}_id}")
async def replace_${singular}(
    ${singular}: Annotated[${model.name}, Depends(find_${singular})],
    data: ${model.name}Write,
    session: ${alias ?? 'SessionDep'},
) -> ${model.name}Read:
    """Replace what clients can write of one ${words}."""
    for name, value in data.model_dump().items():
        setattr(${singular}, name, value)
    return await _saved(${singular}, session)


@router.delete("/{${singular}_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_${singular}(
    ${singular}: Annotated[${model.name}, Depends(find_${singular})],
    session: ${alias ?? 'SessionDep'},
) -> None:
    """Delete one ${words}."""
    await session.delete(${singular})
    await _commit(session)


async def _saved(${singular}: ${model.name}, session: AsyncSession) -> ${model.name}Read:
    await _commit(session)
    # What the database made is fetched here, where it can be awaited.
    await session.refresh(${singular})
    return ${model.name}Read.model_validate(${singular})


async def _commit(session: AsyncSession) -> None:
    try:
        await session.commit()
    except IntegrityError as error:
        detail = "That does not fit other data: a key is taken or missing."
        raise HTTPException(status.HTTP_409_CONFLICT, detail) from error
`;
}

export function testsSource({ database }: ProjectFacts, plan: ResourcePlan): string {
  const { plural, concurrency, dependency, key, write, needsOthers } = plan;
  const app = database.app;
  const address = `/${plural.replaceAll('_', '-')}`;
  const isAsync = concurrency === 'async';
  const mark = isAsync ? '@pytest.mark.asyncio\n' : '';
  const client = isAsync ? 'AsyncClient' : 'TestClient';
  const opened = isAsync
    ? 'AsyncClient(transport=ASGITransport(app), base_url="http://test")'
    : 'TestClient(app)';
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
from sqlalchemy.ext.asyncio import AsyncSession
${app ? importLine(app) : ''}
${importLine({ module: dependency.module, name: dependency.name })}
${[...new Set(own)].join('\n')}

PATH = "${address}"
${needsOthers ? '' : `DATA = {\n${payload.join('\n')}\n}\n`}

@${isAsync ? 'pytest_asyncio' : 'pytest'}.fixture
async def client(session: AsyncSession) -> AsyncIterator[${client}]:
    """Open a client whose requests work in the test's own session."""
    ${app?.name ?? 'app'}.dependency_overrides[${dependency.name}] = lambda: session
${served}
    ${app?.name ?? 'app'}.dependency_overrides.clear()


${mark}async def test_an_unknown_${plan.singular}_is_not_found(client: ${client}) -> None:
    """A key that no row has is answered with 404."""
    answer = await client.get(f"{PATH}/${unknown}")
    assert answer.status_code == 404
${needsOthers ? '' : round}`;
}
