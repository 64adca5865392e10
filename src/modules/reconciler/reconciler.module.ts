import { type DynamicModule, Module } from '@nestjs/common';
import { systemClock, systemRandom } from '../common';
import { type CompiledCrd } from '../katalog';
import { EVENT_RECORDER, type EventRecorder, type Fence, KUBE_API, type KubeApi } from '../kube';
import { CrReconciler, type ReconcilerMode } from './cr-reconciler';
import { RECONCILER_FACTORY } from './reconciler.tokens';
import { type Reconciler, type ReconcilerPorts } from './reconciler.types';

/** What differs from lane to lane; the rest of the ports is the process's own. */
export type LanePortsOfReconciler = Omit<ReconcilerPorts, 'api' | 'events' | 'clock' | 'random'>;

/** Makes the reconciler of one CRD. */
export type ReconcilerFactory = (crd: CompiledCrd, ports: LanePortsOfReconciler, mode: ReconcilerMode) => Reconciler;

/** The engine bound to the KubeApi of this process. */
@Module({})
export class ReconcilerModule {
  static forRuntime(): DynamicModule {
    return {
      module: ReconcilerModule,
      providers: [
        {
          provide: RECONCILER_FACTORY,
          inject: [KUBE_API, EVENT_RECORDER],
          useFactory:
            (api: KubeApi, events: EventRecorder): ReconcilerFactory =>
            (crd, ports, mode) =>
              new CrReconciler(
                crd,
                { ...ports, api, events: fenced(events, ports.fence), clock: systemClock, random: systemRandom },
                mode,
              ),
        },
      ],
      exports: [RECONCILER_FACTORY],
    };
  }
}

/** Events are writes like any other: only the holder of the lease sends them. */
function fenced(events: EventRecorder, fence: Fence): EventRecorder {
  return {
    record: (event) => events.record({ ...event, fence }),
    flush: (deadlineMs) => events.flush(deadlineMs),
  };
}
