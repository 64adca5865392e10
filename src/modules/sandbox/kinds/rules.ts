// Small rules that many kinds share, with the words of the real server.
import {
  isJsonObject,
  isNumber,
  jsonEquals,
  type JsonObject,
  type JsonValue,
  parseQuantity,
  scalarText,
} from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { labelProblems, labelValueProblems, qualifiedNameProblems } from '../selectors';
import { items, numberAt, part, parts, textAt } from './draft';

export const IMMUTABLE = 'field is immutable';

export function nonNegative(parent: JsonObject | undefined, member: string, path: string): readonly FieldCause[] {
  const value = numberAt(parent, member);
  if (value === undefined || value >= 0) return [];
  return [invalidCause(`${path}.${member}`, value, 'must be greater than or equal to 0')];
}

export function portNumber(value: JsonValue | undefined, field: string): readonly FieldCause[] {
  if (typeof value === 'number' && value >= 1 && value <= 65_535) return [];
  return [invalidCause(field, value ?? 0, 'must be between 1 and 65535, inclusive')];
}

export function immutable(
  value: JsonValue | undefined,
  old: JsonValue | undefined,
  field: string,
): readonly FieldCause[] {
  return jsonEquals(value, old) ? [] : [invalidCause(field, value, IMMUTABLE)];
}

export function oneOf(value: string, allowed: readonly string[], field: string): readonly FieldCause[] {
  return allowed.includes(value) ? [] : [notSupportedCause(field, value, allowed)];
}

/** A name that must be a DNS label. */
export function labelName(value: string, field: string): readonly FieldCause[] {
  return labelProblems(value).map((text) => invalidCause(field, value, text));
}

export function labelsAt(parent: JsonObject | undefined, member: string, field: string): readonly FieldCause[] {
  return Object.entries(part(parent, member) ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameProblems(key).map((text) => invalidCause(field, key, text)),
    ...(typeof value === 'string' ? labelValueProblems(value).map((text) => invalidCause(field, value, text)) : []),
  ]);
}

/** Port names: at most 15 of [a-z0-9-], one letter, no hyphen at an end or twice. */
export function portNameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (name.length > 15) problems.push('must be no more than 15 bytes');
  if (!/^[-a-z0-9]+$/.test(name)) {
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(name)) problems.push('must not begin or end with a hyphen');
  return problems;
}

/** A number of a port or the name of one. */
export function portReference(value: JsonValue | undefined, field: string): readonly FieldCause[] {
  if (typeof value !== 'string') return portNumber(value, field);
  return portNameProblems(value).map((text) => invalidCause(field, value, text));
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** metav1.LabelSelector. */
export function labelSelector(selector: JsonObject | undefined, path: string): readonly FieldCause[] {
  const problems = [...labelsAt(selector, 'matchLabels', `${path}.matchLabels`)];
  parts(selector, 'matchExpressions').forEach((expression, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    const operator = textAt(expression, 'operator');
    const values = items(expression, 'values');
    if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
      problems.push(requiredCause(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) {
      problems.push(
        forbiddenCause(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
    } else if (!OPERATORS.includes(operator)) {
      problems.push(invalidCause(`${at}.operator`, operator, 'not a valid selector operator'));
    }
    const key = textAt(expression, 'key');
    problems.push(...qualifiedNameProblems(key).map((text) => invalidCause(`${at}.key`, key, text)));
  });
  return problems;
}

/** Whether labels fit a LabelSelector; an empty selector fits everything. */
export function isSelected(selector: JsonObject | undefined, labels: JsonObject | undefined): boolean {
  const has = (key: string): boolean => labels !== undefined && Object.hasOwn(labels, key);
  for (const [key, value] of Object.entries(part(selector, 'matchLabels') ?? {})) {
    if (!has(key) || labels?.[key] !== value) return false;
  }
  return parts(selector, 'matchExpressions').every((expression) => {
    const key = textAt(expression, 'key');
    const isIn = has(key) && items(expression, 'values').includes(labels?.[key] ?? null);
    switch (textAt(expression, 'operator')) {
      case 'In':
        return isIn;
      case 'NotIn':
        return !isIn;
      case 'Exists':
        return has(key);
      default:
        return !has(key);
    }
  });
}

/** Whether no selector can be made of it: a requirement is broken. */
export function isUnreadable(selector: JsonObject): boolean {
  return labelSelector(selector, '').length > 0;
}

export function isEmptySelector(selector: JsonObject): boolean {
  return (
    Object.keys(part(selector, 'matchLabels') ?? {}).length === 0 && items(selector, 'matchExpressions').length === 0
  );
}

/** An amount or a percentage, as a number of either; NaN for other texts. */
export function intOrPercent(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[0-9]+%$/.test(value) ? Number.parseInt(value, 10) : Number.NaN;
}

export function positiveIntOrPercent(value: JsonValue | undefined, field: string): readonly FieldCause[] {
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    const detail =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    return [invalidCause(field, value, detail)];
  }
  return typeof value === 'number' && value < 0
    ? [invalidCause(field, value, 'must be greater than or equal to 0')]
    : [];
}

export function atMostHundredPercent(value: JsonValue | undefined, field: string): readonly FieldCause[] {
  const isTooMuch = typeof value === 'string' && intOrPercent(value) > 100;
  return isTooMuch ? [invalidCause(field, value, 'must not be greater than 100%')] : [];
}

/** Amounts in a map of resources are not negative, requests not above limits. */
export function resourceAmounts(resources: JsonObject | undefined, path: string): readonly FieldCause[] {
  const limits = part(resources, 'limits') ?? {};
  const problems: FieldCause[] = [];
  const negative = (map: JsonObject, member: string): void => {
    for (const [name, amount] of Object.entries(map)) {
      if ((nanoOf(amount) ?? 0n) < 0n) {
        problems.push(invalidCause(`${path}.${member}[${name}]`, amount, 'must be greater than or equal to 0'));
      }
    }
  };
  negative(limits, 'limits');
  const requests = part(resources, 'requests') ?? {};
  for (const [name, amount] of Object.entries(requests)) {
    const limit = nanoOf(limits[name]);
    const wanted = nanoOf(amount);
    if (limit !== undefined && wanted !== undefined && wanted > limit) {
      const shown = scalarText(limits[name]);
      problems.push(
        invalidCause(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${shown}`),
      );
    }
  }
  negative(requests, 'requests');
  return problems;
}

export function nanoOf(amount: JsonValue | undefined): bigint | undefined {
  return typeof amount === 'string' || isNumber(amount) ? parseQuantity(String(amount)) : undefined;
}

export function labelsOf(object: JsonObject | undefined): JsonObject | undefined {
  const metadata = object?.['metadata'];
  return isJsonObject(metadata) ? part(metadata, 'labels') : undefined;
}
