/** Decides when the server runs: as long as the setting `enable` is on. Views and status follow. */
import type { LogOutputChannel } from 'vscode';
import { readSetting } from '../settings.ts';
import type { CoverageStatus } from '../status/coverage-status.ts';
import type { DatabaseViews } from '../views/database-views.ts';
import type { LanguageServer } from './language-server.ts';

export interface ControlledParts {
  readonly server: LanguageServer;
  readonly views: DatabaseViews;
  readonly status: CoverageStatus;
  readonly log: LogOutputChannel;
}

export class ServerControl {
  readonly #parts: ControlledParts;

  constructor(parts: ControlledParts) {
    this.#parts = parts;
  }

  /** Starts or stops the server as the setting says. Returns at once: failures show in the views and the log. */
  apply(): void {
    const change = readSetting('enable') ? this.#parts.server.start() : this.#stopAndClear();
    change.catch(error => this.#showFailure(error));
  }

  async restart(): Promise<void> {
    await this.#parts.server.restart().catch(error => {
      this.#showFailure(error);
      throw error;
    });
  }

  stop(): Promise<void> {
    return this.#parts.server.stop();
  }

  async #stopAndClear(): Promise<void> {
    await this.#parts.server.stop();
    this.#parts.views.clear();
    this.#parts.status.hide();
  }

  #showFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#parts.log.error(message);
    this.#parts.views.showFailure(message);
  }
}
