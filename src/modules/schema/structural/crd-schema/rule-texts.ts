// What the rules of a node (x-kubernetes-validations) must say, before anybody compiles them.
import { type JsonObject } from '../../../common';
import { invalidCause, notSupportedCause, requiredCause } from '../../causes';
import { type FieldCause } from '../../types/type-schema';
import { own } from '../own-keys';
import { resolveFieldPath } from './field-path';
import { nodesAt, textAt } from './nodes';

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
const LINE_BREAK = /[\n\r]/;

export function ruleTextCauses(node: JsonObject, path: string): readonly FieldCause[] {
  return nodesAt(node, 'x-kubernetes-validations').flatMap((rule, index) =>
    textCauses(rule, node, `${path}.x-kubernetes-validations[${index}]`),
  );
}

function textCauses(rule: JsonObject, node: JsonObject, path: string): readonly FieldCause[] {
  const expression = textAt(rule, 'messageExpression');
  const fieldPath = textAt(rule, 'fieldPath');
  const reason = own(rule, 'reason');
  const found = [...messageCauses(rule, path)];
  if (expression !== '' && expression.trim() === '') {
    found.push(requiredCause(`${path}.messageExpression`, 'messageExpression must be non-empty if specified'));
  }
  if (typeof reason === 'string' && !REASONS.includes(reason)) {
    found.push(notSupportedCause(`${path}.reason`, reason, REASONS));
  }
  if (fieldPath !== '' && fieldPath.trim() === '') {
    found.push(invalidCause(`${path}.fieldPath`, fieldPath, 'must be non-empty if specified'));
  }
  if (LINE_BREAK.test(fieldPath)) {
    found.push(invalidCause(`${path}.fieldPath`, fieldPath, 'must not contain line breaks'));
  }
  if (fieldPath !== '' && resolveFieldPath(fieldPath, node) === undefined) {
    found.push(invalidCause(`${path}.fieldPath`, fieldPath, 'must be a valid path'));
  }
  return found;
}

function messageCauses(rule: JsonObject, path: string): readonly FieldCause[] {
  const message = textAt(rule, 'message');
  const text = textAt(rule, 'rule').trim();
  if (text === '') return [requiredCause(`${path}.rule`, 'rule is not specified')];
  if (message !== '' && message.trim() === '') {
    return [invalidCause(`${path}.message`, message, 'must be non-empty if specified')];
  }
  if (LINE_BREAK.test(message.trim())) {
    return [invalidCause(`${path}.message`, message, 'must not contain line breaks')];
  }
  if (!LINE_BREAK.test(text) || message.trim() !== '') return [];
  return [requiredCause(`${path}.message`, 'message must be specified if rule contains line breaks')];
}
