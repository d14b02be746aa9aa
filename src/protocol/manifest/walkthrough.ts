/** The steps that VS Code shows on its welcome page once the extension is installed. */
import { commandButton } from './command-button.ts';
import { type CommandName, commandId } from './commands.ts';

export interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  /** Paragraphs of Markdown; a button stands in one of its own. */
  readonly description: readonly string[];
  /** Cut out by `tools/walkthrough-pictures.ts` from what the editor tests leave. */
  readonly picture: { readonly name: string; readonly shows: string };
  /** VS Code's completion events. */
  readonly completedBy: readonly string[];
}

/** Once the command was run. */
function ran(command: CommandName): string {
  return `onCommand:${commandId(command)}`;
}

export const walkthroughSteps: readonly WalkthroughStep[] = [
  {
    id: 'findings',
    title: 'See what is wrong before it runs',
    description: [
      'Open a Python file with queries or models. What PostgreSQL would refuse, and what would silently do something else than it reads, is underlined; many findings have a quick fix, and **Explain** opens the page of the rule.',
      'Nothing has to be set up: your code is read, not run, and a built-in PostgreSQL parses each statement without executing it.',
      commandButton('Check Workspace', 'checkWorkspace'),
    ],
    picture: {
      name: 'findings',
      shows: 'A misspelt column, underlined, with the quick fix that names the right one',
    },
    completedBy: [ran('checkWorkspace'), ran('explainRule')],
  },
  {
    id: 'sql',
    title: 'Read the SQL behind a statement',
    description: [
      'Hold the pointer over a `select()` to see the SQL that SQLAlchemy would send. The status bar says how many statements could be read; click it for those that could not, and why.',
      commandButton('Show Coverage', 'showCoverage'),
    ],
    picture: { name: 'sql', shows: 'The SQL of a statement in a hover above it' },
    completedBy: [ran('showSql'), ran('showCoverage')],
  },
  {
    id: 'pools',
    title: 'Watch the connection pools',
    description: [
      'Databases that `.env` files, settings classes, compose files and `create_engine()` name are found by themselves, and read only. For each application you see what is in use, idle and waiting against its pool’s size, and who blocks whom.',
      commandButton('Add Connection…', 'addConnection'),
      commandButton('Open Pools Panel', 'openPoolsPanel'),
    ],
    picture: { name: 'pools', shows: 'The panel of pools: charts of the last hour, pools, and sessions' },
    completedBy: ['onView:databasePatterns.pools', ran('openPoolsPanel')],
  },
  {
    id: 'migrations',
    title: 'Migrate without waking anybody',
    description: [
      'Each revision says what it does, what it locks and whether rows are written anew. **New Migration** writes the steps that running code survives, and the graph shows where the database stands.',
      commandButton('Open Migration Graph', 'openMigrationGraph'),
      commandButton('New Migration…', 'newMigration'),
    ],
    picture: {
      name: 'migrations',
      shows: 'The graph of revisions with the DDL of the chosen one beside it',
    },
    completedBy: [ran('openMigrationGraph'), ran('newMigration')],
  },
  {
    id: 'scaffolds',
    title: 'Have patterns written for you',
    description: [
      'Models, columns, relationships, repositories, a unit of work, FastAPI resources, test fixtures: in your project’s own style, with its base, keys, naming and folders. You see each change before it is written, and one undo takes it back.',
      commandButton('Set Up Database Layer…', 'setUpDatabaseLayer'),
      commandButton('New Model…', 'newModel'),
      commandButton('Convert to 2.0 Style…', 'convertToNewStyle'),
    ],
    picture: {
      name: 'scaffolds',
      shows: 'A new model and the package that lists it, before they are written',
    },
    completedBy: [ran('setUpDatabaseLayer'), ran('newModel'), ran('convertToNewStyle')],
  },
];
