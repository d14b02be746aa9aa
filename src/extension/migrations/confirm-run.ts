/** Names the database before Alembic changes it; a protected one asks for its name to be typed. */
import { window } from 'vscode';
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import { colouredTarget, targetMarks, targetName } from './target-name.ts';

export interface RunQuestion {
  readonly environment: MigrationEnvironmentInfo;
  /** `Upgrade`: the button, and the beginning of the question. */
  readonly verb: string;
  /** What is left of the question: `to head`. */
  readonly rest: string;
  /** What can be lost; empty where nothing can. */
  readonly loss: string;
}

const whoRuns = 'Alembic runs in your Python, with the database that your env.py connects to.';

export async function confirmRun({ environment, verb, rest, loss }: RunQuestion): Promise<boolean> {
  const question = `${verb} ${colouredTarget(environment)} ${rest}?`;
  if (targetMarks(environment)?.protected) return typesName(targetName(environment), question, loss);
  const detail = loss === '' ? whoRuns : `${loss} ${whoRuns}`;
  const show = loss === '' ? window.showInformationMessage : window.showWarningMessage;
  return (await show(question, { modal: true, detail }, verb)) !== undefined;
}

async function typesName(target: string, question: string, loss: string): Promise<boolean> {
  const typed = await window.showInputBox({
    title: question,
    prompt: `${loss} ${target} is protected. Type its name to go on.`.trim(),
    placeHolder: target,
    ignoreFocusOut: true,
    validateInput: value =>
      value === '' || target.startsWith(value) ? null : `This is not ${target}. Nothing has been run.`,
  });
  return typed === target;
}

export const downgradeLoss = 'Downgrading drops what the later revisions created, with the data in it.';
