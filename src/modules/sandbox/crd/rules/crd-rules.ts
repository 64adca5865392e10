// What the real server checks of a CustomResourceDefinition, in its order and words. The schema itself is the affair of
// the schema module.
import { jsonEquals, type JsonObject, type JsonValue } from '../../../common';
import {
  crdSchemaCauses,
  type FieldCause,
  invalidCause,
  invalidShownCause,
  notSupportedCause,
  requiredCause,
} from '../../../schema';
import { items, part, parts, textAt } from '../../kinds';
import { rfc1035LabelProblems, subdomainProblems } from '../../selectors';
import { conversionProblems } from './conversion-rules';
import { hasDefaults } from './has-defaults';
import { type InternalSpec, internalSpec, openApiSchema, type VersionParts, versionParts } from './internal-spec';
import { namesProblems, neededNameProblems } from './names-rules';
import { selectableFieldProblems } from './selectable-field-rules';
import { columnProblems, deprecationProblems, subresourceProblems } from './version-rules';

const SCOPES = ['Cluster', 'Namespaced'];
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;
const APPROVAL = 'api-approved.kubernetes.io';

export function crdProblems(crd: JsonObject): readonly FieldCause[] {
  return [
    ...nameProblems(crd),
    ...specProblems(part(crd, 'spec') ?? {}),
    ...statusProblems(crd),
    ...storedVersionProblems(crd),
    ...approvalProblems(crd),
    ...unknownFieldProblems(crd),
  ];
}

/** `subresource`: a write of the status is asked for nothing but its names. */
export function crdUpdateProblems(crd: JsonObject, old: JsonObject, subresource?: string): readonly FieldCause[] {
  if (subresource === 'status') return statusProblems(crd);
  const spec = part(crd, 'spec') ?? {};
  const before = part(old, 'spec') ?? {};
  const isEstablished = parts(part(old, 'status'), 'conditions').some(
    (condition) => condition['type'] === 'Established' && condition['status'] === 'True',
  );
  const kept = (value: JsonValue | undefined, last: JsonValue | undefined, field: string): readonly FieldCause[] =>
    jsonEquals(value, last) ? [] : [invalidCause(field, value, 'field is immutable')];
  const names = part(spec, 'names') ?? {};
  const lastNames = part(before, 'names') ?? {};
  return [
    ...specProblems(spec),
    ...(isEstablished
      ? [
          ...kept(spec['scope'], before['scope'], 'spec.scope'),
          ...kept(names['kind'], lastNames['kind'], 'spec.names.kind'),
        ]
      : []),
    ...kept(spec['group'], before['group'], 'spec.group'),
    ...kept(names['plural'], lastNames['plural'], 'spec.names.plural'),
    ...statusProblems(crd),
    ...storedVersionProblems(crd),
    ...approvalProblems(crd),
    ...unknownFieldProblems(crd),
  ];
}

function nameProblems(crd: JsonObject): readonly FieldCause[] {
  const metadata = part(crd, 'metadata');
  const spec = part(crd, 'spec');
  const wanted = `${textAt(part(spec, 'names'), 'plural')}.${textAt(spec, 'group')}`;
  return ['generateName', 'name'].flatMap((member) => {
    const name = textAt(metadata, member);
    if (name === wanted || name === '') return [];
    return [invalidCause(`metadata.${member}`, name, 'must be spec.names.plural+"."+spec.group')];
  });
}

function approvalProblems(crd: JsonObject): readonly FieldCause[] {
  if (!PROTECTED.test(textAt(part(crd, 'spec'), 'group'))) return [];
  const value = textAt(part(part(crd, 'metadata'), 'annotations'), APPROVAL);
  const field = `metadata.annotations[${APPROVAL}]`;
  if (value === '') {
    const detail =
      'protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111';
    return [requiredCause(field, detail)];
  }
  const detail =
    'protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111';
  return value.startsWith('unapproved') || /^https?:\/\/[^/]+/.test(value) ? [] : [invalidCause(field, value, detail)];
}

const KEEPS_UNKNOWN = 'spec.preserveUnknownFields';

function unknownFieldProblems(crd: JsonObject): readonly FieldCause[] {
  if (part(crd, 'spec')?.['preserveUnknownFields'] !== true) return [];
  const detail =
    'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return [invalidCause(KEEPS_UNKNOWN, true, detail)];
}

function specProblems(spec: JsonObject): readonly FieldCause[] {
  const internal = internalSpec(spec);
  const keepsUnknown = spec['preserveUnknownFields'] === true;
  const conversion = part(spec, 'conversion');
  const problems = [...groupProblems(textAt(spec, 'group')), ...scopeProblems(textAt(spec, 'scope'))];
  problems.push(...missingSchemaProblems(internal));
  if (keepsUnknown && hasDefaults(spec)) {
    problems.push(invalidCause(KEEPS_UNKNOWN, true, 'must be false in order to use defaults in the schema'));
  }
  problems.push(...versionsProblems(internal), ...neededNameProblems(part(spec, 'names')));
  problems.push(...namesProblems(part(spec, 'names'), 'spec.names'), ...sharedProblems(internal));
  const strategy = textAt(conversion, 'strategy');
  if (conversion !== undefined && strategy !== 'None' && keepsUnknown) {
    const detail = 'must be None if spec.preserveUnknownFields is true';
    problems.push(invalidCause('spec.conversion.strategy', strategy, detail));
  }
  return [...problems, ...conversionProblems(conversion)];
}

function groupProblems(group: string): readonly FieldCause[] {
  if (group === '') return [requiredCause('spec.group')];
  const texts = subdomainProblems(group);
  if (texts.length > 0) return [invalidCause('spec.group', group, texts.join(','))];
  return group.includes('.') ? [] : [invalidCause('spec.group', group, 'should be a domain with at least one dot')];
}

function scopeProblems(scope: string): readonly FieldCause[] {
  if (scope === '') return [requiredCause('spec.scope')];
  return SCOPES.includes(scope) ? [] : [notSupportedCause('spec.scope', scope, SCOPES)];
}

function missingSchemaProblems({ shared, versions }: InternalSpec): readonly FieldCause[] {
  if (openApiSchema(shared.schema) !== undefined) return [];
  return versions.flatMap((version, index) =>
    openApiSchema(part(version, 'schema')) === undefined
      ? [requiredCause(`spec.versions[${index}].schema.openAPIV3Schema`)]
      : [],
  );
}

function versionsProblems({ versions, version: first, shared, shownVersions }: InternalSpec): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  versions.forEach((version, index) => {
    const at = `spec.versions[${index}]`;
    const own = versionParts(version);
    problems.push(...labelProblems(textAt(version, 'name'), `${at}.name`));
    problems.push(...deprecationProblems(version, `${at}.deprecationWarning`));
    const hasStatus = part(own.subresources ?? shared.subresources, 'status') !== undefined;
    const schemaPlace = { path: `${at}.schema.openAPIV3Schema`, hasStatus };
    problems.push(...partsProblems(own, { at, schemaPlace, noSchema: NO_SCHEMA_OF_VERSION }));
  });
  const names = versions.map((version) => textAt(version, 'name'));
  const refused = (detail: string): FieldCause => invalidShownCause('spec.versions', shownVersions, detail);
  if (new Set(names).size !== names.length) problems.push(refused('must contain unique version names'));
  if (versions.filter(({ storage }) => storage === true).length !== 1) {
    problems.push(refused('must have exactly one version marked as storage version'));
  }
  return first === '' ? problems : [...problems, ...labelProblems(first, 'spec.version')];
}

// The words of the server, which says the contrary of what it means in the first.
const NO_SCHEMA_OF_VERSION = 'may only be set when `version.schema.openAPIV3Schema` is not included';
const NO_SCHEMA = 'may only be set when validations.schema is included';

function sharedProblems({ shared, versions }: InternalSpec): readonly FieldCause[] {
  const hasStatus = [shared, ...versions].some(({ subresources }) => {
    return part(subresources as JsonObject | undefined, 'status') !== undefined;
  });
  const schemaPlace = { path: 'spec.validation.openAPIV3Schema', hasStatus };
  return partsProblems(shared, { at: 'spec', schemaPlace, noSchema: NO_SCHEMA });
}

interface PartsPlace {
  readonly at: string;
  readonly schemaPlace: { readonly path: string; readonly hasStatus: boolean };
  /** What is said of selectable fields without a schema. */
  readonly noSchema: string;
}

function partsProblems(given: VersionParts, { at, schemaPlace, noSchema }: PartsPlace): readonly FieldCause[] {
  const { additionalPrinterColumns: columns, selectableFields: fields } = given;
  const schema = openApiSchema(given.schema);
  const problems = schema === undefined ? [] : [...crdSchemaCauses(schema, schemaPlace)];
  problems.push(...subresourceProblems(given.subresources, `${at}.subresources`));
  columns.forEach((column, index) => {
    problems.push(...columnProblems(column, `${at}.additionalPrinterColumns[${index}]`));
  });
  if (fields.length === 0) return problems;
  const path = `${at}.selectableFields`;
  const refused =
    schema === undefined ? [invalidCause(path, '', noSchema)] : selectableFieldProblems(fields, schema, path);
  return [...problems, ...refused];
}

function labelProblems(name: string, field: string): readonly FieldCause[] {
  const texts = rfc1035LabelProblems(name);
  return texts.length === 0 ? [] : [invalidCause(field, name, texts.join(','))];
}

function statusProblems(crd: JsonObject): readonly FieldCause[] {
  return namesProblems(part(part(crd, 'status'), 'acceptedNames'), 'status.acceptedNames');
}

function storedVersionProblems(crd: JsonObject): readonly FieldCause[] {
  const stored = items(part(crd, 'status'), 'storedVersions');
  const field = 'status.storedVersions';
  if (stored.length === 0) return [invalidCause(field, null, 'must have at least one stored version')];
  const versions = parts(part(crd, 'spec'), 'versions');
  const names = versions.map((version) => textAt(version, 'name'));
  const unstored = versions.flatMap((version) => {
    const name = textAt(version, 'name');
    if (version['storage'] !== true || stored.includes(name)) return [];
    return [invalidCause(field, [...stored], `must have the storage version ${name}`)];
  });
  const unknown = stored.flatMap((version, index) => {
    if (typeof version !== 'string' || names.includes(version)) return [];
    const detail = `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
    return [invalidCause(`${field}[${index}]`, version, detail)];
  });
  return [...unstored, ...unknown];
}
