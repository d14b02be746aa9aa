/**
 * Every command, once. `contributes.commands` and `contributes.menus` are generated from it, and
 * `extension/commands/handlers.ts` must hold a handler for each key, or it does not compile.
 */

export interface CommandData {
  /** Shown after “Database Patterns: ”. */
  readonly title: string;
  /** One sentence for the README. */
  readonly does: string;
  /** A product icon's name, for buttons. */
  readonly icon?: string;
  /** False where it needs an element of a view to act on; a text narrows when it is offered. */
  readonly palette: boolean | string;
  /** A when clause under which it can run at all. */
  readonly enablement?: string;
  readonly menus?: readonly MenuPlace[];
}

export interface MenuPlace {
  readonly menu: 'view/title' | 'view/item/context' | 'editor/context' | 'explorer/context';
  readonly when: string;
  readonly group: string;
}

const trusted = 'isWorkspaceTrusted';
const python = 'editorLangId == python';

/** A row of one view, by the pattern that its context value matches. */
function row(view: ViewName, contextValue: string, group: string): MenuPlace {
  const when = `view == databasePatterns.${view} && viewItem =~ /^${contextValue}\\b/`;
  return { menu: 'view/item/context', when, group };
}

function titleOf(view: ViewName, group: string): MenuPlace {
  return { menu: 'view/title', when: `view == databasePatterns.${view}`, group };
}

/** In the context menu of a Python file. */
function inEditor(group: string): MenuPlace {
  return { menu: 'editor/context', when: python, group };
}

/** In the explorer's context menu of a folder. */
function onFolder(group: string): MenuPlace {
  return { menu: 'explorer/context', when: 'explorerResourceIsFolder', group };
}

export type ViewName = 'connections' | 'pools' | 'migrations';

export const commands = {
  newModel: {
    title: 'New Model…',
    does: 'Asks for a name, columns and mixins, and writes a model.',
    palette: true,
    menus: [onFolder('databasePatterns@2')],
  },
  newRepository: {
    title: 'New Repository…',
    does: 'Writes a typed repository for a model.',
    palette: true,
    menus: [inEditor('databasePatterns@3')],
  },
  newUnitOfWork: {
    title: 'New Unit of Work…',
    does: 'Writes a transaction over your repositories, or adds repositories to the one you have.',
    palette: true,
  },
  newMigration: {
    title: 'New Migration…',
    does: 'Writes a migration with your own Alembic: from the models’ changes, or empty.',
    icon: 'add',
    palette: true,
    enablement: trusted,
    menus: [titleOf('migrations', 'navigation@1'), row('migrations', 'environment', 'inline@1')],
  },
  setUpAlembic: {
    title: 'Set Up Alembic…',
    does: 'Runs `alembic init` in the workspace, plain or async.',
    palette: true,
    enablement: trusted,
  },
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
  openPoolsPanel: {
    title: 'Open Pools Panel',
    does: 'Opens the pools of all connections beside the editors.',
    icon: 'graph-line',
    palette: true,
    enablement: trusted,
    menus: [titleOf('pools', 'navigation@1')],
  },
  revealEngine: {
    title: 'Go to create_engine',
    does: 'Opens the line that makes the pool.',
    icon: 'go-to-file',
    palette: false,
    menus: [row('pools', 'pool.+engine', 'inline@1')],
  },
  openRevision: {
    title: 'Open File',
    does: 'Opens a revision’s file.',
    icon: 'go-to-file',
    palette: false,
    menus: [row('migrations', 'revision', '1_open@1')],
  },
  copyRevisionId: {
    title: 'Copy Revision Id',
    does: 'Copies a revision’s identifier.',
    palette: false,
    menus: [row('migrations', 'revision', '1_open@2')],
  },
  upgradeToHead: {
    title: 'Upgrade to Head',
    does: 'Runs `alembic upgrade heads` after a confirmation that names the database.',
    icon: 'arrow-up',
    palette: true,
    enablement: trusted,
    menus: [row('migrations', 'environment', 'inline@2'), row('migrations', 'environment', '1_run@1')],
  },
  upgradeByOne: {
    title: 'Upgrade by One',
    does: 'Runs `alembic upgrade +1` after a confirmation that names the database.',
    palette: true,
    enablement: trusted,
    menus: [row('migrations', 'environment', '1_run@2')],
  },
  downgradeByOne: {
    title: 'Downgrade by One…',
    does: 'Runs `alembic downgrade -1` after a warning that names the database.',
    palette: true,
    enablement: trusted,
    menus: [row('migrations', 'environment', '1_run@3')],
  },
  checkMigrations: {
    title: 'Check with Alembic',
    does: 'Runs `alembic check`: whether the database has all that the models have.',
    palette: true,
    enablement: trusted,
    menus: [row('migrations', 'environment', '2_check@1')],
  },
  showDrift: {
    title: 'Show Drift',
    does: 'Lists where the models and the migrations differ. Nothing is run.',
    icon: 'compare-changes',
    palette: true,
    menus: [row('migrations', 'environment', '2_check@2'), row('migrations', 'drift', 'inline@1')],
  },
  showRevisionSql: {
    title: 'Show SQL',
    does: 'Shows what a revision does to the schema as DDL, without running it.',
    icon: 'open-preview',
    palette: false,
    menus: [row('migrations', 'revision', '1_open@3')],
  },
  compareSchemas: {
    title: 'Compare Schema Before and After',
    does: 'Shows the tables that a revision changes, before and after it.',
    icon: 'diff',
    palette: false,
    menus: [row('migrations', 'revision', '1_open@4')],
  },
  openMigrationGraph: {
    title: 'Open Migration Graph',
    does: 'Opens the revisions as lanes, with search, what touched a table, and what each one does.',
    icon: 'git-merge',
    palette: true,
    menus: [titleOf('migrations', 'navigation@3')],
  },
  revealInGraph: {
    title: 'Reveal in Graph',
    does: 'Shows a revision in the migration graph.',
    palette: false,
    menus: [row('migrations', 'revision', '1_open@5')],
  },
  stampHere: {
    title: 'Stamp Here…',
    does: 'Runs `alembic stamp`: the database counts as standing at the revision, and nothing is run.',
    palette: false,
    enablement: trusted,
    menus: [row('migrations', 'revision', '2_run@3')],
  },
  repairDownRevision: {
    title: 'Repair down_revision…',
    does: 'Lets a revision whose `down_revision` no file declares follow another one.',
    icon: 'wrench',
    palette: false,
    menus: [row('migrations', 'problem.+unknown-down-revision', 'inline@1')],
  },
  upgradeToHere: {
    title: 'Upgrade to Here',
    does: 'Runs `alembic upgrade` to the chosen revision.',
    icon: 'arrow-up',
    palette: false,
    enablement: trusted,
    menus: [
      row('migrations', 'revision.+(pending|unknown)', 'inline@1'),
      row('migrations', 'revision.+(pending|unknown)', '2_run@1'),
    ],
  },
  downgradeToHere: {
    title: 'Downgrade to Here…',
    does: 'Runs `alembic downgrade` to the chosen revision after a warning that names the database.',
    palette: false,
    enablement: trusted,
    menus: [row('migrations', 'revision.+(applied|unknown)', '2_run@2')],
  },
  mergeHeads: {
    title: 'Merge Heads…',
    does: 'Writes a merge revision where an environment has several heads.',
    icon: 'git-merge',
    palette: true,
    enablement: trusted,
    menus: [row('migrations', '(environment.+manyHeads|problem.+manyHeads)', 'inline@3')],
  },
  refreshMigrations: {
    title: 'Refresh Migrations',
    does: 'Reads revision files and version tables again.',
    icon: 'refresh',
    palette: true,
    menus: [titleOf('migrations', 'navigation@2')],
  },
  showSql: {
    title: 'Show SQL',
    does: 'Shows the SQL of the statement under the cursor beside it.',
    icon: 'open-preview',
    palette: python,
    menus: [{ menu: 'editor/context', when: python, group: 'navigation@90' }],
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
} as const satisfies Readonly<Record<string, CommandData>>;

export type CommandName = keyof typeof commands;

/** The identifier that VS Code knows the command by. */
export function commandId<Name extends CommandName>(name: Name): `databasePatterns.${Name}` {
  return `databasePatterns.${name}`;
}
