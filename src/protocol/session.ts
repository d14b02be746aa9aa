/** What the client tells the server at the start and when it changes: trust, Python, storage. */
import type { Nothing } from './message.ts';
import { notificationType } from './message.ts';

/** `initializationOptions` of LSP's `initialize`. */
export interface ClientOptions {
  /** False in Restricted Mode: then files are read, and no process is started and nothing is connected to. */
  readonly trusted: boolean;
  /** A folder for the server's caches, as the file system has it; null for none. */
  readonly storagePath: string | null;
}

/** The interpreter of the user's project. Never run in Restricted Mode. */
export interface PythonInfo {
  readonly path: string;
  /** Who named it, for people: `databasePatterns.pythonPath`, `the Python extension`, `.venv`, `PATH`. */
  readonly origin: string;
}

export const trustGranted = notificationType<Nothing>('session/trustGranted');

/** Sent soon after each start, since finding it may take a while, and when it changes. */
export const pythonChanged = notificationType<{ readonly python: PythonInfo | null }>(
  'session/pythonChanged',
);
