// Server-side printing: Tables of what a list or a get found.
import { type Clock, type JsonObject } from '../../common';
import { part, textAt } from '../kinds';
import { partialMetadata, type TableOptions, type TableRenderer } from '../request';
import { type Target } from '../verbs';
import { type Cell, type Cells } from './cell';
import * as cluster from './cluster-cells';
import { type Column, customColumns } from './custom-columns';
import { ageOf } from './human-duration';
import * as network from './network-cells';
import { podCells } from './pod-cells';
import { COLUMNS, COLUMNS_OF } from './recorded/columns.table';
import { type RecordedColumn } from './recorded/recorded-column';
import * as workloads from './workload-cells';

const CELLS: Readonly<Record<string, Cells>> = {
  ...cluster.SMALL_CELLS,
  clusterrolebindings: cluster.bindingCells,
  cronjobs: workloads.cronJobCells,
  daemonsets: workloads.daemonSetCells,
  deployments: workloads.deploymentCells,
  endpoints: network.endpointsCells,
  endpointslices: network.endpointSliceCells,
  events: cluster.eventCells,
  horizontalpodautoscalers: workloads.autoscalerCells,
  ingresses: network.ingressCells,
  jobs: workloads.jobCells,
  networkpolicies: network.networkPolicyCells,
  nodes: cluster.nodeCells,
  persistentvolumeclaims: cluster.claimCells,
  persistentvolumes: cluster.volumeCells,
  poddisruptionbudgets: workloads.budgetCells,
  pods: podCells,
  replicasets: workloads.replicaSetCells,
  replicationcontrollers: workloads.replicationControllerCells,
  rolebindings: cluster.bindingCells,
  services: network.serviceCells,
  statefulsets: workloads.statefulSetCells,
};

const created = (object: JsonObject): string => textAt(part(object, 'metadata'), 'creationTimestamp');
const COMMON: Cells = {
  Name: (object) => textAt(part(object, 'metadata'), 'name'),
  Age: (object, nowMs) => ageOf(created(object), nowMs),
  'Created At': created,
};

/** Where the words for Name and Created At stand. */
const WORDS = 'apiextensions.k8s.io/v1/customresourcedefinitions';

export class Tables implements TableRenderer {
  private readonly known = new Map<string, readonly Column[]>();

  constructor(private readonly clock: Clock) {}

  render(target: Target, objects: readonly JsonObject[], options: TableOptions): JsonObject {
    const columns = this.columnsOf(target);
    const nowMs = this.clock.now();
    const rows = objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object, nowMs)),
      ...objectOf(object, options),
    }));
    // The real server's form for kinds that have no columns of their own says nothing where others say "none".
    const isPlain = columns.some(({ definition }) => definition['name'] === 'Created At');
    return {
      kind: 'Table',
      apiVersion: `meta.k8s.io/${options.version}`,
      metadata: options.metadata,
      columnDefinitions: columns.map(({ definition }) => definition),
      rows: isPlain && rows.length === 0 ? null : rows,
    };
  }

  private columnsOf({ definition, version }: Target): readonly Column[] {
    if (definition.isCustom) {
      const [name, age] = (COLUMNS_OF[WORDS] ?? []).map((index) => COLUMNS[index]?.[3] ?? '');
      return customColumns(version, { name: name ?? '', age: age ?? '' });
    }
    const key = `${definition.group}/${version.name}/${definition.plural}`;
    let columns = this.known.get(key);
    if (columns !== undefined) return columns;
    const cells = { ...COMMON, ...(CELLS[definition.plural] ?? {}) };
    columns = (COLUMNS_OF[key] ?? []).flatMap((index) => {
      const column = COLUMNS[index];
      return column === undefined ? [] : [builtInColumn(column, cells)];
    });
    this.known.set(key, columns);
    return columns;
  }
}

function builtInColumn([name, type, format, description, priority]: RecordedColumn, cells: Cells): Column {
  const cell: Cell = Object.hasOwn(cells, name) ? (cells[name] ?? unknown) : unknown;
  return { definition: { name, type, format, description, priority }, cell };
}

function unknown(): string {
  return '<unknown>';
}

function objectOf(object: JsonObject, { includeObject, version }: TableOptions): JsonObject {
  if (includeObject === 'None') return { object: null };
  return { object: includeObject === 'Object' ? object : partialMetadata(object, version) };
}
