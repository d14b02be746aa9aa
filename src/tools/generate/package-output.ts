/** `package.json` with `contributes` generated from the table of commands, settings and views, and from the rules. */
import type { Rule } from '../../rules/rule.ts';
import { withContributes } from './contributes.ts';

export function packageOutput(
  manifest: string,
  rules: readonly Rule[],
): { readonly path: string; readonly content: string } {
  const next = withContributes(
    JSON.parse(manifest),
    rules.map(({ id, severity, documentation, options = [] }) => ({
      id,
      severity,
      summary: documentation.summary,
      options,
    })),
  );
  return { path: 'package.json', content: `${JSON.stringify(next, null, 2)}\n` };
}
