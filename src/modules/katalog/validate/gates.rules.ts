// Gates: sentinels are computed only when they are declared, and the gate of a queue sees no single events.
import { didYouMean } from '../../common';
import { CODE } from './codes';
import { at, boxesOf, type EntryRule, type Findings, type OperatorBox } from './rule';

type Gates = NonNullable<OperatorBox['preReconcile']>;

export const checkGates: EntryRule = ({ entry }, findings) => {
  for (const { preReconcile: gates, observe } of boxesOf(entry)) {
    const watching = [...(observe?.watch ?? []), ...(observe?.events?.values() ?? [])];
    for (const { enqueueGate } of [...watching, ...(gates === undefined ? [] : [gates])]) {
      if (enqueueGate?.eventAware === undefined) continue;
      const message = '"eventAware" belongs to reconcileGate: items of the queue stand for objects, not for events';
      findings.error(at(enqueueGate, 'eventAware'), CODE.gate, message);
    }
    if (gates !== undefined) checkSentinels(gates, findings);
  }
};

function checkSentinels(gates: Gates, findings: Findings): void {
  const declared: readonly string[] = gates.sentinels ?? [];
  for (const gate of [gates.enqueueGate, gates.reconcileGate]) {
    const used: readonly string[] = gate?.sentinels ?? [];
    for (const [index, name] of used.entries()) {
      if (gate === undefined || declared.includes(name)) continue;
      const list = gate.node.entries.get('sentinels')?.value;
      const place = (list?.kind === 'list' ? list.items[index] : undefined) ?? at(gate);
      const hint = didYouMean(name, declared);
      findings.error(place, CODE.gate, `"${name}" is not in preReconcile.sentinels, so it is not computed${hint}`);
    }
  }
}
