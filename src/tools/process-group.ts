/** Signals to a whole process group: a program together with everything that it started. */

/** Sends a signal to every process of the group; a group that is already gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already, which is what the caller wants.
  }
}

/** Whether any process of the group is left. */
export function groupIsAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
