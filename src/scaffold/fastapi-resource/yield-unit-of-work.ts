/** Writes, at the end of a unit of work's module, the function that yields one to each request. */
import { joined } from '../model/edit-target.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { addImports, insertAt } from '../python-code/add-imports.ts';
import { renderBlock } from '../python-template/python-template.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import type { ResourceAccess } from './resource-access.ts';
import { newUnitAlias, newUnitDependency } from './row-access.ts';

/** Nothing where there is one, or where rows are reached in another way. */
export function yieldUnitOfWork(facts: ProjectFacts, access: ResourceAccess): readonly ScaffoldFile[] {
  if (access.kind !== 'unit-of-work' || access.dependency !== null) return [];
  const { unit } = access;
  const file = facts.fileAt(unit.path);
  if (!file) return [];
  const source = `
from collections.abc import AsyncIterator
from typing import Annotated
from fastapi import Depends

async def ${newUnitDependency}() -> AsyncIterator[${unit.name}]:
    """Yield one request's unit of work, rolled back unless committed."""
    async with ${unit.name}() as unit:
        yield unit


${newUnitAlias} = Annotated[${unit.name}, Depends(${newUnitDependency})]
`;
  const code = renderBlock(source, { ...facts, concurrency: unit.concurrency });
  const end = file.text.trimEnd().length;
  const edits = [...addImports(file, code.imports, facts), insertAt(end, `\n\n\n${code.lines.join('\n')}`)];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}
