// operatorBox.status to CompiledStatus.
import { type ProblemList, type SourceText } from '../../common';
import { compileConditions, compileText, type CompileOptions, type ResultForm } from '../../expression';
import { type CrdEntry } from '../model/crd.fields';
import { CODE } from '../validate/codes';
import { checkOwnStatus, checkStatusField } from '../validate/status-rules';
import { type CompiledStatus, type CompiledStatusField, type StatusFieldType } from './compiled-katalog';
import { type CrdManifest } from './crd-file';

type StatusBlock = NonNullable<NonNullable<CrdEntry['operatorBox']>['status']>;
type FieldSource = NonNullable<StatusBlock['fields']>[number];

const TYPES: Readonly<Record<NonNullable<FieldSource['type']>, StatusFieldType>> = {
  '': 'string',
  string: 'string',
  str: 'string',
  default: 'string',
  int: 'int',
  integer: 'int',
  float: 'float',
  bool: 'bool',
  boolean: 'bool',
  auto: 'auto',
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const TRUTH = /^(true|yes|1|false|no|0)$/i;

function form(words: string, texts: RegExp, kinds: ResultForm['kinds'], characters?: RegExp): ResultForm {
  return {
    words,
    kinds,
    problem: (text) => (texts.test(text) ? undefined : `expected ${words}, found "${text}"`),
    ...(characters === undefined ? {} : { characters }),
  };
}

const NUMBER_KINDS: ResultForm['kinds'] = ['int', 'float', 'string'];

/** What the text of a field is read as on every pass; any text is one of type string. */
const FORMS: Readonly<Record<StatusFieldType, ResultForm | undefined>> = {
  string: undefined,
  auto: undefined,
  int: form('a number for type int', NUMBER, NUMBER_KINDS, /[0-9.eE+-]/),
  float: form('a number for type float', NUMBER, NUMBER_KINDS, /[0-9.eE+-]/),
  bool: form('true or false for type bool', TRUTH, ['bool', 'int', 'string']),
};

export function compileStatus(
  entry: CrdEntry,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
  options: CompileOptions,
): CompiledStatus {
  const block = entry.operatorBox?.status;
  const conditions = block?.conditions === 'false' ? 'off' : block?.conditions === 'classic' ? 'classic' : 'kstatus';
  const isWritten = entry.ignoreStatusPatch !== true;
  const status: CompiledStatus = {
    conditions,
    isWritten,
    writesObservedGeneration: entry.ignoreObservedGeneration !== true,
    fields: (block?.fields ?? []).flatMap((source) => compileField(source, manifest, problems, options)),
    schema: manifest?.statusSchema,
  };
  if (isWritten && manifest !== undefined) checkOwnStatus(status, manifest, entry.crdFile ?? entry, problems);
  if (!isWritten && block?.fields !== undefined) {
    const { position, path } = block.node;
    const message = 'status.fields are never written, because of ignoreStatusPatch: true';
    problems.add({ severity: 'warning', code: CODE.statusIdle, message, position, path });
  }
  return status;
}

function compileField(
  source: FieldSource,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
  options: CompileOptions,
): readonly CompiledStatusField[] {
  const type = TYPES[source.type ?? 'string'];
  const value = source.value === undefined ? undefined : compileText(source.value, problems, options, FORMS[type]);
  const conditions = compileConditions({ when: source.when, or: source.or }, problems, options);
  const path = source.path === undefined ? undefined : pathOf(source.path, problems);
  if (path === undefined || value === undefined || source.path === undefined) return [];
  const field: CompiledStatusField = {
    path,
    value,
    type,
    conditions,
    clearOnFalse: source.clearOnFalse === true,
    position: source.node.position,
    purity: value.purity,
  };
  checkStatusField(field, manifest?.statusSchema, source.path.node, problems);
  return [field];
}

/** Steps of map keys; undefined after a problem. */
function pathOf({ text, node }: SourceText, problems: ProblemList): readonly string[] | undefined {
  const path = text.split('.');
  const isOurs = path[0] === 'conditions' || path[0] === 'observedGeneration';
  if (!isOurs && path.every((step) => /^[A-Za-z_$][-\w$]*$/.test(step) && step !== '__proto__')) return path;
  const message = isOurs
    ? `status.${path[0]} is written by Orkestra itself`
    : `expected a path such as phase or web.url, found "${text}"`;
  problems.add({ severity: 'error', code: CODE.statusPath, message, position: node.position, path: node.path });
  return undefined;
}
