/** A row of a view as plain data, so that what a view shows can be tested without an editor. */
import type { CommandName } from '../../protocol/manifest/commands.ts';
import type { Subject } from './subject.ts';

export interface TreeNode {
  /** Stable while the row means the same thing; unique in its view. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: NodeIcon;
  /** Words for the when clauses of menus. */
  readonly contextValue?: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  /** What commands on this row act on. */
  readonly subject?: Subject;
  /** Run by a click, with the row as its argument. */
  readonly click?: CommandName;
  readonly expanded?: boolean;
  readonly children?: readonly TreeNode[];
}

export interface NodeIcon {
  /** A product icon. */
  readonly name: string;
  /** A theme colour's identifier. */
  readonly color?: string;
}

export const good: Pick<Required<NodeIcon>, 'color'> = { color: 'testing.iconPassed' };
export const doubtful: Pick<Required<NodeIcon>, 'color'> = { color: 'list.warningForeground' };
export const bad: Pick<Required<NodeIcon>, 'color'> = { color: 'list.errorForeground' };
