/**
 * Replaces passwords in every text that is about to be logged: those that passed through this process, and whatever
 * stands in a URL where a password does.
 */
const urlPassword = /(:\/\/[^\s:/@"']*:)[^\s"']*@/g;

export class SecretRedactor {
  readonly #secrets = new Set<string>();

  add(secret: string): void {
    if (secret !== '') this.#secrets.add(secret);
  }

  /** Also finds a secret as JSON and URLs write it. */
  redact(text: string): string {
    let result = text.replace(urlPassword, '$1***@');
    for (const secret of this.#secrets) {
      for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])) {
        result = result.replaceAll(form, '***');
      }
    }
    return result;
  }
}
