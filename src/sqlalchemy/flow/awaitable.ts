/** Whether objects of a class have `awaitable_attrs`. */
import type { Expression } from '../../python/syntax.ts';
import type { LinkedProject } from '../linked-project.ts';
import type { Model } from '../model.ts';

export function hasAwaitableAttributes(model: Model, linked: LinkedProject): boolean {
  const classes = [model.qualifiedName, ...model.bases, ...(model.base === null ? [] : [model.base])];
  return classes.some(each => {
    const definition = linked.definitionOf(each);
    return (
      definition?.node.kind === 'class' && definition.node.arguments.some(base => isAsyncAttrs(base.value))
    );
  });
}

function isAsyncAttrs(base: Expression): boolean {
  if (base.kind === 'attribute') return base.attribute.id === 'AsyncAttrs';
  return base.kind === 'name' && base.id === 'AsyncAttrs';
}
