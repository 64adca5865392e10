// What the real server checks of a CustomResourceDefinition, in its order and words. The schema itself is the affair of
// the schema module.
import { jsonEquals, type JsonObject, type JsonValue } from '../../common';
import {
  crdSchemaCauses,
  type FieldCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from '../../schema';
import { items, part, parts, textAt } from '../kinds';
import { rfc1035LabelProblems, subdomainProblems } from '../selectors';

const SCOPES = ['Cluster', 'Namespaced'];
const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;
const APPROVAL = 'api-approved.kubernetes.io';

export function crdProblems(crd: JsonObject): readonly FieldCause[] {
  return [...nameProblems(crd), ...specProblems(part(crd, 'spec') ?? {}), ...approvalProblems(crd)];
}

export function crdUpdateProblems(crd: JsonObject, old: JsonObject): readonly FieldCause[] {
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
    ...storedVersionProblems(crd),
    ...approvalProblems(crd),
  ];
}

function nameProblems(crd: JsonObject): readonly FieldCause[] {
  const name = textAt(part(crd, 'metadata'), 'name');
  const spec = part(crd, 'spec');
  const wanted = `${textAt(part(spec, 'names'), 'plural')}.${textAt(spec, 'group')}`;
  if (name === wanted || name === '') return [];
  return [invalidCause('metadata.name', name, 'must be spec.names.plural+"."+spec.group')];
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

function specProblems(spec: JsonObject): readonly FieldCause[] {
  const group = textAt(spec, 'group');
  const versions = parts(spec, 'versions');
  const problems: FieldCause[] = [];
  if (group === '') problems.push(requiredCause('spec.group'));
  else {
    const texts = subdomainProblems(group);
    if (texts.length > 0) problems.push(invalidCause('spec.group', group, texts.join(',')));
    else if (!group.includes('.')) {
      problems.push(invalidCause('spec.group', group, 'should be a domain with at least one dot'));
    }
  }
  const scope = textAt(spec, 'scope');
  if (scope === '') problems.push(requiredCause('spec.scope'));
  else if (!SCOPES.includes(scope)) problems.push(notSupportedCause('spec.scope', scope, SCOPES));
  versions.forEach((version, index) => {
    if (schemaOf(version) !== undefined) return;
    problems.push(requiredCause(`spec.versions[${index}].schema.openAPIV3Schema`));
  });
  problems.push(...versions.flatMap((version, index) => versionProblems(version, index, versions)));
  problems.push(...versionSetProblems(versions), ...namesProblems(part(spec, 'names')));
  return [...problems, ...conversionProblems(part(spec, 'conversion'))];
}

function schemaOf(version: JsonObject): JsonObject | undefined {
  return part(part(version, 'schema'), 'openAPIV3Schema');
}

/** What is the same in all versions stands at the top in the server's own form, and there its causes point. */
function placeOf(versions: readonly JsonObject[], member: string, index: number): string {
  const [first] = versions;
  const isSame = versions.every((version) => jsonEquals(version[member], first?.[member]));
  return isSame ? 'spec' : `spec.versions[${index}]`;
}

function versionProblems(version: JsonObject, index: number, versions: readonly JsonObject[]): readonly FieldCause[] {
  const at = `spec.versions[${index}]`;
  const problems: FieldCause[] = [];
  const name = textAt(version, 'name');
  const texts = rfc1035LabelProblems(name);
  if (texts.length > 0) problems.push(invalidCause(`${at}.name`, name, texts.join(',')));
  const schema = schemaOf(version);
  const place = placeOf(versions, 'schema', index);
  // At the top it is looked at once.
  if (schema !== undefined && (place !== 'spec' || index === 0)) {
    const path = `${place === 'spec' ? 'spec.validation' : `${place}.schema`}.openAPIV3Schema`;
    problems.push(
      ...crdSchemaCauses(schema, { path, hasStatus: part(version, 'subresources')?.['status'] !== undefined }),
    );
  }
  const scale = part(part(version, 'subresources'), 'scale');
  const scalePlace = placeOf(versions, 'subresources', index);
  if (scale !== undefined && (scalePlace !== 'spec' || index === 0)) {
    problems.push(...scaleProblems(scale, `${scalePlace}.subresources.scale`));
  }
  const columnPlace = placeOf(versions, 'additionalPrinterColumns', index);
  if (columnPlace !== 'spec' || index === 0) {
    parts(version, 'additionalPrinterColumns').forEach((column, position) => {
      problems.push(...columnProblems(column, `${columnPlace}.additionalPrinterColumns[${position}]`));
    });
  }
  return problems;
}

function columnProblems(column: JsonObject, path: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (textAt(column, 'name') === '') problems.push(requiredCause(`${path}.name`));
  const type = textAt(column, 'type');
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (type === '') problems.push(requiredCause(`${path}.type`, types));
  else if (!COLUMN_TYPES.includes(type)) problems.push(invalidCause(`${path}.type`, type, types));
  const format = textAt(column, 'format');
  if (format !== '' && !COLUMN_FORMATS.includes(format)) {
    problems.push(invalidCause(`${path}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`));
  }
  const jsonPath = textAt(column, 'jsonPath');
  if (jsonPath === '') problems.push(requiredCause(`${path}.JSONPath`));
  else if (!jsonPath.startsWith('.')) {
    const detail = 'must be a simple json path starting with .';
    problems.push(invalidCause(`${path}.JSONPath`, jsonPath, detail));
  }
  return problems;
}

function scaleProblems(scale: JsonObject, path: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const check = (member: string, root: string, isNeeded: boolean): void => {
    const value = textAt(scale, member);
    if (value === '') {
      if (isNeeded) problems.push(requiredCause(`${path}.${member}`));
    } else if (!value.startsWith(root)) {
      const detail = `should be a json path under ${root}`;
      problems.push(invalidCause(`${path}.${member}`, value, detail));
    }
  };
  check('specReplicasPath', '.spec', true);
  check('statusReplicasPath', '.status', true);
  check('labelSelectorPath', '', false);
  return problems;
}

function versionSetProblems(versions: readonly JsonObject[]): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const names = versions.map((version) => textAt(version, 'name'));
  if (new Set(names).size !== names.length) {
    problems.push(invalidCause('spec.versions', versions, 'must contain unique version names'));
  }
  if (versions.filter((version) => version['storage'] === true).length !== 1) {
    const detail = 'must have exactly one version marked as storage version';
    problems.push(invalidCause('spec.versions', versions, detail));
  }
  return problems;
}

function namesProblems(names: JsonObject | undefined): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  for (const member of ['plural', 'singular', 'kind', 'listKind']) {
    if (textAt(names, member) === '') problems.push(requiredCause(`spec.names.${member}`));
  }
  const label = (value: string, field: string, prefix = ''): void => {
    const texts = value === '' ? [] : rfc1035LabelProblems(prefix === '' ? value : value.toLowerCase());
    if (texts.length > 0) problems.push(invalidCause(field, value, prefix + texts.join(',')));
  };
  const mixed = 'may have mixed case, but should otherwise match: ';
  label(textAt(names, 'plural'), 'spec.names.plural');
  label(textAt(names, 'singular'), 'spec.names.singular');
  label(textAt(names, 'kind'), 'spec.names.kind', mixed);
  label(textAt(names, 'listKind'), 'spec.names.listKind', mixed);
  for (const member of ['shortNames', 'categories']) {
    items(names, member).forEach((name, index) => {
      if (typeof name === 'string') label(name, `spec.names.${member}[${index}]`);
    });
    if (member === 'categories') continue;
    const kind = textAt(names, 'kind');
    if (kind !== '' && kind === textAt(names, 'listKind')) {
      problems.push(invalidCause('spec.names.listKind', kind, 'kind and listKind may not be the same'));
    }
  }
  return problems;
}

function conversionProblems(conversion: JsonObject | undefined): readonly FieldCause[] {
  if (conversion === undefined) return [];
  const strategy = textAt(conversion, 'strategy');
  const path = 'spec.conversion';
  if (strategy === 'None') {
    const detail = 'should not be set when strategy is not set to Webhook';
    return part(conversion, 'webhook') === undefined ? [] : [forbiddenCause(`${path}.webhookClientConfig`, detail)];
  }
  return strategy === 'Webhook' ? [] : [notSupportedCause(`${path}.strategy`, strategy, ['None', 'Webhook'])];
}

function storedVersionProblems(crd: JsonObject): readonly FieldCause[] {
  const stored = items(part(crd, 'status'), 'storedVersions');
  const field = 'status.storedVersions';
  if (stored.length === 0) return [invalidCause(field, stored, 'must have at least one stored version')];
  const versions = parts(part(crd, 'spec'), 'versions').map((version) => textAt(version, 'name'));
  return stored.flatMap((version, index) => {
    if (typeof version !== 'string' || versions.includes(version)) return [];
    const detail = `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
    return [invalidCause(`${field}[${index}]`, version, detail)];
  });
}
