/** `dbpatterns lsp --stdio`: the language server for other editors. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';

export const lspCommand: Command = {
  name: 'lsp',
  summary: 'Run the language server for an editor over standard input and output',
  usage: 'dbpatterns lsp --stdio',
  async run(parameters, { signal }) {
    parseOptions(parameters, { stdio: { type: 'boolean', default: true } });
    const server = spawn(process.execPath, [join(import.meta.dirname, 'server.js'), '--stdio'], {
      stdio: 'inherit',
      signal,
    });
    return new Promise(resolve => {
      server.on('error', () => resolve(signal.aborted ? 0 : 2));
      server.on('exit', code => resolve(code === 0 || signal.aborted ? 0 : 2));
    });
  },
};
