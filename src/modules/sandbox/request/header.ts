import { type ApiRequest } from './api.types';

/** A header as one text; '' when it is not there. Names are lower case. */
export function headerOf(request: Pick<ApiRequest, 'headers'>, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}
