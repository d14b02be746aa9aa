/** A resource's routes, as a template. */
import { importLine } from '../module-scaffold.ts';
import { withArticle, wordsOf } from '../names.ts';
import { inPackage } from '../paths.ts';
import type { CodeStyle } from '../project-facts.ts';
import { generatorType } from '../python-template/generator-type.ts';
import type { ResourcePlan } from './resource-plan.ts';
import type { RowAccess } from './row-access.ts';
import { rowAccess } from './row-access.ts';

export function routesSource(plan: ResourcePlan, style: CodeStyle): string {
  const { model, singular, plural, key, schemas } = plan;
  const words = wordsOf(model.name).join(' ');
  const rows = plural.replaceAll('_', ' ');
  const schemaModule = inPackage(schemas.folder.module, schemas.stem);
  const keyImport = key.type === 'UUID' ? 'from uuid import UUID\n' : '';
  const access = rowAccess(plan);
  const { parameters, session } = access;
  const found = `${singular}: Annotated[${model.name}, Depends(find_${singular})],`;
  const given = parameters.map(each => `    ${each},`).join('\n');
  const finding = access.finding.map(each => `    ${each},`).join('\n');
  return `
"""The routes of ${rows}."""
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated
${keyImport}from fastapi import APIRouter, Depends, HTTPException, Query, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
${access.imports.join('\n')}
${importLine(model)}
from ${schemaModule} import ${model.name}Read, ${model.name}Write

router = APIRouter(${plan.prefix === null ? `prefix="${addressOf(plan)}", ` : ''}tags=["${rows}"])
${access.definitions}

async def find_${singular}(${singular}_id: ${key.type}, ${access.finding.join(', ')}) -> ${model.name}:
    """Find the ${words} that the path names, or answer 404."""
    ${singular} = ${access.get}
    if ${singular} is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such ${words}.")
    return ${singular}


@router.get("")
async def list_${plural}(
${finding}
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[${model.name}Read]:
    """List ${rows}, in the order of their keys."""
${indented(access.list, 4)}
    return [${model.name}Read.model_validate(row) for row in rows]


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_${singular}(
    data: ${model.name}Write,
${given}
) -> ${model.name}Read:
    """Make ${withArticle(words)}."""
    ${singular} = ${model.name}(**data.model_dump())
    with _conflicts_answered():
${indented(access.add, 8)}
    return await _read(${singular}, ${session})


@router.get("/{${singular}_id}")
async def get_${singular}(
    ${found}
) -> ${model.name}Read:
    """Get one ${words}."""
    return ${model.name}Read.model_validate(${singular})


@router.put("/{${singular}_id}")
async def replace_${singular}(
    ${found}
    data: ${model.name}Write,
${given}
) -> ${model.name}Read:
    """Replace what clients can write of one ${words}."""
    with _conflicts_answered():
${indented(access.update, 8)}
    return await _read(${singular}, ${session})


@router.delete("/{${singular}_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_${singular}(
    ${found}
${given}
) -> None:
    """Delete one ${words}."""
    with _conflicts_answered():
${indented(access.remove, 8)}


async def _read(${singular}: ${model.name}, session: AsyncSession) -> ${model.name}Read:
    # What the database made is fetched here, where it can be awaited.
    await session.refresh(${singular})
    return ${model.name}Read.model_validate(${singular})


@contextmanager
def _conflicts_answered() -> ${generatorType('None', 'sync', style)}:
    try:
        yield
    except IntegrityError as error:
        detail = "That does not fit other data: a key is taken or missing."
        raise HTTPException(status.HTTP_409_CONFLICT, detail) from error
`;
}

/** Where the routes are served, below what they are included in. */
export function addressOf({ plural }: Pick<ResourcePlan, 'plural'>): string {
  return `/${plural.replaceAll('_', '-')}`;
}

function indented(lines: RowAccess['list'], columns: number): string {
  return lines.map(line => `${' '.repeat(columns)}${line}`).join('\n');
}
