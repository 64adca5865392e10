// Keeps what is served in step with the CustomResourceDefinitions: names, establishing, and the end with all instances.
// Definitions are served the moment they are stored; their status follows a moment later, as it does on the real server.
import { type Clock, jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isNotFound,
  type KubeApi,
  type ObjectRef,
  type ResourceType,
} from '../../kube/port';
import { ensurePart, fill, items, type KindStrategy, part, parts, textAt } from '../kinds';
import { type ResourceRegistry } from '../registry';
import { acceptNames, ESTABLISHED, hasCondition, NOT_ESTABLISHED, TERMINATING, withCondition } from './crd-conditions';
import { crdProblems, crdUpdateProblems } from './rules';
import { customDefinition } from './custom-definition';

const FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';
const MANAGER = 'kube-apiserver';

export class CustomResources {
  private readonly known = new Map<string, JsonObject>();
  private readonly waiting = new Set<string>();
  private api: KubeApi | undefined;
  private work: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly registry: ResourceRegistry,
    private readonly clock: Clock,
  ) {}

  /** Of the kind CustomResourceDefinition. */
  readonly strategy: KindStrategy = {
    default: fillCrd,
    prepareForCreate: (draft) => {
      const storage = storageVersion(draft);
      const storedVersions = storage === undefined ? [] : [textAt(storage, 'name')];
      draft['status'] = { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions };
    },
    prepareForUpdate: addStoredVersion,
    validate: crdProblems,
    validateUpdate: crdUpdateProblems,
    markDeleting: (draft, stored) => {
      const metadata = ensurePart(draft, 'metadata');
      // Nor does it count this as a change.
      metadata['generation'] = part(stored, 'metadata')?.['generation'];
      draft['status'] = withCondition(part(draft, 'status'), TERMINATING, this.clock.now());
      // The server does not look at grace here.
      delete metadata['deletionGracePeriodSeconds'];
    },
    deletionFinalizer: FINALIZER,
    hasGeneration: true,
    allowsUnconditionalUpdate: false,
    changed: (type, crd) => this.changed(type, crd),
  };

  /** From here on status is written, and dying definitions take their instances along. */
  start(api: KubeApi): void {
    this.api = api;
    for (const name of this.known.keys()) this.wake(name);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.work;
  }

  private changed(type: 'created' | 'updated' | 'deleted', crd: JsonObject): void {
    const name = textAt(part(crd, 'metadata'), 'name');
    if (type === 'deleted') {
      this.known.delete(name);
      this.unserve(crd);
      // A name that was taken is free now.
      for (const other of this.known.keys()) this.wake(other);
      return;
    }
    this.known.set(name, crd);
    this.serve(crd);
    this.wake(name);
  }

  /** Serves what is or can be established. */
  private serve(crd: JsonObject): void {
    const { condition } = acceptNames(crd, this.others(crd));
    if (condition.status !== 'True' && !hasCondition(crd, 'Established')) return;
    const name = textAt(part(crd, 'metadata'), 'name');
    const definition = customDefinition(crd, () => {
      if (this.isDying(name)) this.wake(name);
    });
    if (definition === undefined) this.unserve(crd);
    else this.registry.add(definition);
  }

  private unserve(crd: JsonObject): void {
    const spec = part(crd, 'spec');
    this.registry.remove(textAt(spec, 'group'), textAt(part(spec, 'names'), 'plural'));
  }

  private others(crd: JsonObject): readonly JsonObject[] {
    const name = textAt(part(crd, 'metadata'), 'name');
    return [...this.known].filter(([other]) => other !== name).map(([, other]) => other);
  }

  private isDying(name: string): boolean {
    return part(this.known.get(name), 'metadata')?.['deletionTimestamp'] !== undefined;
  }

  private wake(name: string): void {
    if (this.api === undefined || this.isStopped || this.waiting.has(name)) return;
    this.waiting.add(name);
    const { api } = this;
    this.work = this.work.then(async () => {
      this.waiting.delete(name);
      if (this.isStopped) return;
      try {
        await this.settle(api, name);
      } catch (error) {
        // Gone meanwhile. Anything else is a defect: told, but no reason to end the process of whoever uses the sandbox.
        if (!isNotFound(error)) process.emitWarning(error instanceof Error ? error : String(error));
      }
    });
  }

  private async settle(api: KubeApi, name: string): Promise<void> {
    const crd = this.known.get(name);
    if (crd === undefined) return;
    const ref: ObjectRef = { resource: CUSTOM_RESOURCE_DEFINITIONS, name };
    if (this.isDying(name)) {
      await this.removeInstances(api, ref, crd);
      return;
    }
    const status = this.statusOf(crd);
    if (jsonEquals(status, part(crd, 'status'))) return;
    await api.patch(ref, { type: 'merge', body: { status }, subresource: 'status', fieldManager: MANAGER });
  }

  private statusOf(crd: JsonObject): JsonObject {
    const { acceptedNames, condition } = acceptNames(crd, this.others(crd));
    const nowMs = this.clock.now();
    const named = withCondition({ ...part(crd, 'status'), acceptedNames }, condition, nowMs);
    if (hasCondition(crd, 'Established')) return named;
    return withCondition(named, condition.status === 'True' ? ESTABLISHED : NOT_ESTABLISHED, nowMs);
  }

  private async removeInstances(api: KubeApi, ref: ObjectRef, crd: JsonObject): Promise<void> {
    const metadata = part(crd, 'metadata');
    if (!items(metadata, 'finalizers').includes(FINALIZER)) return;
    const left = await this.deleteAll(api, crd);
    if (left > 0) {
      await this.tellProgress(api, ref, crd);
      return;
    }
    this.unserve(crd);
    const finalizers = items(metadata, 'finalizers').filter((finalizer) => finalizer !== FINALIZER);
    await api.patch(ref, { type: 'merge', body: { metadata: { finalizers } }, fieldManager: MANAGER });
  }

  private async tellProgress(api: KubeApi, ref: ObjectRef, crd: JsonObject): Promise<void> {
    const condition = {
      ...TERMINATING,
      reason: 'InstanceDeletionInProgress',
      message: 'CustomResource deletion is in progress',
    };
    const status = withCondition(part(crd, 'status'), condition, this.clock.now());
    if (jsonEquals(status, part(crd, 'status'))) return;
    await api.patch(ref, { type: 'merge', body: { status }, subresource: 'status', fieldManager: MANAGER });
  }

  /** How many instances stay because something holds them. */
  private async deleteAll(api: KubeApi, crd: JsonObject): Promise<number> {
    const spec = part(crd, 'spec');
    const definition = this.registry.findPlural(textAt(spec, 'group'), textAt(part(spec, 'names'), 'plural'));
    const [version] = definition?.versions ?? [];
    if (definition === undefined || version === undefined) return 0;
    const { group, kind, plural, namespaced } = definition;
    const resource: ResourceType = { group, version: version.name, kind, plural, namespaced };
    let left = 0;
    for (const { metadata } of (await api.list({ resource })).items) {
      const { namespace, name, uid, deletionTimestamp } = metadata;
      if (deletionTimestamp !== undefined) left++;
      else {
        const ref = { resource, name, ...(namespace === undefined ? {} : { namespace }) };
        const rest = await api.delete(ref, uid === undefined ? {} : { uid });
        if (rest !== undefined && (rest.metadata as JsonObject | undefined)?.['deletionTimestamp'] !== undefined) {
          left++;
        }
      }
    }
    return left;
  }
}

function fillCrd(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  const names = ensurePart(spec, 'names');
  const kind = textAt(names, 'kind');
  if (kind !== '') fill(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
  if (part(spec, 'conversion') === undefined) spec['conversion'] = { strategy: 'None' };
  const service = part(part(part(part(spec, 'conversion'), 'webhook'), 'clientConfig'), 'service');
  fill(service, { port: 443 });
  fillStatus(draft);
}

/** An empty list of stored versions is one that nobody sent. */
function fillStatus(draft: MutableJsonObject): void {
  const status = part(draft, 'status');
  const storage = textAt(storageVersion(draft), 'name');
  if (status === undefined || storage === '' || items(status, 'storedVersions').length > 0) return;
  status['storedVersions'] = [storage];
}

function storageVersion(crd: JsonObject): JsonObject | undefined {
  return parts(part(crd, 'spec'), 'versions').find((version) => version['storage'] === true);
}

function addStoredVersion(draft: MutableJsonObject): void {
  const status = part(draft, 'status');
  const name = textAt(storageVersion(draft), 'name');
  const stored = items(status, 'storedVersions');
  if (status === undefined || name === '' || stored.includes(name)) return;
  draft['status'] = { ...status, storedVersions: [...stored, name] };
}
