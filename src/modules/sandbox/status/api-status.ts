// Refusals of the API server as it words them: one constructor for each kind of error of apimachinery's errors package.
import { goQuote, type JsonObject } from '../../common';
import { type FieldCause } from '../../schema';

/** metav1.Status as it is sent. */
export interface ApiStatus extends JsonObject {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: JsonObject;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  /** HTTP status; absent where a success has none. */
  readonly code?: number;
}

export interface StatusDetails extends JsonObject {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause extends JsonObject {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** A request that is refused; `status` is the body of the answer. */
export class ApiStatusError extends Error {
  constructor(readonly status: ApiStatus & { readonly code: number }) {
    super(status.message ?? status.reason ?? `HTTP ${status.code}`);
    this.name = 'ApiStatusError';
  }
}

/** What an error is about: a resource (`deployments`) or a kind (`Deployment`), with its group. */
export interface Subject {
  readonly group: string;
  readonly name: string;
}

/** `deployments.apps`, or `pods` for the core group. */
export function qualified({ group, name }: Subject): string {
  return group === '' ? name : `${name}.${group}`;
}

interface Failure {
  readonly code: number;
  readonly reason?: string;
  readonly message: string;
  readonly details?: StatusDetails;
}

export function failure({ code, reason, message, details }: Failure): ApiStatusError {
  return new ApiStatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  });
}

function detailsOf(subject: Subject, name: string, more: Partial<StatusDetails> = {}): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(subject.group === '' ? {} : { group: subject.group }),
    kind: subject.name,
    ...more,
  };
}

export function notFound(resource: Subject, name: string): ApiStatusError {
  return failure({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(resource)} ${goQuote(name)} not found`,
    details: detailsOf(resource, name),
  });
}

export function alreadyExists(resource: Subject, name: string): ApiStatusError {
  return failure({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(resource)} ${goQuote(name)} already exists`,
    details: detailsOf(resource, name),
  });
}

/** The name is taken by an object that is going. */
export function beingDeleted(resource: Subject, name: string): ApiStatusError {
  const { status } = alreadyExists(resource, name);
  return new ApiStatusError({ ...status, message: `object is being deleted: ${status.message ?? ''}` });
}

/** No free name was found for a generateName. */
export function generatedNameTaken(resource: Subject, name: string): ApiStatusError {
  return failure({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(resource)} ${goQuote(name)} already exists, the server was not able to generate a unique name for the object`,
    details: detailsOf(resource, name, { retryAfterSeconds: 1 }),
  });
}

export function conflict(resource: Subject, name: string, why: string): ApiStatusError {
  return failure({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(resource)} ${goQuote(name)}: ${why}`,
    details: detailsOf(resource, name),
  });
}

/** Another version of the object is stored than the writer knows. */
export function modified(resource: Subject, name: string): ApiStatusError {
  return conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

export function forbidden(
  resource: Subject,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): ApiStatusError {
  const what = name === '' ? qualified(resource) : `${qualified(resource)} ${goQuote(name)}`;
  return failure({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: ${why}`,
    details: detailsOf(resource, name, causes === undefined ? {} : { causes }),
  });
}

/** 422 with one cause for each field. The message joins distinct texts as Go's error aggregate does. */
export function invalid(kind: Subject, name: string, errors: readonly FieldCause[]): ApiStatusError {
  const causes = errors.map(({ reason, message, field }) => ({ reason, message, field }));
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  const [first] = texts;
  const all = texts.length === 1 ? `: ${first ?? ''}` : texts.length === 0 ? '' : `: [${texts.join(', ')}]`;
  return failure({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(kind)} ${goQuote(name)} is invalid${all}`,
    details: {
      ...(name === '' ? {} : { name }),
      ...(kind.group === '' ? {} : { group: kind.group }),
      ...(kind.name === '' ? {} : { kind: kind.name }),
      ...(causes.length === 0 ? {} : { causes }),
    },
  });
}

export function badRequest(message: string): ApiStatusError {
  return failure({ code: 400, reason: 'BadRequest', message });
}

/** An error that the server did not foresee: no reason, no details. */
export function plainError(message: string): ApiStatusError {
  return failure({ code: 500, message });
}

export function internalError(message: string): ApiStatusError {
  return failure({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${message}`,
    details: { causes: [{ message }] },
  });
}

export function expired(message: string): ApiStatusError {
  return failure({ code: 410, reason: 'Expired', message });
}

export function tooLargeVersion(asked: string, current: string): ApiStatusError {
  return failure({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

export function unsupportedMediaType(accepted: readonly string[]): ApiStatusError {
  return failure({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

export function notAcceptable(message: string): ApiStatusError {
  return failure({ code: 406, reason: 'NotAcceptable', message });
}

export function tooLarge(limit: number): ApiStatusError {
  return failure({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: limit is ${limit}`,
  });
}

/** A path of a served group version that has no resource: the router of the real server answers, not a registry. */
export function unknownResource(): ApiStatusError {
  return failure({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function methodNotAllowed(): ApiStatusError {
  return failure({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

/** A custom resource or a registry that lacks a verb. */
export function verbNotSupported(resource: Subject, action: string): ApiStatusError {
  return failure({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `${action} is not supported on resources of kind ${JSON.stringify(qualified(resource))}`,
    details: detailsOf(resource, ''),
  });
}

/** What a delete answers when nothing is left. */
export function deleted(resource: Subject, name: string, uid: string): ApiStatus {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: detailsOf(resource, name, { uid }),
  };
}

/** What a POST to a part of an object answers that gives nothing back. */
export function succeeded(): ApiStatus {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

/** 429, with when to try again (0: the server does not know). */
export function tooManyRequests(
  message: string,
  retryAfterSeconds: number,
  causes: readonly StatusCause[],
): ApiStatusError {
  const details = { ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }), causes };
  return failure({ code: 429, reason: 'TooManyRequests', message, details });
}
