// The body of a PUT of a scale subresource.
import { type MutableJsonObject } from '../../common';
import { ApiStatusError, badRequest } from '../status';
import { decodeScale, type ObjectTarget, SCALE_KIND, type WriteOptions } from '../verbs';
import { decodeObjectBody } from './decode-body';

/** The server that has the custom kinds does not find the type when it words what is wrong with a Scale. */
const UNTOLD = 'no kind is registered for the type v1.Scale in scheme "pkg/runtime/scheme.go:111"';

/** @throws ApiStatusError 400, 415 */
export function decodeScaleBody(
  target: ObjectTarget,
  body: Buffer,
  contentType: string,
  options: WriteOptions,
): MutableJsonObject {
  try {
    const { object, sent } = decodeObjectBody(body, contentType, SCALE_KIND);
    return decodeScale(target, object, options, sent);
  } catch (error) {
    const isUntold = target.definition.isCustom && error instanceof ApiStatusError && error.status.code === 400;
    throw isUntold ? badRequest(UNTOLD) : error;
  }
}
