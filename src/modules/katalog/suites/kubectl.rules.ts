// Which object a step of kubectl means, and what is made of its output.
import { type Located } from '../../schema';
import { type KubectlFields } from '../model/e2e-checks.fields';
import { CODE } from '../validate/codes';
import { type Findings } from '../validate/rule';

/** Steps that mean one thing of several, and how it is said which. */
const CHOICES: Partial<Record<keyof KubectlFields, readonly string[]>> = {
  apply: ['file', 'inline'],
  delete: ['file', 'kind', 'leaderElection'],
  logs: ['name', 'labelSelector', 'leaderElection'],
  describe: ['name', 'labelSelector'],
  exec: ['name', 'labelSelector'],
  'port-forward': ['service', 'pod', 'leaderElection'],
  cp: ['name', 'labelSelector'],
};

/** One filter reads the output. */
const FILTERED: readonly (keyof KubectlFields)[] = ['get', 'exec', 'port-forward', 'cp'];

export function checkKubectl(kubectl: KubectlFields, findings: Findings): void {
  for (const [step, keys] of Object.entries(CHOICES)) {
    for (const item of itemsOf(kubectl, step)) findings.oneOf(item, keys, CODE.suite, `kubectl ${step}`);
  }
  for (const step of FILTERED) {
    for (const item of itemsOf(kubectl, step)) findings.exclusive(item, ['jq', 'yq'], CODE.suite);
  }
  for (const item of kubectl.get ?? []) {
    findings.exclusive(item, ['field', 'format'], CODE.suite);
    for (const [filter, format] of [['jq', 'json'] as const, ['yq', 'yaml'] as const]) {
      const written = item.node.entries.get(filter)?.value;
      if (written === undefined || item.format === format) continue;
      findings.error(written, CODE.suite, `"${filter}" reads "format: ${format}"`);
    }
  }
  for (const item of kubectl.delete ?? []) {
    if (item.kind !== undefined && item.name === undefined) {
      findings.error(item.node, CODE.suite, 'kubectl delete needs "name" beside "kind"');
    }
  }
}

function itemsOf(kubectl: KubectlFields, step: string): readonly Located[] {
  return (kubectl[step as keyof KubectlFields] as readonly Located[] | undefined) ?? [];
}
