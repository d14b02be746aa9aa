/** Waiting for something else while a transaction is open: “idle in transaction”. */
import type { Call, Expression, Statement, SyntaxNode, With } from '../../python/syntax.ts';
import { children } from '../../python/walk.ts';
import type { FileContext, Rule } from '../rule.ts';
import { nameList } from '../rule-option.ts';
import { calledFunction } from '../shared/code/called-function.ts';
import { isListedCall } from '../shared/code/listed-call.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';

const waitingCalls = nameList({
  name: 'calls',
  summary:
    'Functions of yours that wait for something else, by the name they are called by, such as `charge_card` or `stripe.*`',
});

export const ioInTransaction: Rule = {
  id: 'io-in-transaction',
  category: 'engine',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An HTTP request or a sleep inside a transaction',
    why: 'While the program waits, the connection stays taken and its transaction stays open: locks are held, vacuum cannot clean up behind it, and the pool runs empty as soon as the other side becomes slow (`QueuePool limit … reached`). The server shows such sessions as “idle in transaction”.',
    instead: 'Ask first and write then: make the request before the transaction is opened, or after it.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-3o7r'],
  },
  options: [waitingCalls],
  examples: [
    {
      bad: 'import httpx\n\n\ndef rename(session: Session, user_id: int) -> None:\n    with session.begin():\n        name = httpx.get("https://example.org/name").text\n        session.execute(update(User).where(User.id == user_id).values(name=name))',
      good: 'import httpx\n\n\ndef rename(session: Session, user_id: int) -> None:\n    name = httpx.get("https://example.org/name").text\n    with session.begin():\n        session.execute(update(User).where(User.id == user_id).values(name=name))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const waiting =
  /^(requests\.(get|post|put|patch|delete|head|options|request)|httpx\.(get|post|put|patch|delete|head|options|request|stream)|smtplib\.SMTP(_SSL)?|time\.sleep|asyncio\.sleep)$/;
const clients = /^(httpx\.(Async)?Client|aiohttp\.ClientSession|requests\.(sessions\.)?[Ss]ession)$/;
const requests: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'request',
  'send',
  'stream',
]);

function checkCall(node: Call, context: FileContext): void {
  const transaction = transactionAround(node, context);
  const what = transaction && (waitsFor(node, context) ?? waitsInside(node, context));
  if (!what) return;
  context.report({
    range: node.function,
    message: `${what} while a transaction is open: its connection and locks are held until the answer comes`,
  });
}

function waitsFor(node: Call, context: FileContext): string | null {
  if (isListedCall(context.option(waitingCalls), node.function, context.file)) return 'This waits';
  const name = libraryNameOf(node.function, context.facts);
  if (name !== null && waiting.test(name)) {
    if (name.startsWith('smtplib.')) return 'This waits for a mail server';
    if (!name.endsWith('.sleep')) return 'This waits for an HTTP answer';
    // `sleep(0)` only lets others run.
    const [first] = node.arguments;
    return first?.value.kind === 'number' && Number(first.value.text) === 0 ? null : 'This sleeps';
  }
  if (node.function.kind !== 'attribute' || !requests.has(node.function.attribute.id)) return null;
  return isClient(node.function.value, context) ? 'This waits for an HTTP answer' : null;
}

/** What a function of the workspace waits for that is called here, on every way through it. */
function waitsInside(node: Call, context: FileContext): string | null {
  const called = calledFunction(node, context);
  if (called === null) return null;
  const { node: helper, file } = called;
  const facts = context.project.factsOf(file.path);
  return waitsFirst(helper.body, { ...context, file, facts, ancestors: [helper] });
}

/** Of statements that run one after the other, also inside of `with` and `try`; what may not run does not count. */
function waitsFirst(body: readonly Statement[], context: FileContext): string | null {
  for (const statement of body) {
    if (statement.kind === 'with' || statement.kind === 'try') {
      const inner = { ...context, ancestors: [...context.ancestors, statement] };
      const found = waitsFirst(statement.body, inner);
      if (found !== null) return found;
    }
    if (!plain.has(statement.kind)) continue;
    const items = statement.kind === 'with' ? statement.items.map(each => each.context) : [statement];
    for (const call of items.flatMap(callsIn)) {
      const found = waitsFor(call, context);
      if (found !== null) return found;
    }
    if (statement.kind === 'return') return null;
  }
  return null;
}

const plain: ReadonlySet<Statement['kind']> = new Set(['expression', 'assignment', 'return', 'with']);

/** Those that are surely made when the node is evaluated. */
function callsIn(node: SyntaxNode): readonly Call[] {
  const calls: Call[] = [];
  const pending: SyntaxNode[] = [node];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (['lambda', 'conditional', 'boolean', 'comprehension'].includes(each.kind)) continue;
    if (each.kind === 'call') calls.push(each);
    pending.push(...children(each));
  }
  return calls;
}

/** By its annotation, or a name that `with httpx.Client() as client` or `client = httpx.Client()` binds around the call. */
function isClient(expression: Expression, context: FileContext): boolean {
  if (expression.kind === 'call') return isClientCall(expression, context);
  const meaning = context.facts.meaningOf(expression);
  if (meaning.kind === 'python' && meaning.type !== null && clients.test(meaning.type)) return true;
  if (expression.kind !== 'name') return false;
  return context.ancestors.some(each => {
    if (each.kind === 'with')
      return each.items.some(
        ({ target, context: made }) =>
          target?.kind === 'name' && target.id === expression.id && isClientCall(made, context),
      );
    return bodyOf(each).some(
      statement =>
        statement.kind === 'assignment' &&
        statement.value !== null &&
        statement.targets.some(target => target.kind === 'name' && target.id === expression.id) &&
        isClientCall(statement.value, context),
    );
  });
}

function bodyOf(node: Expression | Statement): readonly Statement[] {
  return node.kind === 'function' || node.kind === 'with' ? node.body : [];
}

function isClientCall(expression: Expression, { facts }: FileContext): boolean {
  const name = expression.kind === 'call' ? libraryNameOf(expression.function, facts) : null;
  return name !== null && clients.test(name);
}

/** The `with …begin():` of the same function that the call stands in. */
function transactionAround(node: Call, context: FileContext): With | null {
  for (const each of context.ancestors.toReversed()) {
    if (each.kind === 'function' || each.kind === 'lambda' || each.kind === 'class') return null;
    if (each.kind === 'with' && opensTransaction(each, node, context)) return each;
  }
  return null;
}

function opensTransaction({ items, body }: With, node: Call, { facts }: FileContext): boolean {
  if (!body.some(statement => statement.start <= node.start && node.end <= statement.end)) return false;
  return items.some(({ context: opened }) => {
    if (opened.kind !== 'call' || opened.function.kind !== 'attribute') return false;
    if (opened.function.attribute.id !== 'begin') return false;
    const owner = facts.meaningOf(opened.function.value);
    return ['session', 'session-factory', 'engine', 'connection'].includes(owner.kind);
  });
}
