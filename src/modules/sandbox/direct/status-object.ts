import { type StatusObject } from '../../kube';
import { type ApiStatus } from '../status';

/** A Status as the port tells it: what the HTTP side makes of the same answer. */
export function statusObject(status: ApiStatus): StatusObject {
  const { details } = status;
  const retry = details?.retryAfterSeconds;
  return {
    code: status.code ?? 500,
    reason: status.reason ?? '',
    message: status.message ?? '',
    ...(retry === undefined ? {} : { retryAfterSeconds: retry }),
    causes: (details?.causes ?? []).map((cause) => ({
      field: cause.field ?? '',
      message: cause.message ?? '',
      reason: cause.reason ?? '',
    })),
  };
}
