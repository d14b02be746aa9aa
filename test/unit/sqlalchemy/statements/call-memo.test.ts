/** Helpers that call helpers, where each gives several forms: what they give is worked out once, not once a combination. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

test('three helpers deep, and the statements behind them are still read', () => {
  const python = `
def ordered(query: Select, by: str):
${[1, 2, 3, 4, 5, 6, 7].map(each => `    if by == "${each}":\n        return query.where(User.id > ${each})\n`).join('')}    return query

def filtered(query: Select, by: str):
    query = ordered(query, by)
    query = ordered(query, by)
    return ordered(query, by)

def paged(query: Select, by: str):
    query = filtered(query, by)
    query = filtered(query, by)
    return filtered(query, by)

def users(session: Session, by: str):
    query = select(User.id)
    query = paged(query, by)
    return session.scalars(query)

def posts(session: Session):
    return session.scalars(select(Post.id))
`;
  assert.deepEqual(
    factsOf(python).map(({ unknown }) => unknown),
    [null, null],
  );
});

test('a helper that is called twice in a statement makes an alias each time', () => {
  const python = `
def of_user(model):
    user = sa.orm.aliased(User)
    return sa.exists().where(user.id == model.user_id)

def both(session: Session):
    return session.scalars(select(Post.id).where(of_user(Post), of_user(Post)))
`;
  const exists = (alias: string) =>
    `(EXISTS (SELECT * FROM users AS ${alias} WHERE ${alias}.id = posts.user_id))`;
  assert.deepEqual(sqlOf(python), [
    `SELECT posts.id FROM posts WHERE ${exists('users_1')} AND ${exists('users_2')}`,
  ]);
});

test('a helper that is given a session makes an alias for each call', () => {
  const python = `
def other(session: Session):
    return sa.orm.aliased(User)

def both(session: Session):
    one, two = other(session), other(session)
    return session.scalars(select(one.id).join(two, one.id == two.id))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users_1.id FROM users AS users_1 JOIN users AS users_2 ON users_1.id = users_2.id',
  ]);
});

test('lists that a helper gives to two callers are filled one by one', () => {
  const python = `
def conditions(session: Session):
    return [User.active]

def users(session: Session):
    one = conditions(session)
    two = conditions(session)
    one.append(User.id > 1)
    return session.scalars(select(User.id).where(*two))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.active']);
});

test('what a helper gives is told by what kind of value it is given', () => {
  const python = `
def first(session, found):
    return found

def posts(session: Session, user: User, post: Post):
    one, two = first(session, user), first(session, post)
    return session.scalars(select(Post.id).where(Post.id == two.id, Post.user_id == one.id))
`;
  assert.deepEqual(sqlOf(python), ['SELECT posts.id FROM posts WHERE posts.id = $1 AND posts.user_id = $2']);
});
