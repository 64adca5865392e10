// What holds between the fields of an E2E file (spec: cli §2.3, §7.2).
import { type E2eFile } from '../model/e2e.fields';
import { CODE } from '../validate/codes';
import { at, type Findings } from '../validate/rule';
import { checkKubectl } from './kubectl.rules';
import { namedFile } from './named-file';
import { type E2eSummary } from './suite-summary';

type Spec = NonNullable<E2eFile['spec']>;
type Checkpoint = NonNullable<Spec['expect']>[number];

const DEFAULT_TIMEOUT_MS = 60_000;

export function checkE2e(file: E2eFile, findings: Findings): E2eSummary {
  const { metadata, imports = [], spec } = file;
  const mode = modeOf(file);
  checkMode(file, mode, findings);
  const crs = textsOf(spec?.cr, spec?.crFiles);
  const crds = textsOf(spec?.crd, spec?.crdFiles);
  const { katalog, valuesFiles = [] } = spec ?? {};
  for (const named of [...(katalog === undefined ? [] : [katalog]), ...crs, ...crds, ...valuesFiles]) {
    namedFile(named, findings);
  }
  for (const checkpoint of spec?.expect ?? []) checkCheckpoint(checkpoint, findings);
  if (spec?.onFailure?.kubectl !== undefined) checkKubectl(spec.onFailure.kubectl, findings);
  return {
    kind: 'E2E',
    name: metadata?.name?.text ?? '',
    description: metadata?.description?.text,
    mode,
    katalog: katalog?.text,
    crs: crs.map(({ text }) => text),
    crds: crds.map(({ text }) => text),
    setup: setupOf(spec?.setup, findings),
    checkpoints: (spec?.expect ?? []).map(({ name, after = 'setup-complete', timeout = DEFAULT_TIMEOUT_MS }) => ({
      name: name?.text ?? '',
      after,
      timeoutMs: timeout,
    })),
    imports: imports.flatMap((one) => ('text' in one ? one.text : (one.path?.text ?? []))),
  };
}

function modeOf({ imports = [], spec }: E2eFile): E2eSummary['mode'] {
  if (spec?.custom !== undefined) return 'custom';
  const isTest = [spec?.katalog, spec?.init, spec?.expect, spec?.cr, spec?.crFiles].some((one) => one !== undefined);
  return isTest || imports.length === 0 ? 'operator' : 'imports';
}

function checkMode({ node, spec }: E2eFile, mode: E2eSummary['mode'], findings: Findings): void {
  if (mode === 'imports') return;
  if (spec === undefined) {
    findings.error(node, CODE.suite, 'expected "spec", or "imports" of other E2E files');
    return;
  }
  if ((spec.expect ?? []).length === 0) {
    findings.error(spec.node, CODE.suite, 'expected "expect" with at least one checkpoint');
  }
  if (mode === 'custom' || spec.init !== undefined) return;
  if (spec.katalog === undefined) {
    findings.error(spec.node, CODE.suite, 'expected "katalog", "init", or "custom" for tests without Orkestra');
  }
  if (spec.cr === undefined && spec.crFiles === undefined) {
    findings.error(spec.node, CODE.suite, 'expected "cr" or "crFiles": what the operator is given');
  }
}

function checkCheckpoint(checkpoint: Checkpoint, findings: Findings): void {
  const { node, resources = [], commands = [], kubectl, onFailure } = checkpoint;
  const isAsked = [...(kubectl?.node.entries.values() ?? [])].some(
    ({ value }) => value.kind === 'list' && value.items.length > 0,
  );
  if (resources.length + commands.length === 0 && !isAsked) {
    const message = 'expected "resources", "commands" or "kubectl": the checkpoint checks nothing';
    findings.error(node, CODE.suite, message);
  }
  for (const resource of resources) {
    const { name, count } = resource;
    if (name === undefined || count === undefined || count === 0) continue;
    findings.error(at(resource, 'count'), CODE.suite, 'of one name there is one: leave "count" or "name" out');
  }
  for (const block of [kubectl, onFailure?.kubectl]) if (block !== undefined) checkKubectl(block, findings);
}

function setupOf(setup: Spec['setup'], findings: Findings): E2eSummary['setup'] {
  const { apply = [], helm = [], wait = [] } = setup === undefined ? {} : 'node' in setup ? setup : { apply: setup };
  for (const one of apply) {
    const path = 'text' in one ? one : one.path;
    if (path !== undefined) namedFile(path, findings);
  }
  for (const { valueFiles = [] } of helm) for (const file of valueFiles) namedFile(file, findings);
  return { apply: apply.length, helm: helm.length, wait: wait.length };
}

function textsOf<T>(one: T | undefined, more: readonly T[] | undefined): readonly T[] {
  return [...(one === undefined ? [] : [one]), ...(more ?? [])];
}
