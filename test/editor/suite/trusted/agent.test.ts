/** The tools that language models may call, called as the editor calls them. */
import assert from 'node:assert/strict';
import { setup, suite, test } from 'mocha';
import { commands, LanguageModelTextPart, languages, lm } from 'vscode';
import { checkByCli } from '../findings.ts';
import { closeAll, open } from '../shop.ts';
import { press, screenshot, sees } from '../window.ts';

async function call(name: string, input: object): Promise<string> {
  const { content } = await lm.invokeTool(`databasePatterns_${name}`, {
    input,
    toolInvocationToken: undefined,
  });
  return content.map(part => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

function dataOf(text: string): Readonly<Record<string, unknown>> {
  const json = /<workspace-data>\n(.*)\n<\/workspace-data>/s.exec(text)?.[1];
  assert.ok(json, text);
  return JSON.parse(json);
}

interface PromptFile {
  readonly uri: { readonly path: string };
  readonly type: string;
  readonly extensionId: string;
}

suite('Agent tools', () => {
  setup(closeAll);

  test('the skill is one of the editor’s', async () => {
    const files = await commands.executeCommand<PromptFile[]>('_listExtensionPromptFiles');
    const own = files.filter(({ extensionId }) => extensionId === 'database-patterns.database-patterns');
    assert.deepEqual(
      own.map(({ type, uri }) => `${type} ${uri.path.split('/').slice(-2).join('/')}`),
      ['skill sqlalchemy-postgresql/SKILL.md'],
    );
  });

  test('the MCP server is one of the editor’s', async () => {
    void commands.executeCommand('workbench.mcp.listServer');
    await sees('the server', '.quick-input-widget:visible .monaco-list-row:has-text("Database Patterns")');
    await screenshot('mcp-servers');
    await press('Escape');
  });

  test('are offered with descriptions and schemas', () => {
    const own = lm.tools.filter(({ name }) => name.startsWith('databasePatterns_'));
    assert.ok(own.length >= 9, String(own.length));
    for (const { name, description, inputSchema } of own) assert.ok(description && inputSchema, name);
  });

  test('check_code finds what the command line finds', async () => {
    const { findings } = dataOf(await call('check_code', { paths: ['app'] }));
    const report = await checkByCli();
    assert.ok(Array.isArray(findings));
    const lines = (all: readonly { rule: string; file: string; message: string }[]) =>
      all.map(({ rule, file, message }) => `${file} ${rule} ${message}`).sort();
    assert.deepEqual(lines(findings), lines(report.findings.filter(({ file }) => file.startsWith('app/'))));
  });

  test('a text that is only supposed leaves the editor’s findings alone', async () => {
    const { document } = await open('app/ordering.py');
    const before = languages.getDiagnostics(document.uri);
    const text = 'from app.models import Order\nfrom sqlalchemy import select\nx = select(Order.nmae)\n';
    const { findings } = dataOf(await call('check_code', { files: [{ path: 'app/ordering.py', text }] }));
    assert.ok(Array.isArray(findings) && findings.length > 0);
    assert.deepEqual(languages.getDiagnostics(document.uri), before);
  });

  test('the pools of the shop’s database', async () => {
    // VS Code answers its own confirmation in a test: what it would ask is tested with the server.
    const { server } = dataOf(await call('pool_state', {}));
    assert.ok(server);
  });
});
