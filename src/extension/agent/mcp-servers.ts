/** Tells the editor how to start `dbpatterns mcp`, once for each folder. Nothing is started in a workspace without trust. */
import { join } from 'node:path';
import type { Disposable, ExtensionContext, McpServerDefinitionProvider, WorkspaceFolder } from 'vscode';
import { EventEmitter, lm, McpStdioServerDefinition, workspace } from 'vscode';
import { mcpProviderId } from '../../protocol/agent.ts';
import { readSetting, settingChanged } from '../settings.ts';
import { mcpStart } from './mcp-start.ts';

/** Empty in an editor that knows no MCP: VS Code has it since 1.101. */
export function registerMcpServers(context: ExtensionContext): readonly Disposable[] {
  if (!('registerMcpServerDefinitionProvider' in lm)) return [];
  const changed = new EventEmitter<void>();
  const provider: McpServerDefinitionProvider<McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => mcpServers(context),
  };
  return [
    changed,
    lm.registerMcpServerDefinitionProvider(mcpProviderId, provider),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    workspace.onDidChangeConfiguration(event => {
      if (settingChanged(event, 'enable')) changed.fire();
    }),
  ];
}

function mcpServers(context: ExtensionContext): McpStdioServerDefinition[] {
  if (!workspace.isTrusted || !readSetting('enable')) return [];
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return folders.map(folder => mcpServer(context, folder, folders.length > 1));
}

function mcpServer(
  context: ExtensionContext,
  { name, uri }: WorkspaceFolder,
  isOneOfSeveral: boolean,
): McpStdioServerDefinition {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const label = isOneOfSeveral ? `Database Patterns: ${name}` : 'Database Patterns';
  const script = context.asAbsolutePath(join('dist', 'cli.js'));
  const { command, args, env } = mcpStart(script, uri.fsPath);
  return new McpStdioServerDefinition(label, command, [...args], { ...env }, version);
}
