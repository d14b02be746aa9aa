/** Runs a program to its end and says what it took: time, processor and memory, its own processes included. */
import { run } from '../command.ts';

export interface Cost {
  /** Seconds from start to end. */
  readonly seconds: number;
  /** Seconds of processor time, of all cores. */
  readonly processor: number;
  /** Megabytes that its largest process held at most. */
  readonly memory: number;
}

/** Node does not say what a child has used; Python's standard library does. `ru_maxrss` counts in KB, on macOS in bytes. */
const wrapper = `
import json, resource, subprocess, sys, time
began = time.monotonic()
with open("/dev/null", "w") as nowhere:
    code = subprocess.run(sys.argv[1:], stdout=nowhere, stderr=nowhere).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "code": code,
    "seconds": time.monotonic() - began,
    "processor": used.ru_utime + used.ru_stime,
    "memory": used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3),
}))`;

/** Throws where the command cannot be started; its exit code is no matter. */
export async function measuredRun(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Cost> {
  const { code, stdout, output } = await run('python3', ['-c', wrapper, ...command], { env, signal });
  if (code !== 0) throw new Error(`${command[0]} could not be measured.\n${output}`);
  return JSON.parse(stdout) as Cost;
}
