/** A project of any size for the measures of memory and of keystrokes: models, repositories over them, and code that has nothing to do with either. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of ten files two declare models, three query them, and five are other code. */
export function writeSyntheticProject(folder: string, files: number): void {
  for (let number = 0; number < files; number++) {
    const part = `part_${Math.floor(number / 100)}`;
    if (number % 100 === 0) {
      mkdirSync(join(folder, 'app', part), { recursive: true });
      writeFileSync(join(folder, 'app', part, '__init__.py'), '');
    }
    writeFileSync(join(folder, 'app', part, `file_${number}.py`), textOf(number));
  }
  writeFileSync(join(folder, 'app', '__init__.py'), '');
  writeFileSync(join(folder, 'app', 'base.py'), base);
  writeFileSync(join(folder, 'app', 'long.py'), longFile);
}

const base = `from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass
`;

function textOf(number: number): string {
  const kind = number % 10;
  if (kind < 2) return modelFile(number);
  return kind < 5 ? repositoryFile(number, 6) : otherFile(number);
}

function modelFile(number: number): string {
  const parent = number - (number % 10);
  const reference =
    number === parent
      ? ''
      : `    parent_id: Mapped[int] = mapped_column(ForeignKey("table_${parent}.id"))\n    parent: Mapped["Model${parent}"] = relationship()\n`;
  const columns = Array.from(
    { length: 12 },
    (_, index) => `    column_${index}: Mapped[str | None] = mapped_column(String(100))\n`,
  );
  return `from datetime import datetime

from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base


class Model${number}(Base):
    """Rows of table ${number}."""

    __tablename__ = "table_${number}"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
${reference}${columns.join('')}`;
}

function repositoryFile(number: number, methods: number): string {
  const model = number - (number % 10);
  return `from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.part_${Math.floor(model / 100)}.file_${model} import Model${model}


class Repository${number}:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
${Array.from({ length: methods }, (_, index) => method(model, index)).join('')}`;
}

/** 33 lines, one statement. */
function method(model: number, index: number): string {
  const name = `Model${model}`;
  return `
    async def find_${index}(self, name: str, limit: int = ${index + 10}, newest: bool = True) -> list[${name}]:
        """The rows of a name, in a stable order."""
        query = (
            select(${name})
            .where(${name}.column_${index % 12} == name, ${name}.id > limit)
            .order_by(${name}.created_at.desc(), ${name}.id)
            .limit(limit)
        )
        if newest:
            query = query.where(${name}.created_at < func.now())
        rows = (await self.session.scalars(query)).all()
        found: list[${name}] = []
        for row in rows:
            if row.column_${(index + 1) % 12} is None:
                continue
            if len(found) >= limit:
                break
            found.append(row)
        return found

    def describe_${index}(self, values: dict[str, int], total: int) -> str:
        parts: list[str] = []
        for key, value in sorted(values.items()):
            share = value / total if total else 0
            if share > 0.5:
                parts.append(f"{key}: most ({share:.0%})")
            elif share > 0.1:
                parts.append(f"{key}: {share:.0%}")
            else:
                parts.append(f"{key}: little")
        return ", ".join(parts) or "nothing"
`;
}

/** About 2,000 lines with 60 statements. */
const longFile = repositoryFile(5, 60);

function otherFile(number: number): string {
  const functions = Array.from(
    { length: 12 },
    (_, index) => `

def compute_${index}(values: list[int], factor: float = ${index}.5) -> dict[str, float]:
    total = sum(values)
    result: dict[str, float] = {}
    for position, value in enumerate(values):
        if value % ${index + 2} == 0:
            result[f"value_{position}"] = value * factor / (total or 1)
        else:
            result[f"rest_{position}"] = float(value)
    return result
`,
  );
  return `"""Module ${number}."""
import math
from dataclasses import dataclass


@dataclass
class Settings:
    name: str = "module ${number}"
    scale: float = math.pi
${functions.join('')}`;
}
