// What KubeModule provides, by the token to inject it with.

/** A `ClusterConfig`: the server and the login. Holds secrets: never logged. */
export const CLUSTER_CONFIG = Symbol('ClusterConfig');

/** The `HttpTransport` under `KUBE_API`: only for who closes it. */
export const KUBE_TRANSPORT = Symbol('HttpTransport');

/** The `KubeApi`: the port that everything else asks the cluster through. */
export const KUBE_API = Symbol('KubeApi');

/** The `EventRecorder` of this process (engine contract §2.8, §2.9). */
export const EVENT_RECORDER = Symbol('EventRecorder');

/** A `LeaderElectorFactory`: a function from the name of a Katalog to its `LeaderElector` (engine contract §5). */
export const LEADER_ELECTOR_FACTORY = Symbol('LeaderElectorFactory');
