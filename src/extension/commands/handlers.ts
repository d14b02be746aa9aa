/** Registers a handler for each command of the manifest. A command without one does not compile. */
import type { Disposable } from 'vscode';
import { commands as vscodeCommands, window } from 'vscode';
import type { CommandName } from '../../protocol/manifest/commands.ts';
import { commandId, commands } from '../../protocol/manifest/commands.ts';
import type { SecretRedactor } from '../log/secret-redactor.ts';

/** The argument is a view's row, or whatever another extension's caller gives. */
export type CommandHandler = (argument?: unknown) => Promise<void> | void;

export type CommandHandlers = { readonly [Name in CommandName]: CommandHandler };

export interface CommandFailures {
  readonly redactor: SecretRedactor;
  readonly log: (message: string) => void;
}

export function registerCommands(
  handlers: CommandHandlers,
  failures: CommandFailures,
): readonly Disposable[] {
  const names = Object.keys(commands) as CommandName[];
  return names.map(name =>
    vscodeCommands.registerCommand(commandId(name), argument =>
      runCommand(name, handlers[name], argument, failures),
    ),
  );
}

/** The one place where what a command throws becomes a message. */
async function runCommand(
  name: CommandName,
  handler: CommandHandler,
  argument: unknown,
  failures: CommandFailures,
): Promise<void> {
  try {
    await handler(argument);
  } catch (error) {
    const reason = failures.redactor.redact(error instanceof Error ? error.message : String(error));
    failures.log(`${commands[name].title}: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
    const choice = await window.showErrorMessage(
      `${commands[name].title.replace('…', '')} failed: ${reason}`,
      'Show Log',
    );
    if (choice !== undefined) await vscodeCommands.executeCommand(commandId('showLog'));
  }
}
