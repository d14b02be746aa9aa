/**
 * The guard's own program: reads on standard input what its parent started ("+…") and ended ("-…"), one line each.
 * When the input ends, the parent is gone, and whatever is still on the list is ended or removed.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Guarded } from './guard.ts';
import { groupIsAlive, signalGroup } from './process-group.ts';

const GRACE_MS = 3000;

const remaining = new Set<string>();
for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) remaining.add(line.slice(1));
  else remaining.delete(line.slice(1));
}
const guarded = [...remaining].map(subject => JSON.parse(subject) as Guarded);
await endGroups(guarded.flatMap(subject => (subject.kind === 'group' ? [subject.pid] : [])));
for (const subject of guarded) {
  if (subject.kind === 'folder') await rm(subject.path, { recursive: true, force: true, maxRetries: 3 });
}

async function endGroups(pids: readonly number[]): Promise<void> {
  for (const pid of pids) signalGroup(pid, 'SIGINT');
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && pids.some(groupIsAlive)) await delay(50);
  for (const pid of pids) signalGroup(pid, 'SIGKILL');
}
