/** Python statements over a small schema, as the SQL of each of their forms. */

import type { StatementFact } from '../../../../src/sqlalchemy/statement.ts';
import { projectOf } from '../../../project.ts';

const prelude = `
from typing import Annotated, Generic, TypeVar
import sqlalchemy as sa
from sqlalchemy import ForeignKey, Select, and_, delete, func, insert, or_, select, text, union, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload

class Base(DeclarativeBase): ...

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    active: Mapped[bool]
    posts: Mapped[list["Post"]] = relationship(back_populates="user")

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(back_populates="posts")

`;

/** The whole file that begins with the schema above. */
export function textOf(python: string): string {
  return prelude + python;
}

/** The facts of a file that begins with the schema above. `others`: texts of files beside it. */
export function factsOf(
  python: string,
  others: Readonly<Record<string, string>> = {},
): readonly StatementFact[] {
  return projectOf({ ...others, 'app.py': textOf(python) }).factsOf('/project/app.py').statements;
}

/** One line a form, sorted; `unknown: reason` where a statement is unknown. Space is single blanks. */
export function sqlOf(python: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return factsOf(python, others).flatMap(({ forms, unknown }) => [
    ...forms.map(form => form.sql.replaceAll(/\s+/g, ' ')).toSorted(),
    ...(unknown === null ? [] : [`unknown: ${unknown.reason}`]),
  ]);
}

/** The Python text behind each entry of the first statement's source map, by the SQL that it made. */
export function sourcesOf(python: string): ReadonlyMap<string, string> {
  const text = textOf(python);
  const [form] = factsOf(python)[0]?.forms ?? [];
  return new Map(
    (form?.map ?? []).map(({ sqlStart, sqlEnd, location }) => [
      form?.sql.slice(sqlStart, sqlEnd) ?? '',
      text.slice(location.range.start, location.range.end),
    ]),
  );
}
