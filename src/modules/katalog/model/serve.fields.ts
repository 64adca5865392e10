// CRs over the API of the gateway: docs/reference/katalog.md, serve.
import { conditionList } from '../../expression';
import {
  bool,
  dataPath,
  dnsLabel,
  integer,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  required,
  text,
  urlTemplate,
} from '../../schema';
import { include } from './include';

/** Keys of fields and of targets. */
export const fieldName = (key: string): string | undefined =>
  /^[A-Za-z_][-\w]*$/.test(key) ? undefined : `expected a name of letters, digits, "-" and "_", found "${key}"`;

const shown = {
  label: optional(literal, 'Name on the screen.', { default: 'its key' }),
  placeholder: optional(literal, 'Shown while it is empty.'),
  hint: optional(literal, 'What it is for.'),
  order: optional(integer(0), 'Place in the form; 0 = behind those with a number.', { default: '0' }),
  category: optional(literal, 'Section of the form.'),
  required: optional(bool, 'Must be given.', { default: 'false' }),
  disabled: optional(literal, 'Cannot be given; the text says why.'),
  type: optional(oneOf(['string', 'integer', 'number', 'boolean']), 'Type of its value.', {
    default: 'that of the schema',
  }),
  enum: optional(list(literal), 'Its values.', { default: 'those of the schema' }),
  when: optional(conditionList, 'Shown when all pass.'),
  or: optional(conditionList, 'Shown when at least one passes.'),
};

const field = object('serve field', {
  path: optional(dataPath, 'Where it stands in the CR.', { default: 'spec.<key>' }),
  ...shown,
});

const metadataValue = object('serve metadata', {
  default: optional(text, 'When it is not given.'),
  override: optional(text, 'In any case.'),
  ...shown,
});

const operations = list(oneOf(['get', 'list', 'create', 'update', 'delete', '*']));
const permissions = object('token permissions', {
  global: optional(operations, 'For everything.'),
  resources: optional(operations, 'For CRs.'),
  schema: optional(operations, 'For the catalogue.'),
});

const token = object('serve token', {
  namespaces: optional(list(dnsLabel), 'Only in these namespaces.', { default: 'all' }),
  permissions: required(permissions, 'What it may do.'),
});

const response = object('serve response', {
  default: optional(bool, 'The usual fields are there.', { default: 'true' }),
  payload: optional(mapOf(text), 'Further fields: templates over the CR.'),
  exclude: optional(list(dataPath), 'Paths that are left out.'),
  pollUrl: optional(urlTemplate, 'Where the caller asks for the state.'),
});

/** A target also has an operatorBox. */
export const serveTargetProperties = {
  aliases: optional(list(dnsLabel), 'Other names.'),
  fields: optional(mapOf(field, fieldName), 'In place of those of the CRD.'),
} as const;

/** Beside `target`. */
export const serveProperties = {
  enabled: optional(bool, 'CRs can be made through the API.', { default: 'false' }),
  name: optional(text, 'Name of the CR: a template over the request.'),
  namespace: optional(text, 'Namespace of the CR: a template over the request.'),
  requireName: optional(bool, 'The caller names the CR.', { default: 'false' }),
  cluster: optional(text, 'Cluster of gateway.clusters: a name, or a template over the request.'),
  fields: optional(mapOf(field, fieldName), 'What a caller may give.', { default: 'the fields of the schema' }),
  labels: optional(mapOf(metadataValue), 'Labels of the CR.'),
  annotations: optional(mapOf(metadataValue), 'Annotations of the CR.'),
  tokens: optional(mapOf(token), 'Who may do what, by names of gateway.api.auth.tokens.'),
  response: optional(response, 'What the caller is told.'),
  include: include('fields'),
} as const;
