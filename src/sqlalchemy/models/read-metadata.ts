/** `MetaData(schema=…, naming_convention={…})`, found through variables and class attributes. */
import type { Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { classMember, customBase } from '../reading/class-members.ts';
import { constantOf, stringOf } from '../reading/constants.ts';
import { calleeName, followReference, referenceOf } from '../reading/reference.ts';
import { enterSite, maximumDepth, type Site } from '../reading/site.ts';
import { defaultMetadata, type Metadata } from './drafts.ts';

/** Empty metadata where the expression cannot be followed. `owner` is used where the expression is the call itself. */
export function readMetadata(expression: Expression, site: Site, owner: string | null): Metadata {
  if (site.depth > maximumDepth) return { ...defaultMetadata, owner };
  if (expression.kind === 'call') {
    if (calleeName(expression, site) !== 'MetaData') return { ...defaultMetadata, owner };
    const { positional, keywords } = argumentsOf(expression);
    const convention = keywords.get('naming_convention');
    return {
      owner,
      schema: stringOf(keywords.get('schema') ?? positional[0], site) ?? null,
      namingConvention: convention ? readConvention(convention, site) : new Map(),
    };
  }
  if (expression.kind === 'attribute' && expression.attribute.id === 'metadata') {
    const reference = followReference(expression.value, site);
    if (reference.kind === 'class') return metadataOfClass(reference.qualifiedName, site);
    if (reference.kind === 'variable')
      return metadataOfVariable(
        reference.qualifiedName,
        reference.node.value,
        enterSite(site, reference.file),
      );
  }
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || !reference.node.value) return { ...defaultMetadata, owner };
  return readMetadata(reference.node.value, enterSite(site, reference.file), reference.qualifiedName);
}

/** The metadata of a declarative base class: its own `metadata`, its registry's, or a new one. */
export function metadataOfClass(qualifiedName: string, site: Site): Metadata {
  const own = classMember(qualifiedName, 'metadata', site);
  if (own?.node.kind === 'assignment' && own.node.value) {
    return readMetadata(own.node.value, enterSite(site, own.file), own.owner);
  }
  const registry = classMember(qualifiedName, 'registry', site);
  if (registry?.node.kind === 'assignment' && registry.node.value) {
    return metadataOfVariable(registry.owner, registry.node.value, enterSite(site, registry.file));
  }
  return { ...defaultMetadata, owner: qualifiedName };
}

/** For `Base = declarative_base(metadata=…)`, `registry(metadata=…)` and `SQLAlchemy(metadata=…)`. */
export function metadataOfVariable(qualifiedName: string, value: Expression | null, site: Site): Metadata {
  const fallback: Metadata = { ...defaultMetadata, owner: qualifiedName };
  if (site.depth > maximumDepth) return fallback;
  if (value?.kind === 'name' || value?.kind === 'attribute') {
    const reference = referenceOf(value, site);
    if (reference.kind !== 'variable') return fallback;
    return metadataOfVariable(reference.qualifiedName, reference.node.value, enterSite(site, reference.file));
  }
  if (value?.kind !== 'call') return fallback;
  const { keywords } = argumentsOf(value);
  const metadata = keywords.get('metadata');
  if (metadata) return readMetadata(metadata, site, qualifiedName);
  const modelClass = customBase(value);
  const reference = modelClass && followReference(modelClass, site);
  if (reference?.kind === 'class')
    return { ...metadataOfClass(reference.qualifiedName, site), owner: qualifiedName };
  // `registry.generate_base()`: the metadata is the registry's.
  return value.function.kind === 'attribute'
    ? metadataOfOwner(value.function.value, site, fallback)
    : fallback;
}

function metadataOfOwner(owner: Expression, site: Site, fallback: Metadata): Metadata {
  const reference = followReference(owner, site);
  if (reference.kind !== 'variable') return fallback;
  return metadataOfVariable(reference.qualifiedName, reference.node.value, enterSite(site, reference.file));
}

function readConvention(expression: Expression, site: Site): ReadonlyMap<string, string> {
  const templates = new Map<string, string>();
  if (expression.kind === 'dict') {
    for (const { key, value } of expression.entries) {
      const name = key && constantOf(key, site);
      const template = constantOf(value, site);
      if (typeof name === 'string' && typeof template === 'string') templates.set(name, template);
    }
    return templates;
  }
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return templates;
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || !reference.node.value || site.depth > maximumDepth) return templates;
  return readConvention(reference.node.value, enterSite(site, reference.file));
}
