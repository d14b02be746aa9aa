/** `db = SQLAlchemy(app)` of Flask-SQLAlchemy: SQLAlchemy's names stand behind `db`, and a session and an engine. */
import type { Value } from './value.ts';

export const flaskExtension: Value & { kind: 'library' } = {
  kind: 'library',
  name: 'flask_sqlalchemy.SQLAlchemy()',
};

/** Null for what is no attribute of the extension. */
export function flaskMember(receiver: Value & { kind: 'library' }, name: string): Value | null {
  if (receiver.name !== flaskExtension.name) return null;
  const isOwn = name === 'session' || name === 'engine' || name === 'Model' || name === 'metadata';
  return libraryValue(isOwn ? `flask_sqlalchemy.${name}` : name);
}

/** What a library's name stands for. */
export function libraryValue(name: string): Value {
  if (name === 'flask_sqlalchemy.session') return { kind: 'session', async: false };
  if (name === 'flask_sqlalchemy.engine') return { kind: 'engine', async: false };
  return { kind: 'library', name };
}
