import { type KindRow } from './kind-row';

/** Kinds without pods of their own. */
export const OTHER_ROWS: readonly KindRow[] = [
  { listKey: 'configMaps', entry: ['data: { level: "{{ .spec.message }}" }'], edit: { data: { level: 'edited' } } },
  {
    listKey: 'services',
    entry: ['port: 80', 'selector: { app: web }'],
    edit: { spec: { selector: { app: 'edited' } } },
  },
];
