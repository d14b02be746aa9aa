/** The statements of a module, and those of each of its functions: where applications are made. */
import type { PythonModule, Statement } from '../python-syntax.ts';

/** None of a file that could not be read. */
export function bodiesOf(module: PythonModule | null): readonly (readonly Statement[])[] {
  const body = module?.body ?? [];
  return [body, ...body.flatMap(each => (each.kind === 'function' ? [each.body] : []))];
}
