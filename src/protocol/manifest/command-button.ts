/** Buttons in texts that VS Code shows: welcome texts of views, steps of the walkthrough. */
import type { CommandName } from './commands.ts';
import { commandId } from './commands.ts';

export function commandButton(label: string, command: CommandName): string {
  return `[${label}](command:${commandId(command)})`;
}
