import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '../../common';
import { type StatusObject } from '../kube-object';

/** metav1.Status of an error answer; an answer that is none (a proxy's page) becomes one. */
export function readStatus(httpStatus: number, body: string): StatusObject {
  const parsed = parseJsonObject(body);
  if (parsed?.['kind'] === 'Status') return statusFrom(parsed, httpStatus);
  const text = body.trim().slice(0, 200);
  return {
    code: httpStatus,
    reason: '',
    message: text.startsWith('<') || text === '' ? `HTTP ${httpStatus}` : text,
    causes: [],
  };
}

export function statusFrom(object: JsonObject, fallbackCode: number): StatusObject {
  const details = isJsonObject(object['details']) ? object['details'] : {};
  const causes = Array.isArray(details['causes']) ? details['causes'].filter(isJsonObject) : [];
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
  const retry = details['retryAfterSeconds'];
  return {
    code: typeof object['code'] === 'number' ? object['code'] : fallbackCode,
    reason: text(object['reason']),
    message: text(object['message']),
    ...(typeof retry === 'number' ? { retryAfterSeconds: retry } : {}),
    causes: causes.map((cause) => ({
      field: text(cause['field']),
      message: text(cause['message']),
      reason: text(cause['reason']),
    })),
  };
}
