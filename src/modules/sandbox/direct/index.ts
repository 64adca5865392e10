export { DirectKubeApi } from './direct-kube-api';
