/** Local variables along one path through a function. Forks copy it; enclosing functions are read through `parent`. */
import { SharedMap } from '../shared-map.ts';
import type { Environment, Value } from './value.ts';

export function createEnvironment(
  parent: Environment | null,
  scope: Environment['scope'] = 'function',
): Environment {
  return { locals: new SharedMap(), assumed: new SharedMap(), parent, scope };
}

export function fork(environment: Environment): Environment {
  return { ...environment, locals: environment.locals.fork(), assumed: environment.assumed.fork() };
}

export function lookUp(environment: Environment, name: string): Value | undefined {
  const own = environment.locals.get(name);
  if (own !== undefined) return own;
  for (let outer = environment.parent; outer !== null; outer = outer.parent) {
    const value = outer.scope !== 'class' ? outer.locals.get(name) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether the function being run (with the comprehension in it) binds the name, and none around it. */
export function isOwn(environment: Environment, name: string): boolean {
  if (environment.locals.has(name)) return true;
  return (
    environment.scope === 'comprehension' && environment.parent !== null && isOwn(environment.parent, name)
  );
}
