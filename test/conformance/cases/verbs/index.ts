// Topic 2: the verbs, on objects of kinds that nobody else writes to.
import { topic } from '../../harness/conformance-case';
import { BAD_INPUT } from './bad-input';
import { CREATE } from './create';
import { DELETE } from './delete';
import { FIELD_VALIDATION } from './field-validation';
import { LIST, LIST_ALONE } from './list';
import { PROTOBUF } from './protobuf';
import { TABLES } from './tables';
import { UPDATE } from './update';
import { YAML } from './yaml';

export const VERBS = topic(
  'verbs',
  [CREATE, LIST, UPDATE, DELETE, FIELD_VALIDATION, TABLES, YAML, BAD_INPUT, PROTOBUF],
  {
    alone: LIST_ALONE,
  },
);
