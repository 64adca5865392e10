/**
 * L2: everything between us and an API server: configuration, transport, discovery, informers, work queues, Events,
 * leases. `KubeApi` is the port that the rest of the code sees.
 */
export * from './port';
export type { IndexFunction, Informer, InformerEvent, InformerScope, ReadStore } from './informer/informer.types';
export type { Priority, WorkQueue } from './queue/work-queue.types';
export type { EventRecorder, KubeEvent } from './event/event-recorder.types';
export type { LeaderElectionCallbacks, LeaderElector, LeaseHolder } from './lease/leader-election.types';
export { type ClusterConfig, type ClusterSelection, resolveCluster } from './config';
export { Discovery } from './discovery';
export { EventSender } from './event/event-sender';
export { InformerFactory } from './informer/informer-factory';
export { JitteredBackoff } from './informer/jittered-backoff';
export { type InformerPorts, SharedInformer } from './informer/shared-informer';
export { KubeModule } from './kube.module';
export { CLUSTER_CONFIG, EVENT_RECORDER, KUBE_API, KUBE_TRANSPORT, LEADER_ELECTOR_FACTORY } from './kube.tokens';
export type { LeaderElectorFactory } from './kube.module';
export { WorkerLeaderElector } from './lease/worker-leader-elector';
export { type BackoffOptions, RateLimitedWorkQueue } from './queue/rate-limited-work-queue';
export { HttpKubeApi, HttpTransport, type RequestObserver, type RequestRecord } from './transport';
