// operatorBox.status: docs/reference/katalog.md, status.
import { conditionList } from '../../expression';
import { bool, list, literal, object, oneOf, oneOfIgnoringCase, optional, required, text } from '../../schema';
import { include } from './include';

const TYPES = ['', 'string', 'str', 'default', 'int', 'integer', 'float', 'bool', 'boolean', 'auto'] as const;

export const statusField = object('status', {
  conditions: optional(
    oneOf(['true', 'false', 'classic']),
    'true: Ready means that the children are there too; classic: the pass succeeded; false: no conditions.',
  ),
  fields: optional(
    list(
      object('status field', {
        path: required(literal, 'Dotted path in status.'),
        value: required(text, 'Literal or template.'),
        type: optional(oneOfIgnoringCase(TYPES), 'How the text becomes a value; default string.'),
        when: optional(conditionList, 'All must pass, else the field stays.'),
        or: optional(conditionList, 'At least one must pass.'),
        clearOnFalse: optional(bool, 'Write "" when the conditions do not pass.'),
      }),
    ),
    'Fields of the status, in order.',
  ),
  include: include('fields'),
});
