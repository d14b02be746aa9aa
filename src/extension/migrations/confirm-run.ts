/** Names the database before Alembic changes it; a protected one asks for its name to be typed. */
import { window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';

/** The database as far as it is known; env.py has the last word on it. */
export function targetName({ database, label }: MigrationEnvironmentInfo): string {
  return database.kind === 'none' ? `the database that ${label} names` : database.label;
}

export interface RunQuestion {
  readonly environment: MigrationEnvironmentInfo;
  /** Whether settings mark the database as one that must not be changed by mistake. */
  readonly isProtected: boolean;
  /** `Upgrade`: the button, and the beginning of the question. */
  readonly verb: string;
  /** What is left of the question: `to head`. */
  readonly rest: string;
  /** What can be lost; empty where nothing can. */
  readonly loss: string;
}

const whoRuns = 'Alembic runs in your Python, with the database that your env.py connects to.';

export async function confirmRun({
  environment,
  isProtected,
  verb,
  rest,
  loss,
}: RunQuestion): Promise<boolean> {
  const target = targetName(environment);
  const question = `${verb} ${target} ${rest}?`;
  if (isProtected) return typesName(target, question, loss);
  const detail = loss === '' ? whoRuns : `${loss} ${whoRuns}`;
  const show = loss === '' ? window.showInformationMessage : window.showWarningMessage;
  return (await show(question, { modal: true, detail }, verb)) !== undefined;
}

async function typesName(target: string, question: string, loss: string): Promise<boolean> {
  const typed = await window.showInputBox({
    title: `$(shield) ${question}`,
    prompt: `${loss} ${target} is protected. Type its name to go on.`.trim(),
    placeHolder: target,
    ignoreFocusOut: true,
    validateInput: value =>
      value === '' || target.startsWith(value) ? null : `This is not ${target}. Nothing has been run.`,
  });
  return typed === target;
}

export const downgradeLoss = 'Downgrading drops what the later revisions created, with the data in it.';
