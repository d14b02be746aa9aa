/**
 * V8 compiles a WebAssembly function that is called often a second time, to run faster. For the one function that is
 * PostgreSQL's grammar that takes 400 MB and more time than a run of the command line has use for.
 */
import { setFlagsFromString } from 'node:v8';

/** Functions that are called for the first time from now on are compiled once: call it when the Python has been parsed. */
export function compileLightly(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}
