// The server checks a definition in its internal form: what is the same in all versions stands once at the top, and there
// the causes point (`spec.validation`, `spec.subresources`, ...). Texts about whole versions show Go structs.
import { isJsonArray, jsonEquals, type JsonObject, type JsonValue } from '../../../common';
import {
  GO_SCHEMA,
  goBool,
  goInt,
  type GoMembers,
  goPointer,
  goSlice,
  goString,
  goStruct,
  type GoType,
} from '../../../schema';
import { part, parts, textAt } from '../../kinds';

const SHARED = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;
type Shared = (typeof SHARED)[number];

/** What one version, or all of them, say beside name and flags. */
export interface VersionParts {
  readonly schema: JsonObject | undefined;
  readonly subresources: JsonObject | undefined;
  readonly additionalPrinterColumns: readonly JsonObject[];
  readonly selectableFields: readonly JsonObject[];
}

export interface InternalSpec {
  readonly shared: VersionParts;
  /** Name of the first version; '' when there is none. */
  readonly version: string;
  /** Without what is shared. */
  readonly versions: readonly JsonObject[];
  /** As messages show them. */
  readonly shownVersions: string;
}

export function internalSpec(spec: JsonObject): InternalSpec {
  const all = parts(spec, 'versions');
  const [first] = all;
  const isShared = (member: Shared): boolean => all.every((version) => isSame(version[member], first?.[member]));
  const shared = new Set<string>(SHARED.filter(isShared));
  const pick = (wanted: boolean, version: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(version).filter(([member]) => shared.has(member) === wanted));
  const versions = all.map((version) => pick(false, version));
  return {
    shared: versionParts(pick(true, first ?? {})),
    version: textAt(first, 'name'),
    versions,
    shownVersions: GO_VERSIONS(isJsonArray(spec['versions']) ? versions : null),
  };
}

export function versionParts(version: JsonObject): VersionParts {
  return {
    schema: part(version, 'schema'),
    subresources: part(version, 'subresources'),
    additionalPrinterColumns: parts(version, 'additionalPrinterColumns'),
    selectableFields: parts(version, 'selectableFields'),
  };
}

export function openApiSchema(schema: JsonObject | undefined): JsonObject | undefined {
  return part(schema, 'openAPIV3Schema');
}

/** An empty list is none. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const plain = (value: JsonValue | undefined): JsonValue =>
    value === undefined || (isJsonArray(value) && value.length === 0) ? null : value;
  return jsonEquals(plain(a), plain(b));
}

const structOf = (...members: GoMembers): GoType => goStruct(() => members);
const pointer = (...members: GoMembers): GoType => goPointer(structOf(...members));
const text = goPointer(goString);

const GO_VERSIONS = goSlice(
  structOf(
    ['Name', 'name', goString],
    ['Served', 'served', goBool],
    ['Storage', 'storage', goBool],
    ['Deprecated', 'deprecated', goBool],
    ['DeprecationWarning', 'deprecationWarning', text],
    ['Schema', 'schema', pointer(['OpenAPIV3Schema', 'openAPIV3Schema', goPointer(GO_SCHEMA)])],
    [
      'Subresources',
      'subresources',
      pointer(
        ['Status', 'status', pointer()],
        [
          'Scale',
          'scale',
          pointer(
            ['SpecReplicasPath', 'specReplicasPath', goString],
            ['StatusReplicasPath', 'statusReplicasPath', goString],
            ['LabelSelectorPath', 'labelSelectorPath', text],
          ),
        ],
      ),
    ],
    [
      'AdditionalPrinterColumns',
      'additionalPrinterColumns',
      goSlice(
        structOf(
          ['Name', 'name', goString],
          ['Type', 'type', goString],
          ['Format', 'format', goString],
          ['Description', 'description', goString],
          ['Priority', 'priority', goInt],
          ['JSONPath', 'jsonPath', goString],
        ),
      ),
    ],
    ['SelectableFields', 'selectableFields', goSlice(structOf(['JSONPath', 'jsonPath', goString]))],
  ),
);
