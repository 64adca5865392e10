import { unsupportedMediaType } from '../status';
import { type ObjectTarget, type SandboxCore, type Written } from '../verbs';
import { type ApiRequest } from './api.types';

/** PATCH in all its forms. */
export async function patchRequest(
  _core: SandboxCore,
  _target: ObjectTarget,
  _request: ApiRequest,
  _query: URLSearchParams,
  _warn: (text: string) => void,
): Promise<Written> {
  throw unsupportedMediaType([]);
}
