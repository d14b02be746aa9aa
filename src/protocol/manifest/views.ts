/** The three views and what each says while it is empty. */
import { commandButton } from './command-button.ts';
import type { ViewName } from './command-data.ts';

export interface ViewData {
  readonly name: string;
  /** One sentence for the README. */
  readonly shows: string;
  readonly icon: string;
  /** Its share of the sidebar's height before a user drags it. */
  readonly initialSize: number;
  readonly welcome: readonly WelcomeText[];
}

export interface WelcomeText {
  readonly contents: string;
  readonly when?: string;
}

const restricted: WelcomeText = {
  when: '!isWorkspaceTrusted',
  contents:
    'In Restricted Mode files are read, but nothing is run and nothing is connected to.\n[Manage Workspace Trust](command:workbench.trust.manage)',
};

const off: WelcomeText = {
  when: 'isWorkspaceTrusted && !config.databasePatterns.enable',
  contents: 'Database Patterns is switched off by the setting `databasePatterns.enable`.',
};

const ready = 'isWorkspaceTrusted && config.databasePatterns.enable';

export const views = {
  connections: {
    name: 'Connections',
    shows:
      'The databases that settings, `.env` files, docker-compose services, service files, `alembic.ini` and `create_engine` name, each with its origins and the result of a test.',
    icon: 'plug',
    initialSize: 1,
    welcome: [
      restricted,
      off,
      {
        when: ready,
        contents: `No database was found in settings, .env files, docker-compose services, alembic.ini or create_engine.\n${commandButton('Add Connection…', 'addConnection')}`,
      },
    ],
  },
  pools: {
    name: 'Pools',
    shows:
      'For each database and application: sessions in use, idle and waiting against pool_size + max_overflow, and the server’s capacity; once a second while the view is visible.',
    icon: 'dashboard',
    initialSize: 2,
    welcome: [
      restricted,
      off,
      {
        when: ready,
        contents: `Pools are watched on PostgreSQL connections, and none is known yet.\n${commandButton('Add Connection…', 'addConnection')}`,
      },
    ],
  },
  migrations: {
    name: 'Migrations',
    shows:
      'Alembic environments and their revisions, newest first, with applied, pending, head and current marks from files and version table.',
    icon: 'git-commit',
    initialSize: 4,
    welcome: [
      restricted,
      off,
      {
        when: ready,
        contents: `No alembic.ini and no [tool.alembic] in pyproject.toml was found in this workspace.\n${commandButton('Set Up Alembic…', 'setUpAlembic')}`,
      },
    ],
  },
} as const satisfies Readonly<Record<ViewName, ViewData>>;
