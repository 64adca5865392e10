// One informer for each scope, shared by everybody who asks for it.
import { stableStringify, type JsonObject } from '../../common';
import { type InformerScope } from './informer.types';
import { type InformerOptions, type InformerPorts, SharedInformer } from './shared-informer';

export class InformerFactory {
  private readonly informers = new Map<string, SharedInformer>();

  constructor(
    private readonly ports: InformerPorts,
    private readonly signal: AbortSignal,
  ) {}

  /** The running informer of this scope; options count when it is made by this call. */
  informer(scope: InformerScope, options: InformerOptions = {}): SharedInformer {
    const id = stableStringify(scope as unknown as JsonObject);
    const known = this.informers.get(id);
    if (known !== undefined) return known;
    const informer = new SharedInformer(scope, this.ports, options);
    this.informers.set(id, informer);
    informer.start(this.signal);
    return informer;
  }

  /** Every informer that runs. */
  all(): readonly SharedInformer[] {
    return [...this.informers.values()];
  }
}
