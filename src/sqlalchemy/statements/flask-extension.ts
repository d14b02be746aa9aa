/** `db = SQLAlchemy(app)` of Flask-SQLAlchemy: SQLAlchemy's names stand behind `db`, and a session and an engine. */
import type { Value } from './value.ts';

export const flaskExtension: Value & { kind: 'library' } = {
  kind: 'library',
  name: 'flask_sqlalchemy.SQLAlchemy()',
};

/** Null for what is no attribute of the extension. */
export function flaskMember(receiver: Value & { kind: 'library' }, name: string): Value | null {
  if (receiver.name !== flaskExtension.name) return null;
  switch (name) {
    case 'session':
      return { kind: 'session', async: false };
    case 'engine':
      return { kind: 'engine', async: false };
    case 'Model':
    case 'metadata':
      return { kind: 'library', name: `flask_sqlalchemy.${name}` };
    default:
      return { kind: 'library', name };
  }
}
