/** Writes a syntax tree back as one line, brackets made explicit and gaps as `□`, for tests on its shape. */
import type {
  Argument,
  Expression,
  Module,
  Parameter,
  Statement,
  StringLiteral,
  TypeParameter,
} from '../../../src/python/syntax.ts';

export function outline(module: Module): string {
  return body(module.body);
}

function body(statements: readonly Statement[]): string {
  return statements.map(statement).join('; ');
}

function block(statements: readonly Statement[]): string {
  return `{${body(statements)}}`;
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'expression':
      return expression(node.expression);
    case 'assignment': {
      const annotation = node.annotation === null ? '' : `: ${expression(node.annotation)}`;
      const value = node.value === null ? '' : ` = ${expression(node.value)}`;
      return `${node.targets.map(expression).join(' = ')}${annotation}${value}`;
    }
    case 'augmented-assignment':
      return `${expression(node.target)} ${node.operator}= ${expression(node.value)}`;
    case 'return':
      return `return ${node.value === null ? '' : expression(node.value)}`.trim();
    case 'import':
      return `import ${node.names.map(({ name }) => name)}`;
    case 'import-from':
      return `from ${'.'.repeat(node.level)}${node.module} import ${node.names.map(({ name }) => name)}`;
    case 'if':
      return `if ${expression(node.test)} ${block(node.body)}`;
    case 'while':
      return `while ${expression(node.test)} ${block(node.body)}`;
    case 'for':
      return `for ${expression(node.target)} in ${expression(node.iterable)} ${block(node.body)}`;
    case 'with': {
      const items = node.items.map(
        ({ context, target }) => expression(context) + (target === null ? '' : ` as ${expression(target)}`),
      );
      return `with ${items.join(', ')} ${block(node.body)}`;
    }
    case 'try': {
      const handlers = node.handlers.map(
        ({ group, type, body: inner }) =>
          ` except${group ? '*' : ''} ${type === null ? '' : expression(type)} ${block(inner)}`,
      );
      return `try ${block(node.body)}${handlers.join('')}`;
    }
    case 'match':
      return `match ${expression(node.subject)} {${node.cases.map(each => `case ${each.bindings.map(({ id }) => id)}`).join('; ')}}`;
    case 'function':
      return `def ${node.name.id}${types(node.typeParameters)}(${node.parameters.map(parameter).join(', ')}) ${block(node.body)}`;
    case 'class':
      return `class ${node.name.id}${types(node.typeParameters)}(${node.arguments.map(argument).join(', ')}) ${block(node.body)}`;
    case 'type-alias':
      return `type ${node.name.id}${types(node.typeParameters)} = ${expression(node.value)}`;
    default:
      return node.kind;
  }
}

function types(parameters: readonly TypeParameter[]): string {
  if (parameters.length === 0) return '';
  const written = parameters.map(({ kind, name, bound }) => {
    const stars = { 'type-variable': '', variadic: '*', 'parameter-specification': '**' }[kind];
    return `${stars}${name.id}${bound === null ? '' : `: ${expression(bound)}`}`;
  });
  return `[${written.join(', ')}]`;
}

function parameter(node: Parameter): string {
  const annotation = node.annotation === null ? '' : `: ${expression(node.annotation)}`;
  return `${node.name.id}${annotation}${node.default === null ? '' : `=${expression(node.default)}`}`;
}

function argument(node: Argument): string {
  if (node.unpacked) return `**${expression(node.value)}`;
  return `${node.keyword === null ? '' : `${node.keyword.id}=`}${expression(node.value)}`;
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'attribute':
      return `${expression(node.value)}.${node.attribute.id || '□'}`;
    case 'call':
      return `${expression(node.function)}(${node.arguments.map(argument).join(', ')})`;
    case 'subscript':
      return `${expression(node.value)}[${node.indices.map(expression).join(', ')}]`;
    case 'string':
      return text(node);
    case 'number':
      return node.text;
    case 'constant':
      return node.value;
    case 'tuple':
      return `(${node.elements.map(expression).join(', ')})`;
    case 'list':
      return `[${node.elements.map(expression).join(', ')}]`;
    case 'set':
      return `{${node.elements.map(expression).join(', ')}}`;
    case 'dict':
      return `{${node.entries.map(({ key, value }) => (key === null ? '**' : `${expression(key)}: `) + expression(value)).join(', ')}}`;
    case 'binary':
      return `(${expression(node.left)} ${node.operator} ${expression(node.right)})`;
    case 'boolean':
      return `(${node.values.map(expression).join(` ${node.operator} `)})`;
    case 'comparison':
      return `(${expression(node.left)}${node.rest.map(rest => ` ${rest.operator} ${expression(rest.right)}`).join('')})`;
    case 'unary':
      return `(${node.operator} ${expression(node.operand)})`;
    case 'await':
      return `await ${expression(node.value)}`;
    case 'starred':
      return `*${expression(node.value)}`;
    case 'unreadable':
      return '□';
    default:
      return node.kind;
  }
}

/** Interpolations in braces, all else as JSON. */
function text(node: StringLiteral): string {
  if (node.value !== null) return JSON.stringify(node.value);
  const segments = node.pieces.flatMap(piece => piece.segments);
  return `f"${segments.map(segment => (segment.kind === 'text' ? segment.value : `{${expression(segment.expression)}}`)).join('')}"`;
}
