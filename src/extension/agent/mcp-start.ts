/** How `dbpatterns mcp` is started for a folder, by whichever program runs the extension: an editor's Electron, or Node. */

export interface McpStart {
  readonly command: string;
  readonly args: readonly string[];
  /** On top of the environment of whoever starts it; null takes a variable away. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** `script` and `root` are absolute. */
export function mcpStart(script: string, root: string): McpStart {
  return {
    command: process.execPath,
    args: [script, 'mcp', '--root', root],
    // Nobody was asked about a database that the editor's own environment happens to name.
    env: { ELECTRON_RUN_AS_NODE: '1', DATABASE_URL: null },
  };
}
