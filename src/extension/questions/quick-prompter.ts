/** Shows questions in VS Code's quick input: one step a question, with a back button and checks as the user types. */
import type { Disposable, QuickInput, QuickInputButton, QuickPickItem } from 'vscode';
import { QuickInputButtons, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type {
  Answer,
  Answers,
  GroupQuestion,
  ItemQuestion,
  PickOption,
  TextQuestion,
} from '../../protocol/scaffold.ts';
import type { GroupAction, Prompter, Reply, Step } from './question-flow.ts';

type PickLike = Exclude<ItemQuestion, TextQuestion>;

interface OptionItem<Value> extends QuickPickItem {
  readonly value: Value;
}

const editButton: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: 'Change' };
const removeButton: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: 'Remove' };

export const quickPrompter: Prompter = {
  ask: (question, step) => (question.kind === 'text' ? askText(question, step) : askPick(question, step)),
  manage: manageGroup,
};

async function askText(question: TextQuestion, step: Step): Promise<Reply<Answer>> {
  const input = window.createInputBox();
  frame(input, question.title, step);
  input.prompt = question.prompt;
  input.placeholder = question.placeholder ?? '';
  input.value = typeof step.earlier === 'string' ? step.earlier : (question.initial ?? '');
  if (question.optional)
    void step.suggest().then(suggested => {
      if (suggested !== null) input.placeholder = suggested;
    });
  const problem = async (value: string): Promise<string | null> =>
    value.trim() === ''
      ? question.optional
        ? null
        : `${question.title} is needed.`
      : step.check(value.trim());
  return shown<Answer>(input, done => [
    input.onDidChangeValue(async value => {
      const message = value.trim() === '' ? null : await problem(value);
      if (input.value === value) input.validationMessage = message ?? '';
    }),
    input.onDidAccept(async () => {
      const value = input.value;
      const message = await problem(value);
      if (message === null) done({ kind: 'value', value: value.trim() });
      else input.validationMessage = message;
    }),
    backButton(input, done),
  ]);
}

async function askPick(question: PickLike, step: Step): Promise<Reply<Answer>> {
  const many = question.kind === 'multi-pick';
  const pick = window.createQuickPick<OptionItem<string>>();
  frame(pick, question.title, step);
  pick.placeholder = question.prompt;
  pick.canSelectMany = many;
  pick.matchOnDescription = true;
  pick.items = optionsOf(question).map(option => ({ ...option, value: option.value }));
  const chosen = chosenBefore(question, step.earlier);
  const items = pick.items.filter(item => chosen.includes(item.value));
  if (many) pick.selectedItems = items;
  else pick.activeItems = items;
  return shown<Answer>(pick, done => [
    pick.onDidAccept(() => {
      const values = (many ? pick.selectedItems : pick.activeItems).map(item => item.value);
      const [first] = values;
      if (many) done({ kind: 'value', value: values });
      else if (first !== undefined)
        done({ kind: 'value', value: question.kind === 'confirm' ? first === 'yes' : first });
    }),
    backButton(pick, done),
  ]);
}

async function manageGroup(
  group: GroupQuestion,
  items: readonly Answers[],
  step: Step,
): Promise<Reply<GroupAction>> {
  const pick = window.createQuickPick<OptionItem<GroupAction>>();
  frame(pick, group.title, step);
  pick.placeholder = group.prompt;
  pick.items = groupItems(group, items);
  return shown<GroupAction>(pick, done => [
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen !== undefined) done({ kind: 'value', value: chosen.value });
    }),
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (item.value.kind !== 'edit') return;
      const { index } = item.value;
      done({ kind: 'value', value: button === removeButton ? { kind: 'remove', index } : item.value });
    }),
    backButton(pick, done),
  ]);
}

function groupItems(group: GroupQuestion, items: readonly Answers[]): OptionItem<GroupAction>[] {
  const rows: OptionItem<GroupAction>[] = items.map((item, index) => ({
    label: String(item[group.summary[0] ?? ''] ?? `${group.item} ${index + 1}`),
    description: group.summary
      .slice(1)
      .flatMap(id => summaryText(item[id]))
      .join(' · '),
    buttons: [editButton, removeButton],
    value: { kind: 'edit', index },
  }));
  const enough = items.length >= (group.minimum ?? 0);
  const add: OptionItem<GroupAction> = {
    label: `$(add) Add ${group.item}`,
    value: { kind: 'add' },
    alwaysShow: true,
  };
  const finish: OptionItem<GroupAction> = {
    label: '$(check) Done',
    value: { kind: 'done' },
    alwaysShow: true,
  };
  const line: OptionItem<GroupAction> = {
    label: '',
    kind: QuickPickItemKind.Separator,
    value: { kind: 'add' },
  };
  return [add, ...(enough ? [finish] : []), ...(rows.length > 0 ? [line] : []), ...rows];
}

function summaryText(answer: Answer | undefined): readonly string[] {
  if (typeof answer === 'string') return answer === '' ? [] : [answer];
  return Array.isArray(answer) ? answer.filter(value => typeof value === 'string') : [];
}

function optionsOf(question: PickLike): readonly PickOption[] {
  if (question.kind !== 'confirm') return question.options;
  return [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ];
}

function chosenBefore(question: PickLike, earlier: Answer | undefined): readonly unknown[] {
  const answer = earlier ?? question.initial;
  if (question.kind === 'confirm') return [answer === false ? 'no' : 'yes'];
  return Array.isArray(answer) ? answer : [answer];
}

function frame(
  input: QuickInput & { buttons: readonly QuickInputButton[] },
  question: string,
  step: Step,
): void {
  input.title = `${step.title}: ${question}`;
  input.step = step.number;
  input.totalSteps = step.total;
  input.ignoreFocusOut = true;
  input.buttons = step.canGoBack ? [QuickInputButtons.Back] : [];
}

type Buttoned = QuickInput & {
  onDidTriggerButton(listener: (button: QuickInputButton) => void): Disposable;
};

function backButton(input: Buttoned, done: (reply: { readonly kind: 'back' }) => void): Disposable {
  return input.onDidTriggerButton(button => {
    if (button === QuickInputButtons.Back) done({ kind: 'back' });
  });
}

/** Shows the input until a listener calls `done` or the user leaves it. */
async function shown<Value>(
  input: QuickInput,
  listen: (done: (reply: Reply<Value>) => void) => readonly Disposable[],
): Promise<Reply<Value>> {
  const disposables: Disposable[] = [input];
  try {
    return await new Promise(resolve => {
      disposables.push(
        ...listen(resolve),
        input.onDidHide(() => resolve({ kind: 'cancel' })),
      );
      input.show();
    });
  } finally {
    for (const disposable of disposables) disposable.dispose();
  }
}
