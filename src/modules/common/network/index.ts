export { type NetworkFailure, networkFailure, type NetworkFailureReason } from './network-failure';
export { retryAfterMs } from './retry-after';
