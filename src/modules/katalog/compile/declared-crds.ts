// Who the CRDs of a Katalog are, before any entry is compiled: an entry of one may make objects of another.
import {
  groupKind,
  type Gvk,
  gvkString,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type ProblemList,
  valueAt,
} from '../../common';
import { type ResourceType } from '../../kube';
import { type KnownKind } from '../../resources';
import { compileStructuralSchema } from '../../schema';
import { type CrdEntry } from '../model/crd.fields';
import { type SourceTexts } from '../source/source-texts';
import { type CrdManifest, readCrdFile } from './crd-file';
import { isPluralGuessed, resourceOf } from './crd-identity';

export interface DeclaredCrd {
  readonly manifest: CrdManifest | undefined;
  /** Undefined after a problem. */
  readonly resource: ResourceType | undefined;
  readonly isPluralGuessed: boolean;
  /** The manifest can't be had: nothing is known of the CRD. */
  readonly isLost: boolean;
}

/** What is wrong with the identity of a CRD goes to the problems. */
export function declareCrd(entry: CrdEntry, texts: SourceTexts, problems: ProblemList): DeclaredCrd {
  const manifest = entry.crdFile === undefined ? undefined : readCrdFile(entry, texts, problems);
  const isLost = entry.crdFile !== undefined && manifest === undefined;
  return {
    manifest,
    resource: isLost ? undefined : resourceOf(entry, manifest, problems),
    isPluralGuessed: isPluralGuessed(entry, manifest),
    isLost,
  };
}

/** What these CRDs tell of a kind; undefined for one that is none of them. */
export function kindsOf(crds: readonly DeclaredCrd[]): (kind: Gvk) => KnownKind | undefined {
  // The first of a kind counts.
  const byKind = new Map(
    [...crds].reverse().flatMap((crd) => (crd.resource === undefined ? [] : [[groupKind(crd.resource), crd] as const])),
  );
  const known = new Map<string, KnownKind | undefined>();
  return (kind) => {
    const id = gvkString(kind);
    if (!known.has(id)) known.set(id, knownKind(kind, byKind.get(groupKind(kind))));
    return known.get(id);
  };
}

function knownKind({ version }: Gvk, crd: DeclaredCrd | undefined): KnownKind | undefined {
  if (crd?.resource === undefined) return undefined;
  const schema = crd.manifest === undefined ? undefined : schemaOf(crd.manifest, version);
  return {
    // A plural is that of all versions.
    resource: crd.isPluralGuessed ? undefined : { ...crd.resource, version },
    schema: schema === undefined ? undefined : compileStructuralSchema(schema),
  };
}

function schemaOf({ object }: CrdManifest, version: string): JsonObject | undefined {
  const versions = valueAt(object, ['spec', 'versions']);
  const found = isJsonArray(versions)
    ? versions.filter(isJsonObject).find((one) => one['name'] === version)
    : undefined;
  const schema = valueAt(found, ['schema', 'openAPIV3Schema']);
  return isJsonObject(schema) ? schema : undefined;
}
