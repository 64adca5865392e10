export { HttpKubeApi, watchError } from './http-kube-api';
export { HttpTransport, type RequestObserver, type RequestRecord } from './http-transport';
export { describeRef } from './resource-path';
