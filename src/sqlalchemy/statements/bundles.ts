/** What `Bundle(…)` knows by name. */
import { keyOf } from './natural-labels.ts';
import type { BundleValue, Value } from './value.ts';

/** `bundle.c.name`. */
export function bundleAttribute(bundle: BundleValue, name: string): Value {
  if (name === 'c' || name === 'columns') return bundle;
  const own = bundle.elements.find(
    ({ value }) =>
      value.kind === 'element' && (value.mapped?.attribute.name ?? keyOf(value.element)) === name,
  );
  return own?.value ?? { kind: 'method', receiver: bundle, name };
}
