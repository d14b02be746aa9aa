/** The commands of the Pools view and panel: their part of `commands.ts`. */
import { type CommandData, row, titleOf, trusted } from './command-data.ts';

export const poolCommands = {
  openPoolsPanel: {
    title: 'Open Pools Panel',
    does: 'Opens the pools of all connections beside the editors.',
    icon: 'graph-line',
    palette: true,
    enablement: trusted,
    menus: [titleOf('pools', 'navigation@1')],
  },
  cancelQuery: {
    title: 'Cancel Statement…',
    does: 'Asks the server to cancel what a session runs, after a confirmation that names it.',
    icon: 'debug-stop',
    palette: false,
    enablement: trusted,
    menus: [row('pools', 'session.+active', 'inline@1'), row('pools', 'session.+active', '1_end@1')],
  },
  terminateSession: {
    title: 'Terminate Session…',
    does: 'Ends a session and its transaction, after a confirmation; on a protected connection its name must be typed.',
    palette: false,
    enablement: trusted,
    menus: [row('pools', 'session', '1_end@2')],
  },
  explainSession: {
    title: 'Explain Statement',
    does: 'Shows the plan of a session’s statement. EXPLAIN without ANALYZE: nothing is run.',
    palette: false,
    enablement: trusted,
    menus: [row('pools', 'session', '2_look@1')],
  },
  openSessionCode: {
    title: 'Open the Code',
    does: 'Opens the code that a session works for.',
    icon: 'go-to-file',
    palette: false,
    menus: [row('pools', 'session.*code', 'inline@2'), row('pools', 'session.*code', '2_look@2')],
  },
  revealEngine: {
    title: 'Go to create_engine',
    does: 'Opens the line that makes the pool.',
    icon: 'go-to-file',
    palette: false,
    menus: [row('pools', 'pool.+engine', 'inline@1')],
  },
} as const satisfies Readonly<Record<string, CommandData>>;
