/** The workspace that the tests look at: its files, the places in them, and its programs. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commands, Range, type TextDocument, type TextEditor, Uri, window, workspace } from 'vscode';

const run = promisify(execFile);

export function folder(): string {
  const path = workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(path);
  return path;
}

export function uriOf(path: string): Uri {
  return Uri.file(join(folder(), path));
}

/** Opens a file of the workspace; `path` is relative to its folder. */
export async function open(path: string): Promise<TextEditor> {
  return window.showTextDocument(uriOf(path), { preview: false });
}

/** Takes all unsaved changes back and closes every editor and question. */
export async function closeAll(): Promise<void> {
  await commands.executeCommand('workbench.action.closeQuickOpen');
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}

/** Where a text stands for the first time, from the first place of `after` on. */
export function rangeOf(document: TextDocument, text: string, after = ''): Range {
  const from = document.getText().indexOf(after);
  const start = document.getText().indexOf(text, from);
  assert.ok(from >= 0 && start >= 0, `${document.fileName} does not hold ${text}`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

export function python(): string {
  return join(folder(), '.venv', 'bin', 'python');
}

/** Alembic as a terminal would run it. */
export async function alembic(...parameters: readonly string[]): Promise<string> {
  const { stdout } = await run(python(), ['-m', 'alembic', ...parameters], { cwd: folder() });
  return stdout;
}

export interface ShopSessions {
  readonly name: string;
  readonly idle: number;
  readonly inTransaction: number;
  /** Sessions that run a statement. */
  readonly active?: number;
}

/** Sessions of an application on the shop's database, until the input of the process ends. */
export function openSessions({ name, idle, inTransaction, active = 0 }: ShopSessions): Promise<ChildProcess> {
  return untilInputEnds(`
import asyncio, sys, asyncpg
from app.settings import Settings
async def main():
    url = Settings().database_url.get_secret_value().replace("+asyncpg", "")
    opened = [await asyncpg.connect(url, server_settings={"application_name": ${JSON.stringify(name)}})
              for _ in range(${idle + inTransaction + active})]
    for one in opened[:${inTransaction}]: await one.execute("BEGIN")
    running = [asyncio.create_task(one.execute("SELECT pg_sleep(600)"))
               for one in opened[${inTransaction}:${inTransaction + active}]]
    await asyncio.sleep(0)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for task in running: task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for one in opened: await one.close()
asyncio.run(main())
`);
}

/** The shop's own report, kept waiting by a lock on one of its tables, until the input of the process ends. */
export function openBlockedReport(): Promise<ChildProcess> {
  return untilInputEnds(`
import asyncio, sys
from datetime import datetime, timezone
from sqlalchemy import text
from app.db.database import Database
from app.settings import Settings
from app.unit_of_work import UnitOfWork
async def report(database):
    async with UnitOfWork(database.sessions) as work:
        for limit in ("lock_timeout", "statement_timeout"):
            await work.reports._session.execute(text(f"SET LOCAL {limit} = 0"))
        await work.reports.sales_by_category(datetime.now(timezone.utc))
async def main():
    database = Database.connect(Settings().database_url.get_secret_value())
    async with database.sessions() as holder:
        await holder.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        await holder.execute(text("LOCK TABLE order_items IN ACCESS EXCLUSIVE MODE"))
        waiting = asyncio.create_task(report(database))
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await asyncio.gather(waiting, return_exceptions=True)
asyncio.run(main())
`);
}

/** How many sessions of the extension the shop's server has. */
export async function ownSessions(): Promise<number> {
  const program = `
import asyncio, asyncpg
from app.settings import Settings
async def main():
    url = Settings().database_url.get_secret_value().replace("+asyncpg", "")
    one = await asyncpg.connect(url)
    print(await one.fetchval("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'database-patterns'"))
    await one.close()
asyncio.run(main())
`;
  const { stdout } = await run(python(), ['-c', program], { cwd: folder() });
  return Number(stdout);
}

/** The program says that it is ready. */
async function untilInputEnds(program: string): Promise<ChildProcess> {
  const child = spawn(python(), ['-c', program], { cwd: folder() });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.stderr.on('data', chunk => reject(new Error(String(chunk))));
  });
  return child;
}
