/** A log channel whose texts go through the redactor, for the language client, which traces whole messages. */
import type { LogOutputChannel } from 'vscode';
import type { SecretRedactor } from './secret-redactor.ts';

const writers = new Set<PropertyKey>([
  'append',
  'appendLine',
  'replace',
  'trace',
  'debug',
  'info',
  'warn',
  'error',
]);

export function redactedChannel(channel: LogOutputChannel, redactor: SecretRedactor): LogOutputChannel {
  const clean = (value: unknown): unknown => (typeof value === 'string' ? redactor.redact(value) : value);
  return new Proxy(channel, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      if (!writers.has(key)) return member.bind(target);
      return (...parameters: unknown[]) => member.apply(target, parameters.map(clean));
    },
  });
}
