export const CLUSTER_CONFIG = Symbol('ClusterConfig');
export const KUBE_TRANSPORT = Symbol('HttpTransport');
export const KUBE_API = Symbol('KubeApi');
export const EVENT_RECORDER = Symbol('EventRecorder');
export const LEADER_ELECTOR_FACTORY = Symbol('LeaderElectorFactory');
