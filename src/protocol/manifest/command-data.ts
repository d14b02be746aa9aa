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
  readonly menu: 'view/title' | 'view/item/context' | 'editor/context' | 'explorer/context' | PatternMenu;
  readonly when?: string;
  readonly group: string;
}

/** The submenu of the explorer's and the editor's context menus that has what is scaffolded. */
export const patternMenu = 'databasePatterns.patterns';

type PatternMenu = typeof patternMenu;

/** Where the submenu stands. */
export const patternMenuPlaces = [
  {
    menu: 'explorer/context',
    when: 'explorerResourceIsFolder || resourceLangId == python',
    group: '6_databasePatterns@1',
  },
  { menu: 'editor/context', when: 'editorLangId == python', group: '1_databasePatterns@1' },
] as const;

export const trusted = 'isWorkspaceTrusted';
export const python = 'editorLangId == python';
export const sqlText = 'editorLangId =~ /^(python|sql)$/';
export const inFolder = 'workspaceFolderCount != 0';

/** A row of one view, by the pattern that its context value matches. */
export function row(view: ViewName, contextValue: string, group: string): MenuPlace {
  const when = `view == databasePatterns.${view} && viewItem =~ /^${contextValue}\\b/`;
  return { menu: 'view/item/context', when, group };
}

export function titleOf(view: ViewName, group: string): MenuPlace {
  return { menu: 'view/title', when: `view == databasePatterns.${view}`, group };
}

/** In the submenu of a folder or a Python file. */
export function amongPatterns(group: string): MenuPlace {
  return { menu: patternMenu, group };
}

/** In the submenu of a Python file: what is about the models in it. */
export function amongPatternsOfFile(group: string): MenuPlace {
  return { menu: patternMenu, when: 'resourceLangId == python', group };
}

export type ViewName = 'connections' | 'pools' | 'migrations';
