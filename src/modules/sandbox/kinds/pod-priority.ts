// The priority of a new pod, as the admission plugin of the real server sets it: from the class that the pod names, else
// from the class that is the default, else none.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { ensurePart, numberAt, part, textAt } from './draft';
import { type StorageView } from './kind-strategy';

const CLASSES = 'scheduling.k8s.io/priorityclasses';
/** A real server makes them for itself. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};
const PREEMPTS = 'PreemptLowerPriority';

interface Priority {
  readonly name: string;
  readonly value: number;
  readonly preemption: string;
}

/** Fills in the priority; why the pod is forbidden, or undefined. */
export function admitPriority(draft: MutableJsonObject, view: StorageView): string | undefined {
  const spec = ensurePart(draft, 'spec');
  const asked = textAt(spec, 'priorityClassName');
  const found = asked === '' ? defaultPriority(view) : priorityOf(asked, view);
  if (found === undefined) return `no PriorityClass with name ${asked} was found`;
  if (found.name !== '') spec['priorityClassName'] = found.name;
  const own = numberAt(spec, 'priority');
  if (own !== undefined && own !== found.value) {
    return `the integer value of priority (${own}) must not be provided in pod spec; priority admission controller computed ${found.value} from the given PriorityClass name`;
  }
  spec['priority'] = found.value;
  const policy = textAt(spec, 'preemptionPolicy');
  if (policy !== '' && policy !== found.preemption) {
    return `the string value of PreemptionPolicy (${policy}) must not be provided in pod spec; priority admission controller computed ${found.preemption} from the given PriorityClass name`;
  }
  spec['preemptionPolicy'] = found.preemption;
  return undefined;
}

function priorityOf(name: string, view: StorageView): Priority | undefined {
  const known = view.get(CLASSES, '', name);
  if (known !== undefined) return fromClass(known);
  const value = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
  return value === undefined ? undefined : { name, value, preemption: PREEMPTS };
}

/** The lowest of the classes that say that they are the default. */
function defaultPriority(view: StorageView): Priority {
  const [lowest] = [...view.list(CLASSES)]
    .filter((one) => one['globalDefault'] === true)
    .map(fromClass)
    .sort((a, b) => a.value - b.value);
  return lowest ?? { name: '', value: 0, preemption: PREEMPTS };
}

function fromClass(object: JsonObject): Priority {
  return {
    name: textAt(part(object, 'metadata'), 'name'),
    value: numberAt(object, 'value') ?? 0,
    preemption: textAt(object, 'preemptionPolicy') || PREEMPTS,
  };
}
