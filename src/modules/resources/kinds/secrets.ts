// v1 Secret: docs/reference/katalog.md, secret. Values go out as `data`, never as stringData: a key that leaves the entry
// then leaves the object.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { mapOf, object, optional, text, unsupported } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { compileCopy, copied, copyProperties } from '../parts/copy';
import { configKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { mapPart, type Part, valuePart } from '../parts/part';
import { SECRET_TYPE } from '../parts/values';
import { type BuildScope, type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'secrets',
  resource: { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  childKeys: { map: 'secrets', single: 'secret' },
  order: 2,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: PLAIN_COMPARE,
};

const entry = object('secret', {
  ...commonProperties,
  annotations: annotationsProperty,
  type: optional(
    text,
    'Opaque, kubernetes.io/tls, ...; default: that of a copied Secret, else Opaque. It never changes.',
  ),
  data: optional(mapOf(text, configKey), 'Keys and values, as plain text. Generated values need "once: true".'),
  fromSecret: optional(text, 'Copies the data of this Secret; declared keys win.'),
  ...copyProperties,
  rotateAfter: unsupported('new values after a time'),
  tls: unsupported('certificates that Orkestra makes'),
});

type Secret = NonNullable<ReturnType<typeof entry.decode>>;

export const secrets: ResourceKind<Secret> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const type = valuePart(decoded.type, compiler, SECRET_TYPE);
    const data = mapPart(decoded.data, compiler);
    checkSource(decoded, compiler);
    const copy = compileCopy(decoded, 'fromSecret', decoded.fromSecret, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata(scope),
        type: type?.(scope) ?? typeOfSource(scope) ?? 'Opaque',
        data: { ...copied(scope, 'data'), ...encoded(data, scope) },
      }),
      copy,
    );
  },
};

function checkSource({ node }: Secret, compiler: EntryCompiler): void {
  const hasSource = ['data', 'fromSecret', 'rotateAfter', 'tls'].some((key) => node.entries.has(key));
  if (!hasSource && compiler.context.phase !== 'onDelete') {
    compiler.report(node, 'a secret needs "data" or "fromSecret"');
  }
}

function typeOfSource({ copySource }: BuildScope): string | undefined {
  const type = copySource?.['type'];
  return typeof type === 'string' ? type : undefined;
}

function encoded(data: Part<Readonly<Record<string, string>>> | undefined, scope: BuildScope): JsonObject {
  const values: MutableJsonObject = {};
  for (const [key, value] of Object.entries(data?.(scope) ?? {})) values[key] = Buffer.from(value).toString('base64');
  return values;
}
