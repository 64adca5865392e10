// Objects of any kind: of a CRD, of an extension API, or of a kind of Kubernetes that has no list of its own.
import { apiVersionOf, didYouMean, type Gvk, type JsonObject, parseApiVersion } from '../../common';
import { builtinSchema, type TypeSchema } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { FreeForm } from '../parts/free-form';
import { metadataPart } from '../parts/metadata';
import { type Part, put } from '../parts/part';
import { SchemaHints } from '../parts/schema-hints';
import { type EntryFacts, type EntryKind, type KindFacts, type KnownKind, type ListFacts } from '../resource-kind';
import { resourceKinds } from '../resource-kinds';
import { compileName } from './compile-name';
import { customDeletion, customEntry, type CustomEntry, keyPlace, OWN_KEYS } from './custom.fields';
import { PLAIN_COMPARE } from './plain-compare';

const facts: ListFacts = {
  listKey: 'custom',
  childKeys: { map: 'customs', single: 'custom' },
  order: 12,
  isWorkload: false,
};

export const custom: EntryKind<CustomEntry> = {
  facts,
  entry: customEntry,
  deletion: customDeletion,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const kind = kindOf(decoded);
    if (context.phase === 'onDelete') checkNamed(decoded, compiler);
    const builtin = resourceKinds.find((one) => sameKind(one.facts.resource, kind))?.facts;
    const known = builtin === undefined ? context.kindOf(kind) : undefined;
    const schema = known?.schema ?? builtinSchema(kind.group, kind.version, kind.kind);
    const hints = new SchemaHints();
    const content = compileContent(decoded, schema, compiler, hints);
    const entryFacts = factsOf(decoded, kind, { builtin, known, hints });
    const source = nameSource(facts.listKey, decoded.name);
    const name = compileName(source, decoded, compiler, entryFacts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    return compiler.finish(entryFacts, decoded, name, (scope): JsonObject => {
      const built: Record<string, JsonObject[string]> = {
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
        metadata: metadata(scope),
      };
      for (const [key, part] of content) put(built, key, part(scope));
      return built;
    });
  },
};

function kindOf({ apiVersion, kind }: CustomEntry): Gvk {
  return { ...parseApiVersion(apiVersion?.text ?? ''), kind: kind?.text ?? '' };
}

function sameKind(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function checkNamed({ id, apiVersion, kind, node }: CustomEntry, compiler: EntryCompiler): void {
  if (id !== undefined || (apiVersion !== undefined && kind !== undefined)) return;
  compiler.report(node, 'needs "id", or "apiVersion" and "kind" as the entry that is meant has them');
}

function compileContent(
  decoded: CustomEntry,
  schema: TypeSchema | undefined,
  compiler: EntryCompiler,
  hints: SchemaHints,
): readonly (readonly [string, Part])[] {
  const form = new FreeForm(compiler, hints);
  // Checked only: a run refuses it.
  if (decoded.status !== undefined) form.compile(decoded.status, schema?.properties?.get('status'), 'status');
  const nodes = [...(decoded.spec === undefined ? [] : [['spec', decoded.spec] as const]), ...decoded.others];
  return nodes.flatMap(([key, node]) => {
    const field = schema?.properties?.get(key);
    if (!checkKey(decoded, key, schema, compiler)) return [];
    return [[key, form.compile(node, field, key)] as const];
  });
}

/** A key that the kind doesn't have, or one that looks like a key of the entry. */
function checkKey(decoded: CustomEntry, key: string, schema: TypeSchema | undefined, compiler: EntryCompiler): boolean {
  const isKnown = schema?.properties?.has(key) === true;
  if (isKnown || (schema === undefined && key === 'spec')) return true;
  if (schema === undefined || schema.keepsUnknown === true) {
    const near = didYouMean(key, OWN_KEYS);
    if (near !== '') compiler.warn(keyPlace(decoded, key), `"${key}" becomes a key of the object${near}`);
    return true;
  }
  const allowed = [...(schema.properties?.keys() ?? []), ...OWN_KEYS];
  const message = `a ${decoded.kind?.text ?? 'kind'} has no field "${key}"${didYouMean(key, allowed)}`;
  compiler.report(keyPlace(decoded, key), message);
  return false;
}

interface Known {
  readonly builtin: KindFacts | undefined;
  readonly known: KnownKind | undefined;
  readonly hints: SchemaHints;
}

function factsOf(decoded: CustomEntry, kind: Gvk, { builtin, hints }: Known): EntryFacts {
  const { hasStatus, namespaced } = decoded;
  return {
    ...(builtin ?? { resource: kind, nameForm: 'subdomain', createOnly: false }),
    ...facts,
    namesKind: true,
    defaultDeletionPolicy: builtin?.defaultDeletionPolicy ?? (isDefinition(kind) ? 'retain' : 'delete'),
    compare: hints.over(builtin?.compare ?? PLAIN_COMPARE),
    ...(namespaced === undefined ? {} : { isSaidNamespaced: namespaced }),
    ...(hasStatus === false ? { hasNoStatus: true } : {}),
  };
}

/** With a definition go all objects of its kind: that has to be said (engine contract §3.2). */
function isDefinition({ group, kind }: Gvk): boolean {
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}
