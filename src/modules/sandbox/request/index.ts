export type { ApiAnswer, ApiRequest, BodyAnswer, PathHandler, WatchAnswer } from './api.types';
export { negotiate } from './negotiate';
export { headerOf } from './header';
export { RequestHandler, split } from './request-handler';
export { resourceRequest } from './request-info';
export { bodyAnswer } from './respond';
export { partialMetadata, type TableOptions, type TableRenderer, withoutKind } from './views';
