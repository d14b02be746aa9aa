/** The methods of a class and of those that it inherits from, as whoever calls them needs to know them. */
import type { ParameterFact } from '../named-thing.ts';
import type { MethodFact } from '../project-facts.ts';
import type { FunctionDefinition } from '../python-syntax.ts';
import type { OwnClass } from './own-classes.ts';

/** The nearest of each name, of a family in which the class itself comes first. */
export function methodsOf(family: readonly OwnClass[]): readonly MethodFact[] {
  const found = new Map<string, MethodFact>();
  for (const { node, file } of family) {
    for (const member of node.body) {
      if (member.kind !== 'function' || found.has(member.name.id) || member.name.id.startsWith('_')) continue;
      // A property is no method, nor is what a class is asked for.
      if (member.decorators.length > 0 && !/\boverride\b/.test(decorators(member, file.text))) continue;
      found.set(member.name.id, methodFact(member, file.text));
    }
  }
  return [...found.values()];
}

/** Of the nearest constructor, `self` left out; none without one. */
export function constructorParameters(family: readonly OwnClass[]): readonly ParameterFact[] {
  for (const { node, file } of family) {
    const found = node.body.find(each => each.kind === 'function' && each.name.id === '__init__');
    if (found?.kind === 'function') return methodFact(found, file.text).parameters;
  }
  return [];
}

function decorators({ decorators: all }: FunctionDefinition, text: string): string {
  return all.map(each => text.slice(each.start, each.end)).join(' ');
}

function methodFact(node: FunctionDefinition, text: string): MethodFact {
  return {
    name: node.name.id,
    waits: node.async,
    parameters: node.parameters.slice(1).map(parameter => parameterFact(parameter, text)),
    returns: node.returns ? text.slice(node.returns.start, node.returns.end) : null,
    commits: /\.commit\(/.test(text.slice(node.start, node.end)),
  };
}

function parameterFact(parameter: FunctionDefinition['parameters'][number], text: string): ParameterFact {
  const { kind, name, annotation } = parameter;
  const isVariadic = kind === 'var-positional' || kind === 'var-keyword';
  return {
    name: name.id,
    kind: isVariadic ? 'variadic' : kind === 'keyword-only' ? 'keyword' : 'positional',
    annotation: annotation ? text.slice(annotation.start, annotation.end) : null,
    required: !isVariadic && parameter.default === null,
  };
}
