/** What is said of a command, and where it can stand in the editor's menus. */

export interface CommandData {
  /** Shown after “Database Patterns: ”. */
  readonly title: string;
  /** One sentence for the README. */
  readonly does: string;
  /** A product icon's name, for buttons. */
  readonly icon?: string;
  /** False where it needs an element of a view to act on; a text narrows when it is offered. */
  readonly palette: boolean | string;
  /** A when clause under which it can run at all. */
  readonly enablement?: string;
  readonly menus?: readonly MenuPlace[];
}

export interface MenuPlace {
  readonly menu: 'view/title' | 'view/item/context' | 'editor/context' | 'explorer/context';
  readonly when: string;
  readonly group: string;
}

export const trusted = 'isWorkspaceTrusted';
export const python = 'editorLangId == python';

/** A row of one view, by the pattern that its context value matches. */
export function row(view: ViewName, contextValue: string, group: string): MenuPlace {
  const when = `view == databasePatterns.${view} && viewItem =~ /^${contextValue}\\b/`;
  return { menu: 'view/item/context', when, group };
}

export function titleOf(view: ViewName, group: string): MenuPlace {
  return { menu: 'view/title', when: `view == databasePatterns.${view}`, group };
}

/** In the context menu of a Python file. */
export function inEditor(group: string): MenuPlace {
  return { menu: 'editor/context', when: python, group };
}

/** In the explorer's context menu of a folder. */
export function onFolder(group: string): MenuPlace {
  return { menu: 'explorer/context', when: 'explorerResourceIsFolder', group };
}

export type ViewName = 'connections' | 'pools' | 'migrations';
