/** The page of the pools' panel outside of the editor: with data of its own, and colours as VS Code's default themes have them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PicturePage {
  /** Of the clone; its `dist` is shown. */
  readonly root: string;
  readonly theme: (typeof panelThemes)[number];
  /** As the page itself keeps it. */
  readonly state: unknown;
  /** What the extension would show; null for nothing yet. */
  readonly data: unknown;
}

export const panelThemes = ['light', 'dark', 'high-contrast'] as const;

const colors = {
  light: {
    'editor-background': '#ffffff',
    foreground: '#3b3b3b',
    descriptionForeground: '#6f6f6f',
    'panel-border': '#e5e5e5',
    'textLink-foreground': '#005fb8',
    'charts-blue': '#1a85ff',
    'charts-orange': '#d18616',
    'charts-green': '#388a34',
    'charts-red': '#e51400',
    'charts-purple': '#652d90',
    'list-warningForeground': '#855f00',
    'list-errorForeground': '#b01011',
    'badge-background': '#005fb8',
    'badge-foreground': '#ffffff',
    'input-background': '#ffffff',
    'input-border': '#cecece',
    'input-placeholderForeground': '#767676',
    'input-foreground': '#3b3b3b',
  },
  dark: {
    'editor-background': '#1f1f1f',
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'panel-border': '#2b2b2b',
    'textLink-foreground': '#4daafc',
    'charts-blue': '#3794ff',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-red': '#f14c4c',
    'charts-purple': '#b180d7',
    'list-warningForeground': '#cca700',
    'list-errorForeground': '#f88070',
    'badge-background': '#0078d4',
    'badge-foreground': '#ffffff',
    'input-background': '#313131',
    'input-border': '#3c3c3c',
    'input-placeholderForeground': '#989898',
    'input-foreground': '#cccccc',
  },
  'high-contrast': {
    'editor-background': '#000000',
    foreground: '#ffffff',
    descriptionForeground: '#ffffff',
    'panel-border': '#6fc3df',
    contrastBorder: '#6fc3df',
    'textLink-foreground': '#21a6ff',
    'charts-blue': '#3794ff',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-red': '#f14c4c',
    'charts-purple': '#b180d7',
    'list-warningForeground': '#ffd370',
    'list-errorForeground': '#f48771',
    'badge-background': '#000000',
    'badge-foreground': '#ffffff',
    'input-background': '#000000',
    'input-border': '#6fc3df',
    'input-placeholderForeground': '#bbbbbb',
    'input-foreground': '#ffffff',
  },
};

export async function picturePage({ root, theme, state, data }: PicturePage): Promise<string> {
  const file = (name: string) => readFile(join(root, 'dist', name), 'utf8');
  const variables = Object.entries(colors[theme]).map(([name, color]) => `--vscode-${name}: ${color};`);
  const embedded = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Connection Pools</title><style>
:root { ${variables.join(' ')} --vscode-font-family: sans-serif; --vscode-editor-font-family: monospace; }
body { font: 13px sans-serif; color: var(--vscode-foreground); background: var(--vscode-editor-background); }
${await file('panel-pools.css')}</style></head><body class="vscode-${theme}"><main id="page"></main><script>
window.acquireVsCodeApi = () => ({
  getState: () => (${embedded(state)}),
  setState() {},
  postMessage({ kind }) {
    const data = ${embedded(data)};
    if (kind === 'listening' && data !== null) setTimeout(() => postMessage({ kind: 'show', data }, '*'));
  },
});</script><script>${(await file('panel-pools.js')).replaceAll('</script', '<\\/script')}</script></body></html>`;
}
