/** What can be done about one session of a server, each at a user's word. */
import { requestType } from './message.ts';

export interface SessionReference {
  /** `ConnectionInfo.id`. */
  readonly connection: string;
  readonly pid: number;
  /** `SessionLine.startedAt`: a process id may be another session's by now. */
  readonly startedAt: string;
}

export interface SessionEnd extends SessionReference {
  /** `cancel` its statement, or `terminate` the session with its transaction. */
  readonly how: 'cancel' | 'terminate';
}

export type SessionEndResult =
  | { readonly kind: 'done' }
  /** The session had ended by itself. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly message: string };

export type QueryPlan =
  | { readonly kind: 'plan'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Client to server, after the user has confirmed. */
export const endSession = requestType<SessionEnd, SessionEndResult>('pools/endSession');

/** Client to server: EXPLAIN without ANALYZE of the session's statement, which runs nothing. */
export const explainSession = requestType<SessionReference, QueryPlan>('pools/explain');
