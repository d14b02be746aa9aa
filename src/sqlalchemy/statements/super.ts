/** `super()`: the object of the method being run, with members looked for behind the class that defines the method. */
import { lookUp } from './environment.ts';
import { type Environment, PYTHON, type Value } from './value.ts';

/** No name of Python's, so that none can hide it. */
const SUPER = 'super()';

export function bindSuper(environment: Environment, self: Value | null, owner: string | undefined): void {
  if (owner === undefined || self === null) return;
  if (self.kind === 'object')
    environment.locals.set(SUPER, { ...self, class: { ...self.class, behind: owner } });
  else if (self.kind === 'class') environment.locals.set(SUPER, { ...self, behind: owner });
}

export function superOf(environment: Environment): Value {
  return lookUp(environment, SUPER) ?? PYTHON;
}
