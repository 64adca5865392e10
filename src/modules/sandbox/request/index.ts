export type { ApiAnswer, ApiRequest, BodyAnswer, PathHandler, WatchAnswer } from './api.types';
export { type Accepted, negotiate, type ViewKind } from './negotiate';
export { managerOf } from './query-options';
export { headerOf } from './header';
export { pageNotFound, RequestHandler, split } from './request-handler';
export { resourceRequest } from './request-info';
export { bodyAnswer } from './respond';
export { partialMetadata, type TableOptions, type TableRenderer, withoutKind } from './views';
