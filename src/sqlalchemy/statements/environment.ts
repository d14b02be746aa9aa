/** Local variables along one path through a function. Forks copy it; enclosing functions are read through `parent`. */
import type { Environment, Value } from './value.ts';

export function createEnvironment(
  parent: Environment | null,
  scope: Environment['scope'] = 'function',
): Environment {
  return { locals: new Map(), assumed: new Map(), parent, scope };
}

export function fork(environment: Environment): Environment {
  return { ...environment, locals: new Map(environment.locals), assumed: new Map(environment.assumed) };
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
