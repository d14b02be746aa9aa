/** The code that a session works for: told by its process, said in its statement's comment, or found by the statement. */
import type { Session } from '../../database/activity.ts';
import type { TelemetryCheckout } from '../../database/telemetry/pool-telemetry.ts';
import type { SessionCode } from '../../protocol/session-line.ts';
import type { CodePort } from './ports.ts';

/** Null where nothing tells. A session at rest works for nobody. */
export function sessionCode(
  session: Session,
  held: readonly TelemetryCheckout[],
  code: CodePort,
): SessionCode | null {
  if (session.state === 'idle' || session.state === 'hidden') return null;
  const place = held.find(({ serverPid }) => serverPid === session.pid)?.place;
  if (place) {
    const text = `${place.path}:${place.line}${place.function === '' ? '' : ` in ${place.function}`}`;
    return { text, place: code.ofPath(place.path, place.line), from: 'told' };
  }
  const comment = commentOf(session.query);
  const found = code.ofStatement(session.query);
  if (found !== null) return { ...found, from: 'statement' };
  return comment === null ? null : { text: comment, place: null, from: 'comment' };
}

/** `route='/orders',controller='orders'` as sqlcommenter writes it, escapes resolved; any other comment as it is. */
function commentOf(sql: string): string | null {
  const text = /\/\*(.*?)\*\//s.exec(sql)?.[1]?.trim();
  if (!text) return null;
  const pairs = [...text.matchAll(/([\w%]+)='((?:[^'\\]|\\.)*)'/g)];
  if (pairs.length === 0) return text;
  return pairs.map(([, name = '', value = '']) => `${unescaped(name)} ${unescaped(value)}`).join(', ');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("\\'", "'"));
  } catch {
    return text;
  }
}
