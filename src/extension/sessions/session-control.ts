/** What a user can do about one session: cancel, terminate, explain, open its code. Nothing is ended unasked. */
import { commands, window } from 'vscode';
import type { PoolConnection } from '../../protocol/pools.ts';
import { endSession, explainSession, type SessionEnd } from '../../protocol/session-actions.ts';
import type { SessionLine } from '../../protocol/session-line.ts';
import { openPlace } from '../documents/open-place.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import type { LanguageServer } from '../server/language-server.ts';

export interface ChosenSession {
  readonly connection: PoolConnection;
  readonly session: SessionLine;
}

export class SessionControl {
  readonly #server: LanguageServer;
  readonly #documents: VirtualDocuments;

  constructor(server: LanguageServer, documents: VirtualDocuments) {
    this.#server = server;
    this.#documents = documents;
  }

  async end({ connection, session }: ChosenSession, how: SessionEnd['how']): Promise<void> {
    if (!(await isConfirmed({ connection, session }, how))) return;
    const { pid, startedAt } = session;
    const result = await this.#server.request(endSession, { connection: connection.id, pid, startedAt, how });
    if (result.kind === 'refused') throw new Error(result.message);
    const done = how === 'cancel' ? 'was cancelled' : 'was terminated';
    void window.showInformationMessage(
      result.kind === 'done' ? `Session ${pid} ${done}.` : `Session ${pid} had ended by itself.`,
    );
  }

  async explain({ connection, session }: ChosenSession): Promise<void> {
    const { pid, startedAt } = session;
    const plan = await this.#server.request(explainSession, { connection: connection.id, pid, startedAt });
    if (plan.kind === 'refused') throw new Error(plan.message);
    const uri = this.#documents.write(`Plan of session ${pid}.sql`, plan.text);
    await commands.executeCommand('vscode.open', uri, { preview: true });
  }

  async openCode({ session }: ChosenSession): Promise<void> {
    if (session.code?.place) await openPlace(session.code.place);
  }
}

/** On a protected connection a click is not enough: its name is typed. */
async function isConfirmed({ connection, session }: ChosenSession, how: SessionEnd['how']): Promise<boolean> {
  const title = how === 'cancel' ? 'Cancel Statement' : 'Terminate Session';
  const subject = `session ${session.pid}${session.application === '' ? '' : ` of ${session.application}`} on ${connection.label}`;
  const detail =
    how === 'cancel'
      ? 'Its statement fails with an error; the session stays.'
      : 'Its transaction is rolled back, and its program loses the connection.';
  if (!connection.marks.protected) {
    const choice = await window.showWarningMessage(`${title}: ${subject}?`, { modal: true, detail }, title);
    return choice === title;
  }
  const typed = await window.showInputBox({
    title: `${title} on a protected connection`,
    prompt: `${detail} Type ${connection.label} to end ${subject}.`,
    ignoreFocusOut: true,
    validateInput: value =>
      value === '' || value === connection.label
        ? null
        : `This is another name. Type ${connection.label} to end ${subject}.`,
  });
  return typed === connection.label;
}
