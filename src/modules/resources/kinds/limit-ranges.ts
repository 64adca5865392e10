// v1 LimitRange: docs/reference/katalog.md, limit range.
import { type JsonObject, type MutableJsonObject, type SourceText } from '../../common';
import { type Field, list, literal, mapOf, object, oneOf, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { checkCopiedWhole, compileCopy, copyProperties } from '../parts/copy';
import { limitKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { quantitiesPart, put } from '../parts/part';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { checkExclusive, profilePart } from '../profiles/profile-part';
import { type BuildScope, type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const AMOUNTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

const facts: KindFacts = {
  listKey: 'limitRanges',
  resource: { group: '', version: 'v1', kind: 'LimitRange', plural: 'limitranges', namespaced: true },
  childKeys: { map: 'limitranges', single: 'limitrange' },
  order: 6,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: { ...PLAIN_COMPARE, quantities: AMOUNTS.map((key) => `spec.limits[].${key}.*`) },
};

function limitOf(typeName: string, amount: Field<SourceText>) {
  const amounts = mapOf(amount, limitKey);
  return object(typeName, {
    type: required(oneOf(['Container', 'Pod', 'PersistentVolumeClaim']), 'What is limited.'),
    max: optional(amounts, 'No more than this, by resource.'),
    min: optional(amounts, 'No less than this.'),
    default: optional(amounts, 'Limits of a container that says nothing; default: max.'),
    defaultRequest: optional(amounts, 'Requests of a container that says nothing; default: default, then min.'),
    maxLimitRequestRatio: optional(amounts, 'A limit may be so many times its request.'),
  });
}

const limit = limitOf('limit', text);

export const limitRangeProfiles = profileClass({
  key: 'limitRanges',
  what: 'limit range',
  site: 'limitRanges[].profile',
  doc: 'What single pods and containers may use. None is built in.',
  builtIn: {},
  show: (limits: readonly JsonObject[]) => ({ limits }),
  properties: { limits: required(list(limitOf('limit of a profile', literal)), 'The limits, one for each type.') },
  compile: ({ limits }, compiler) => compileLimits(limits, compiler),
});

const entry = object('limit range', {
  ...commonProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  limits: optional(list(limit), 'The limits, one for each type.'),
  profile: profileProperty(limitRangeProfiles, 'in the place of "limits"'),
  fromLimitRange: optional(text, 'Copies the limits of this LimitRange.'),
  ...copyProperties,
});

type Limit = NonNullable<ReturnType<typeof limit.decode>>;

export const limitRanges: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    checkExclusive(decoded, compiler, ['limits']);
    const limits =
      decoded.profile === undefined
        ? compileLimits(decoded.limits, compiler)
        : profilePart(decoded.profile, limitRangeProfiles, compiler);
    checkCopiedWhole(decoded, 'fromLimitRange', ['limits', 'profile'], compiler);
    const copy = compileCopy(decoded, 'fromLimitRange', decoded.fromLimitRange, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => ({
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: metadata(scope),
        spec: { limits: copiedLimits(scope) ?? limits(scope) },
      }),
      copy,
    );
  },
};

function copiedLimits({ copySource }: BuildScope): readonly JsonObject[] | undefined {
  const spec = copySource?.['spec'] as { readonly limits?: readonly JsonObject[] } | undefined;
  return copySource === undefined ? undefined : (spec?.limits ?? []);
}

function compileLimits(
  declared: readonly Limit[] | undefined,
  compiler: EntryCompiler,
): (scope: BuildScope) => readonly JsonObject[] {
  const limits = (declared ?? []).map((item) => compileLimit(item, compiler));
  return (scope) => limits.map((item) => item(scope));
}

function compileLimit(declared: Limit, compiler: EntryCompiler): (scope: BuildScope) => JsonObject {
  const { type = 'Container' } = declared;
  for (const key of ['default', 'defaultRequest'] as const) {
    if (type !== 'Container' && declared.node.entries.has(key)) {
      compiler.report(declared.node, `"${key}" is for containers, not for type ${type}`);
    }
  }
  const parts = AMOUNTS.map((key) => ({ key, part: quantitiesPart(declared[key], compiler) }));
  return (scope) => {
    const built: MutableJsonObject = { type };
    for (const { key, part } of parts) put(built, key, part(scope));
    return type === 'Container' ? withDefaults(built) : built;
  };
}

/** What the server fills in is there already, so that what comes back is what was sent (SetDefaults_LimitRangeItem). */
function withDefaults(limit: MutableJsonObject): JsonObject {
  const { max, min, default: limits, defaultRequest } = limit as Readonly<Record<string, JsonObject | undefined>>;
  const filled = { ...max, ...limits };
  const requests = { ...min, ...filled, ...defaultRequest };
  if (Object.keys(filled).length > 0) limit['default'] = filled;
  if (Object.keys(requests).length > 0) limit['defaultRequest'] = requests;
  return limit;
}
