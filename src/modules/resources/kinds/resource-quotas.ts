// v1 ResourceQuota: docs/reference/katalog.md, resource quota.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { list, literal, mapOf, object, oneOf, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { checkCopiedWhole, compileCopy, copied, copyProperties } from '../parts/copy';
import { quotaKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { type Part, put, quantitiesPart } from '../parts/part';
import { RESOURCE_QUOTA_PROFILES } from '../profiles/policy-values';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { checkExclusive, profilePart } from '../profiles/profile-part';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'resourceQuotas',
  resource: { group: '', version: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true },
  childKeys: { map: 'resourcequotas', single: 'resourcequota' },
  order: 5,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: { ...PLAIN_COMPARE, quantities: ['spec.hard.*'] },
};

const SCOPES = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
] as const;

const HARD = 'Resources and how much of each: pods, requests.cpu, limits.memory.';

export const resourceQuotaProfiles = profileClass({
  key: 'resourceQuotas',
  what: 'resource quota',
  site: 'resourceQuotas[].profile',
  doc: 'What a namespace may use.',
  builtIn: RESOURCE_QUOTA_PROFILES,
  show: (hard) => ({ hard }),
  properties: { hard: required(mapOf(literal, quotaKey), HARD) },
  compile({ hard }, compiler) {
    const amounts = quantitiesPart(hard, compiler);
    return (scope): JsonObject => amounts(scope) ?? {};
  },
});

const entry = object('resource quota', {
  ...commonProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  hard: optional(mapOf(text, quotaKey), HARD),
  profile: profileProperty(resourceQuotaProfiles, 'in the place of "hard"'),
  scopes: optional(list(oneOf(SCOPES)), 'Only pods of these kinds count.'),
  fromResourceQuota: optional(text, 'Copies "hard" of this ResourceQuota.'),
  ...copyProperties,
});

type ResourceQuota = NonNullable<ReturnType<typeof entry.decode>>;

export const resourceQuotas: ResourceKind<ResourceQuota> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const hard = compileHard(decoded, compiler);
    checkCopiedWhole(decoded, 'fromResourceQuota', ['hard', 'profile'], compiler);
    const copy = compileCopy(decoded, 'fromResourceQuota', decoded.fromResourceQuota, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => {
        const spec: MutableJsonObject = { hard: hard(scope) ?? {} };
        put(spec, 'scopes', decoded.scopes);
        return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadata(scope), spec };
      },
      copy,
    );
  },
};

function compileHard(decoded: ResourceQuota, compiler: EntryCompiler): Part<JsonObject> {
  const { hard, profile, fromResourceQuota } = decoded;
  if (fromResourceQuota !== undefined) return (scope) => copied(scope, 'spec', 'hard');
  if (profile === undefined) return quantitiesPart(hard, compiler);
  checkExclusive(decoded, compiler, ['hard']);
  return profilePart(profile, resourceQuotaProfiles, compiler);
}
