import { type KindRow } from './kind-row';

export const WORKLOAD_ROWS: readonly KindRow[] = [
  {
    listKey: 'deployments',
    entry: ['image: nginx:1.27', 'replicas: 2', 'port: 80', 'resources: { requests: { cpu: 1000m } }'],
    edit: { spec: { replicas: 5 } },
  },
];
