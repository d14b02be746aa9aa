/** The commands that scaffold: part of `commands`, where the others stand. */
import { amongPatterns, amongPatternsOfFile, type CommandData, inFolder, row } from './command-data.ts';

export const scaffoldCommandData = {
  setUpDatabaseLayer: {
    title: 'Set Up Database Layer…',
    does: 'Writes the engine, sessions, the declarative base and what FastAPI needs of them.',
    palette: inFolder,
    menus: [amongPatterns('4_project@1')],
  },
  newModel: {
    title: 'New Model…',
    does: 'Asks for a name, columns and mixins, and writes a model.',
    palette: inFolder,
    menus: [amongPatterns('1_models@1')],
  },
  modelsFromDatabase: {
    title: 'Models from an Existing Database…',
    does: 'Writes tables of a connection, or of a script such as a schema dump, as models that are related on both sides.',
    palette: inFolder,
    menus: [
      row('connections', 'connection.+postgresql', '3_models@1'),
      amongPatterns('1_models@4'),
      { menu: 'explorer/context', when: 'resourceExtname == .sql', group: '6_databasePatterns@1' },
      { menu: 'editor/context', when: 'editorLangId == sql', group: '1_databasePatterns@1' },
    ],
  },
  addColumn: {
    title: 'Add Column…',
    does: 'Adds a column to a model; a foreign key brings its relationship into both models.',
    palette: inFolder,
    menus: [amongPatternsOfFile('1_models@2')],
  },
  addRelationship: {
    title: 'Add Relationship…',
    does: 'Relates two models, on both sides: with a foreign key, an association table or an association object.',
    palette: inFolder,
    menus: [amongPatternsOfFile('1_models@3')],
  },
  newRepository: {
    title: 'New Repository…',
    does: 'Writes a typed repository for a model.',
    palette: inFolder,
    menus: [amongPatterns('2_use@1')],
  },
  newUnitOfWork: {
    title: 'New Unit of Work…',
    does: 'Writes a transaction over your repositories, or adds repositories to the one you have.',
    palette: inFolder,
    menus: [amongPatterns('2_use@2')],
  },
  addRetry: {
    title: 'Add Retry…',
    does: 'Runs a transaction again after a serialization failure or a deadlock.',
    palette: inFolder,
    menus: [amongPatterns('3_run@1')],
  },
  addHealthCheck: {
    title: 'Add Health Check…',
    does: 'Writes a check of the database’s latency and of the pool, as a route where FastAPI serves.',
    palette: inFolder,
    menus: [amongPatterns('3_run@2')],
  },
  addPoolTelemetry: {
    title: 'Add Pool Telemetry…',
    does: 'Writes a module that tells the Pools view, and OpenTelemetry, what only the process knows of its pool.',
    palette: inFolder,
    menus: [amongPatterns('3_run@3')],
  },
  addReadWriteSplit: {
    title: 'Add Read/Write Split…',
    does: 'Reads on a replica, and on the primary for whoever has just written.',
    palette: inFolder,
    menus: [amongPatterns('3_run@4')],
  },
  addTestFixtures: {
    title: 'Add Test Fixtures…',
    does: 'Writes fixtures that undo each test’s work, commits included.',
    palette: inFolder,
    menus: [amongPatterns('4_project@3')],
  },
  newFastapiResource: {
    title: 'New FastAPI Resource…',
    does: 'Writes a model’s schemas, routes and tests, and serves them.',
    palette: inFolder,
    menus: [amongPatterns('2_use@3')],
  },
  convertToNewStyle: {
    title: 'Convert to 2.0 Style…',
    does: 'Says columns, relationships, bases and queries in the style of 2.0 where nothing changes what they mean, and lists what it leaves.',
    palette: inFolder,
    menus: [amongPatternsOfFile('5_convert@1')],
  },
  setUpAlembic: {
    title: 'Set Up Alembic…',
    does: 'Writes alembic.ini, an env.py that sees every model, and tests of the migrations: plain, async, or for several databases.',
    palette: inFolder,
    menus: [amongPatterns('4_project@2')],
  },
} as const satisfies Readonly<Record<string, CommandData>>;
