/** A terminal's screen as a page: a program runs in tmux, and what it shows is taken with its colours. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../command.ts';
import { findProgram } from '../find-program.ts';

const columns = 170;
const rows = 48;

/** Null where tmux or the program is missing. */
export async function terminalPicture(
  command: string,
  environment: Readonly<Record<string, string>>,
  seconds: number,
): Promise<string | null> {
  const [program = ''] = command.split(' ');
  if (findProgram('tmux') === undefined || findProgram(program) === undefined) return null;
  const session = `pictures-${randomUUID()}`;
  const env = { ...process.env, ...environment, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const size = ['-x', String(columns), '-y', String(rows)];
  await run('tmux', ['-L', session, 'new-session', '-d', ...size, command], { env });
  try {
    await delay(seconds * 1000);
    const { stdout } = await run('tmux', ['-L', session, 'capture-pane', '-p', '-e'], { env });
    return page(stdout);
  } finally {
    await run('tmux', ['-L', session, 'kill-server'], { env });
  }
}

const colors = ['#000', '#cd3131', '#0dbc79', '#e5e510', '#2472c8', '#bc3fbc', '#11a8cd', '#e5e5e5'];

function page(screen: string): string {
  const lines = screen.split('\n').map(colored).join('\n');
  return `<!DOCTYPE html><meta charset="utf-8"><body style="background:#1e1e1e;color:#ddd"><pre style="font:13px/1.3 monospace">${lines}</pre>`;
}

/** SGR sequences as spans; whatever else steers a terminal tmux has carried out already. */
function colored(line: string): string {
  let style: { color?: string; background?: string; bold?: boolean; reverse?: boolean } = {};
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what begins a sequence.
  return line.split(/(\x1b\[[\d;]*m)/).reduce((html, part) => {
    const codes = part.startsWith('\x1b[') ? part.slice(2, -1).split(';').map(Number) : null;
    if (codes === null) return html + span(part, style);
    for (const code of codes) {
      if (code === 0) style = {};
      else if (code === 1) style.bold = true;
      else if (code === 7) style.reverse = true;
      else if (code >= 30 && code < 38) style.color = colors[code - 30] ?? '';
      else if (code >= 90 && code < 98) style.color = colors[code - 90] ?? '';
      else if (code >= 40 && code < 48) style.background = colors[code - 40] ?? '';
    }
    return html;
  }, '');
}

function span(
  text: string,
  {
    color = '#ddd',
    background = '#1e1e1e',
    bold,
    reverse,
  }: { color?: string; background?: string; bold?: boolean; reverse?: boolean },
): string {
  const [front, back] = reverse ? [background, color] : [color, background];
  const escaped = text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`);
  return `<span style="color:${front};background:${back}${bold ? ';font-weight:bold' : ''}">${escaped}</span>`;
}
