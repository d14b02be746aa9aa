/** Passwords in VS Code's secret storage, one a connection. The only place where the extension keeps one. */
import type { SecretStorage } from 'vscode';
import type { SecretRedactor } from '../log/secret-redactor.ts';

export class PasswordStore {
  readonly #secrets: SecretStorage;
  readonly #redactor: SecretRedactor;

  constructor(secrets: SecretStorage, redactor: SecretRedactor) {
    this.#secrets = secrets;
    this.#redactor = redactor;
  }

  /** Null where none is stored. */
  async read(connectionId: string): Promise<string | null> {
    const password = (await this.#secrets.get(key(connectionId))) ?? null;
    if (password !== null) this.#redactor.add(password);
    return password;
  }

  async store(connectionId: string, password: string): Promise<void> {
    this.#redactor.add(password);
    await this.#secrets.store(key(connectionId), password);
  }

  async forget(connectionId: string): Promise<void> {
    await this.#secrets.delete(key(connectionId));
  }
}

function key(connectionId: string): string {
  return `databasePatterns.password:${connectionId}`;
}
