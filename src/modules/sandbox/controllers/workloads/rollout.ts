// How many replicas each ReplicaSet of a Deployment gets next: pure, so that every step of a rollout can be checked.
import { type JsonObject, type JsonValue } from '../../../common';
import { numberAt, part, textAt } from '../../kinds';

export interface SetSize {
  readonly name: string;
  /** spec.replicas. */
  readonly wanted: number;
  readonly replicas: number;
  readonly available: number;
}

export interface RolloutState {
  readonly spec: JsonObject | undefined;
  readonly current: SetSize;
  /** The oldest first. */
  readonly old: readonly SetSize[];
}

/** An amount of a whole, rounded up for a surge and down for what may be missing. */
export function share(value: JsonValue | undefined, whole: number, rounds: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? Number.parseInt(value, 10) : Number.NaN;
  if (Number.isNaN(percent)) return 0;
  const exact = (percent * whole) / 100;
  return rounds === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

export interface Limits {
  readonly desired: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

export function limitsOf(spec: JsonObject | undefined): Limits {
  const desired = numberAt(spec, 'replicas') ?? 1;
  const strategy = part(spec, 'strategy');
  if (textAt(strategy, 'type') === 'Recreate') return { desired, maxSurge: 0, maxUnavailable: desired };
  const { maxSurge: surge, maxUnavailable: unavailable } = part(strategy, 'rollingUpdate') ?? {};
  const maxSurge = share(surge, desired, 'up');
  const missing = share(unavailable, desired, 'down');
  // Something must be able to move.
  return { desired, maxSurge, maxUnavailable: maxSurge === 0 && missing === 0 ? 1 : Math.min(missing, desired) };
}

/** New sizes by name, of the sets whose size changes. */
export function nextSizes(state: RolloutState): ReadonlyMap<string, number> {
  const { spec, current, old } = state;
  if (textAt(part(spec, 'strategy'), 'type') === 'Recreate') return recreateSizes(state);
  const limits = limitsOf(spec);
  const sizes = new Map<string, number>();
  const total = old.reduce((sum, set) => sum + set.wanted, current.wanted);
  let size = current.wanted;
  if (size > limits.desired) size = limits.desired;
  else if (size < limits.desired) {
    const room = limits.desired + limits.maxSurge - total;
    size += Math.max(0, Math.min(room, limits.desired - size));
  }
  if (size !== current.wanted) sizes.set(current.name, size);
  for (const [name, next] of shrunk(state, limits, size)) sizes.set(name, next);
  return sizes;
}

function recreateSizes({ spec, current, old }: RolloutState): ReadonlyMap<string, number> {
  const { desired } = limitsOf(spec);
  const sizes = new Map(old.filter(({ wanted }) => wanted > 0).map(({ name }) => [name, 0]));
  const isEmpty = old.every(({ replicas }) => replicas === 0);
  if (isEmpty && current.wanted !== desired) sizes.set(current.name, desired);
  return sizes;
}

/** Old sets lose first what is not available anyway, then as much as may be missing. */
function shrunk({ current, old }: RolloutState, limits: Limits, size: number): ReadonlyMap<string, number> {
  const sizes = new Map(old.map(({ name, wanted }) => [name, wanted]));
  const least = limits.desired - limits.maxUnavailable;
  const total = old.reduce((sum, set) => sum + set.wanted, size);
  const newUnavailable = size - Math.min(size, current.available);
  let most = total - least - newUnavailable;
  for (const set of old) {
    const sick = Math.max(0, set.wanted - set.available);
    const taken = Math.max(0, Math.min(sick, most));
    sizes.set(set.name, set.wanted - taken);
    most -= taken;
  }
  let spare = old.reduce((sum, set) => sum + set.available, current.available) - least;
  for (const set of old) {
    const left = sizes.get(set.name) ?? 0;
    const taken = Math.max(0, Math.min(left, spare));
    sizes.set(set.name, left - taken);
    spare -= taken;
  }
  return new Map([...sizes].filter(([name, next]) => old.find((set) => set.name === name)?.wanted !== next));
}
