/**
 * Every command, once. `contributes.commands` and `contributes.menus` are generated from it, and
 * `extension/commands/handlers.ts` must hold a handler for each key, or it does not compile.
 */
import { type CommandData, python, row, sqlText, titleOf, trusted } from './command-data.ts';
import { migrationCommandData } from './migration-commands.ts';
import { poolCommands } from './pool-commands.ts';
import { scaffoldCommandData } from './scaffold-commands.ts';

export const commands = {
  ...scaffoldCommandData,
  addConnection: {
    title: 'Add Connection…',
    does: 'Asks for a URL or its parts, and stores it in the workspace’s settings, its password in the secret storage.',
    icon: 'add',
    palette: true,
    menus: [titleOf('connections', 'navigation@1')],
  },
  testConnection: {
    title: 'Test Connection',
    does: 'Connects once and shows the server’s version and latency, or why it failed.',
    icon: 'debug-disconnect',
    palette: true,
    enablement: trusted,
    menus: [row('connections', 'connection', 'inline@1'), row('connections', 'connection', '1_test@1')],
  },
  setPassword: {
    title: 'Set Password…',
    does: 'Keeps a connection’s password in the secret storage.',
    icon: 'key',
    palette: false,
    menus: [
      row('connections', 'connection.+needsPassword', 'inline@0'),
      row('connections', 'connection.+postgresql', '2_password@1'),
    ],
  },
  forgetPassword: {
    title: 'Forget Password',
    does: 'Removes a stored password.',
    palette: false,
    menus: [row('connections', 'connection.+stored', '2_password@2')],
  },
  useForChecks: {
    title: 'Use for Checks',
    does: 'Judges the workspace’s SQL by this database’s schema. Statements are parsed there, never executed.',
    palette: false,
    enablement: trusted,
    menus: [row('connections', 'connection.+postgresql.+free', '1_test@2')],
  },
  stopUsingForChecks: {
    title: 'Stop Using for Checks',
    does: 'Judges the SQL by the models again.',
    palette: false,
    menus: [row('connections', 'connection.+chosen', '1_test@3')],
  },
  groupConnection: {
    title: 'Group…',
    does: 'Puts a connection into a group of the view.',
    palette: false,
    menus: [row('connections', 'connection', '4_mark@1')],
  },
  colorConnection: {
    title: 'Colour…',
    does: 'Gives a connection’s icon a colour.',
    palette: false,
    menus: [row('connections', 'connection', '4_mark@2')],
  },
  protectConnection: {
    title: 'Protect',
    does: 'Marks a connection: nothing is ended there without its name being typed.',
    palette: false,
    menus: [row('connections', 'connection.+unprotected', '4_mark@3')],
  },
  unprotectConnection: {
    title: 'Remove Protection',
    does: 'Takes the mark away.',
    palette: false,
    menus: [row('connections', 'connection.+(?<!un)protected', '4_mark@4')],
  },
  copyUrl: {
    title: 'Copy URL',
    does: 'Copies a connection’s URL without its password.',
    palette: false,
    menus: [row('connections', 'connection', '3_copy@1')],
  },
  revealOrigin: {
    title: 'Reveal Origin',
    does: 'Opens the line that names the connection.',
    icon: 'go-to-file',
    palette: false,
    menus: [row('connections', '(connection.+file|origin)', '3_copy@2')],
  },
  ...poolCommands,
  showSql: {
    title: 'Show SQL',
    does: 'Shows the SQL of the statement under the cursor beside it.',
    icon: 'open-preview',
    palette: python,
    menus: [{ menu: 'editor/context', when: python, group: '1_databasePatterns@2' }],
  },
  formatSql: {
    title: 'Format SQL',
    does: 'Lays out the statement under the cursor anew, in a string of Python or a `.sql` file. Nothing but white space changes.',
    palette: sqlText,
    menus: [{ menu: 'editor/context', when: sqlText, group: '1_databasePatterns@3' }],
  },
  checkWorkspace: {
    title: 'Check Workspace',
    does: 'Checks every Python file, open or not.',
    palette: true,
  },
  showCoverage: {
    title: 'Show Coverage',
    does: 'Lists the statements that could not be read as SQL, and why.',
    palette: true,
  },
  explainRule: {
    title: 'Explain Rule…',
    does: 'Shows a rule’s page: what it finds, why, and what to write instead.',
    palette: true,
  },
  restartServer: {
    title: 'Restart Server',
    does: 'Stops the language server and starts it again.',
    palette: true,
  },
  showLog: {
    title: 'Show Log',
    does: 'Opens the extension’s log. It holds no passwords and no row data.',
    palette: true,
  },
  ...migrationCommandData,
} as const satisfies Readonly<Record<string, CommandData>>;

export type CommandName = keyof typeof commands;

/** The identifier that VS Code knows the command by. */
export function commandId<Name extends CommandName>(name: Name): `databasePatterns.${Name}` {
  return `databasePatterns.${name}`;
}
