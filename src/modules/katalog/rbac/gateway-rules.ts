// The rights that a gateway needs for a Katalog. Undefined when the Katalog asks for no gateway.
import { type CompiledCrd } from '../compile/compiled-katalog';
import { type KatalogFile } from '../model/katalog.fields';
import { enabledEntries, type EntryScope } from '../validate/rule';
import { type PolicyRule } from './policy-rule';
import { RightsTable } from './rights-table';
import { secretNames } from './secret-references';

const ALL = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
/** What callers of the Serve API may do with CRs. */
const SERVE = ['get', 'list', 'create', 'update', 'patch', 'delete'];

/** `crds`: the enabled ones, whose names in URLs are known by then. */
export function gatewayRulesOf(katalog: KatalogFile, crds: readonly CompiledCrd[]): readonly PolicyRule[] | undefined {
  const { gateway, security } = katalog;
  if (gateway === undefined) return undefined;
  if (gateway.enabled !== true && gateway.standalone !== true && gateway.endpoint === undefined) return undefined;
  const rights = new RightsTable();
  const entries = enabledEntries(katalog);
  const needs = guardsOf(katalog, entries);
  if (needs.validates) rights.allow('admissionregistration.k8s.io', 'validatingwebhookconfigurations', ALL);
  if (needs.mutates) rights.allow('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', ALL);
  // Its certificates stand in Secrets that it makes.
  if (needs.validates || needs.mutates || needs.converts) rights.allow('', 'secrets', ALL);
  if (isOn(security?.deletionProtection)) rights.allow('', 'namespaces', ['get', 'patch']);
  if ((gateway.api?.auth?.tokens ?? []).some(({ secretRef }) => secretRef !== undefined)) {
    // A Secret that is not there is made, and no name limits that.
    rights.allow('', 'secrets', ['get', 'create']);
  }
  for (const name of secretNames(gateway.node)) rights.allow('', 'secrets', ['get'], name);
  const resources = new Map(crds.filter((crd) => !crd.isPluralGuessed).map((crd) => [crd.name, crd.resource]));
  for (const { name, entry } of entries) {
    const resource = resources.get(name);
    if (resource === undefined) continue;
    const { group, plural } = resource;
    const definition = `${plural}.${group}`;
    // With a cluster of its own the CRs are written there.
    if (entry.serve?.enabled === true && entry.serve.cluster === undefined) {
      rights.allow(group, plural, SERVE);
      rights.allow('apiextensions.k8s.io', 'customresourcedefinitions', ['get'], definition);
    }
    if (entry.conversion?.updateCRD === true) {
      rights.allow('apiextensions.k8s.io', 'customresourcedefinitions', ['get', 'watch', 'patch'], definition);
    }
  }
  return rights.rules();
}

interface Guards {
  readonly validates: boolean;
  readonly mutates: boolean;
  readonly converts: boolean;
}

function guardsOf({ security }: KatalogFile, entries: readonly EntryScope[]): Guards {
  const admits = security?.webhooks?.admission?.enabled === true;
  const has = (key: 'validation' | 'mutation'): boolean =>
    admits && entries.some(({ entry }) => entry.webhooks?.[key] !== false && (entry[key]?.rules ?? []).length > 0);
  const converts = entries.some(({ entry }) => entry.conversion?.updateCRD === true);
  return {
    validates: isOn(security?.deletionProtection) || isOn(security?.namespaceProtection) || has('validation'),
    mutates: has('mutation'),
    converts: converts || security?.conversion?.enabled === true,
  };
}

function isOn(part: { readonly enabled: boolean | undefined } | undefined): boolean {
  return part !== undefined && part.enabled !== false;
}
