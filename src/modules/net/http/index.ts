export { AddressGuard } from './address-guard';
export { sizeInWords } from './body';
export { isNoTls } from './failure-words';
export { HttpClient } from './http-client';
export { HttpError, type HttpErrorInit, type HttpFailureReason } from './http.errors';
export {
  type HttpAnswer,
  type HttpClientOptions,
  type HttpHead,
  type HttpHeaders,
  type HttpMethod,
  type HttpRequest,
  type ReadAnswer,
} from './http.types';
export { isLoopbackHost, type ProxySettings } from './proxy';
export { outboundClient } from './outbound-client';
export { assertSuccess } from './success';
