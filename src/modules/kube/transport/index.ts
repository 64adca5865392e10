export { HttpKubeApi, watchError } from './http-kube-api';
export { HttpTransport, type RequestObserver, type RequestRecord, type TransportOptions } from './http-transport';
export { describeRef } from './resource-path';
