// The columns of pods: a status that sums up phase, reasons and containers as people know it from kubectl.
import { type JsonObject } from '../../common';
import { part, parts, textAt } from '../kinds';
import { type Cells, count, NONE, orNone, specOf, statusOf } from './cell';
import { humanDuration } from './human-duration';

function readyText(pod: JsonObject): string {
  const ready = parts(statusOf(pod), 'containerStatuses').filter((container) => container['ready'] === true).length;
  return `${ready}/${parts(specOf(pod), 'containers').length}`;
}

function statusText(pod: JsonObject): string {
  const status = statusOf(pod);
  let reason = textAt(status, 'reason') || textAt(status, 'phase');
  const containers = parts(status, 'containerStatuses');
  let isRunning = false;
  for (const container of [...containers].reverse()) {
    const state = part(container, 'state');
    const waiting = textAt(part(state, 'waiting'), 'reason');
    const ended = part(state, 'terminated');
    if (waiting !== '') reason = waiting;
    else if (ended !== undefined) reason = textAt(ended, 'reason') || endedText(ended);
    else if (container['ready'] === true && part(state, 'running') !== undefined) isRunning = true;
  }
  const isReady = parts(status, 'conditions').some(({ type, status: value }) => type === 'Ready' && value === 'True');
  if (reason === 'Completed' && isRunning) reason = isReady ? 'Running' : 'NotReady';
  if (textAt(part(pod, 'metadata'), 'deletionTimestamp') === '') return reason;
  if (textAt(status, 'reason') === 'NodeLost') return 'Unknown';
  return ['Failed', 'Succeeded'].includes(textAt(status, 'phase')) ? reason : 'Terminating';
}

function endedText(ended: JsonObject): string {
  const signal = count(ended, 'signal');
  return signal === 0 ? `ExitCode:${count(ended, 'exitCode')}` : `Signal:${signal}`;
}

function restartsText(pod: JsonObject, nowMs: number): string {
  const containers = parts(statusOf(pod), 'containerStatuses');
  const restarts = containers.reduce((sum, container) => sum + count(container, 'restartCount'), 0);
  const ends = containers.map((container) =>
    Date.parse(textAt(part(part(container, 'lastState'), 'terminated'), 'finishedAt')),
  );
  const last = Math.max(...ends.filter((end) => !Number.isNaN(end)), 0);
  return restarts > 0 && last > 0 ? `${restarts} (${humanDuration(nowMs - last)} ago)` : String(restarts);
}

function gatesText(pod: JsonObject): string {
  const gates = parts(specOf(pod), 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  if (gates.length === 0) return NONE;
  const conditions = parts(statusOf(pod), 'conditions');
  const met = gates.filter((gate) => conditions.some(({ type, status }) => type === gate && status === 'True'));
  return `${met.length}/${gates.length}`;
}

export const podCells: Cells = {
  Ready: readyText,
  Status: statusText,
  Restarts: restartsText,
  IP: (pod) => orNone(textAt(statusOf(pod), 'podIP')),
  Node: (pod) => orNone(textAt(specOf(pod), 'nodeName')),
  'Nominated Node': (pod) => orNone(textAt(statusOf(pod), 'nominatedNodeName')),
  'Readiness Gates': gatesText,
};
