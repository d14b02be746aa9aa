/** Commands on the sessions of the Pools view. */
import type { ChosenSession, SessionControl } from '../sessions/session-control.ts';
import type { CommandHandlers } from './handlers.ts';
import { subjectOf } from './subject-of.ts';

type SessionCommand = 'cancelQuery' | 'terminateSession' | 'explainSession' | 'openSessionCode';

export function sessionCommands(control: SessionControl): Pick<CommandHandlers, SessionCommand> {
  return {
    cancelQuery: on(session => control.end(session, 'cancel')),
    terminateSession: on(session => control.end(session, 'terminate')),
    explainSession: on(session => control.explain(session)),
    openSessionCode: on(session => control.openCode(session)),
  };
}

/** On the row's session; from anywhere else there is none. */
function on(act: (session: ChosenSession) => Promise<void>): (argument?: unknown) => Promise<void> {
  return async argument => {
    const subject = subjectOf(argument, 'session');
    if (subject !== undefined) await act(subject);
  };
}
