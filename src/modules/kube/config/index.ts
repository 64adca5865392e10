export type { ClusterConfig, ClusterSelection } from './cluster-config';
export { resolveCluster } from './resolve-cluster';
