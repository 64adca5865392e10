// Katalogs of one mistake, for the cases of the steps of the check.
import { indent } from '../katalog-source';

/** One case of a step of the check. */
export interface Step {
  readonly step: number;
  readonly what: string;
  /** A whole Katalog; § where the one error has to be. */
  readonly fails: string;
  readonly says: string;
  readonly passes: string;
}

export const API = 'apiTypes: { group: demo.orkestra.io, version: v1, kind: Website, plural: websites }';

export function file(crds: string, top = ''): string {
  const head = `apiVersion: orkestra.orkspace.io/v1\nkind: Katalog\nmetadata: { name: demo }\n${top === '' ? '' : `${top}\n`}`;
  return `${head}spec:\n  crds:\n${indent(crds, 4)}\n`;
}

/** One CRD with further keys. */
export const crd = (keys: string, top = ''): string => file(`website:\n  ${API}\n${indent(keys, 2)}`, top);
export const box = (keys: string, top = ''): string => crd(`operatorBox:\n${indent(keys, 2)}`, top);
export const reconciler = (keys: string): string => box(`reconciler:\n${indent(keys, 2)}`);
export const entry = (list: string, item: string): string => box(`onReconcile:\n  ${list}:\n    - ${item}`);

export const HOOK = 'location: ./hooks, function: run';
export const MANAGED = 'managedResources: [{ kind: Secret }]';
export const WORKLOAD = 'name: web, image: "a/b:1"';
export const ENDPOINT = 'gateway: { endpoint: http://gateway.example }';
