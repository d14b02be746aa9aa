/** Functions and classes, with their decorators. */

import { readIdentifier } from '../scopes/identifiers.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  kindOf,
  NONE,
  operandsOf,
  partsOf,
  startOf,
} from '../trees/flat-tree.ts';
import { type BodySource, withBodyOnDemand } from './function-bodies.ts';
import { readArguments } from './read-arguments.ts';
import { readParameters, readTypeParameters } from './read-parameters.ts';
import type { Reading } from './reading.ts';
import { blockOf, header, isAsync } from './statement-parts.ts';

export function readDecorated(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const definition = partsOf(tree, node).at(-1) ?? NONE;
  const decorators = childrenOf(tree, node).filter(child => kindOf(tree, child) === 'decorator');
  const read = kindOf(tree, definition) === 'class_definition' ? readClass : readFunction;
  return read(reading, definition, { decorators, start: startOf(tree, node) });
}

/** What stands before a definition. */
interface Lead {
  /** Of the first decorator, or of the definition. */
  readonly start: number;
  readonly decorators: readonly NodeIndex[];
}

/** Of a definition without decorators. */
export function noLead({ tree }: Reading, node: NodeIndex): Lead {
  return { start: startOf(tree, node), decorators: [] };
}

function readDecorators(reading: Reading, nodes: readonly NodeIndex[]): Expression[] {
  return nodes.map(node => header(reading, operandsOf(reading.tree, node)[0], node));
}

export function readFunction(reading: Reading, node: NodeIndex, lead: Lead): FunctionDefinition {
  const { tree } = reading;
  const parameters = childOfKind(tree, node, 'parameters');
  const returns = childOfKind(tree, node, '->') === NONE ? NONE : childOfNamedType(reading, node);
  const header: Omit<FunctionDefinition, 'body'> = {
    kind: 'function',
    start: lead.start,
    end: endOf(tree, node),
    async: isAsync(reading, node),
    name: readIdentifier(tree, childOfKind(tree, node, 'identifier')),
    typeParameters: readTypeParameters(reading, childOfKind(tree, node, 'type_parameter')),
    parameters: parameters === NONE ? [] : readParameters(reading, parameters),
    returns: returns === NONE ? null : reading.readExpression(reading, returns),
    decorators: readDecorators(reading, lead.decorators),
  };
  return withBody(header, reading, node);
}

function withBody(
  header: Omit<FunctionDefinition, 'body'>,
  reading: Reading,
  node: NodeIndex,
): FunctionDefinition {
  const { bodies } = reading;
  if (bodies === null) return { ...header, body: blockOf(reading, node) };
  return withBodyOnDemand(header, bodies, new Block(reading, node));
}

class Block implements BodySource {
  readonly #reading: Reading;
  /** The reading goes on: what it counts is kept as it is here. */
  readonly #depth: number;
  readonly #node: NodeIndex;

  constructor(reading: Reading, node: NodeIndex) {
    this.#reading = reading;
    this.#depth = reading.depth;
    this.#node = node;
  }

  read(): readonly Statement[] {
    return blockOf({ ...this.#reading, depth: this.#depth, bodies: null }, this.#node);
  }
}

function childOfNamedType({ tree }: Reading, node: NodeIndex): NodeIndex {
  return operandsOf(tree, node).find(child => kindOf(tree, child) === 'type') ?? NONE;
}

export function readClass(reading: Reading, node: NodeIndex, lead: Lead): ClassDefinition {
  const { tree } = reading;
  const bases = childOfKind(tree, node, 'argument_list');
  return {
    kind: 'class',
    start: lead.start,
    end: endOf(tree, node),
    name: readIdentifier(tree, childOfKind(tree, node, 'identifier')),
    typeParameters: readTypeParameters(reading, childOfKind(tree, node, 'type_parameter')),
    arguments: bases === NONE ? [] : readArguments(reading, bases),
    decorators: readDecorators(reading, lead.decorators),
    body: blockOf(reading, node),
  };
}
