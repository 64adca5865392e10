// volumeClaimTemplates of a StatefulSet: one claim for each pod, and its mount.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { list, object, oneOf, optional, required, text } from '../../schema';
import { type EntryCompiler } from './common-entry';
import { type Part, put, requiredTextPart, textPart, valuePart } from './part';
import { QUANTITY, valueError } from './values';
import { type VolumeName } from './volumes';

const DEFAULT_NAME = 'data';
const DEFAULT_PATH = '/data';

/** How a volume may be mounted, in the words of Kubernetes. */
export const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const;

const claim = object('volume claim template', {
  name: optional(text, `Name of the volume; default ${DEFAULT_NAME}.`),
  storageSize: required(text, 'Size, such as 10Gi.'),
  storageClass: optional(text, 'StorageClass; without it the default one of the cluster.'),
  mountPath: optional(text, `Path in the container; default ${DEFAULT_PATH}.`),
  accessModes: optional(list(oneOf(ACCESS_MODES)), 'Default ReadWriteOnce.'),
});

export const claimTemplatesField = list(claim);

type Claim = NonNullable<ReturnType<typeof claim.decode>>;

export interface CompiledClaims {
  readonly names: readonly VolumeName[];
  readonly mounts: readonly Part[];
  readonly templates: readonly Part<JsonObject>[];
}

export function compileClaims(claims: readonly Claim[] | undefined, compiler: EntryCompiler): CompiledClaims {
  const compiled = (claims ?? []).map((declared) => compileClaim(declared, compiler));
  return {
    names: compiled.map(({ volume }) => volume),
    mounts: compiled.map(({ mount }) => mount),
    templates: compiled.map(({ template }) => template),
  };
}

function compileClaim(
  declared: Claim,
  compiler: EntryCompiler,
): { readonly volume: VolumeName; readonly mount: Part; readonly template: Part<JsonObject> } {
  const declaredName =
    declared.name === undefined ? undefined : requiredTextPart(declared.name, compiler, 'the name of the claim');
  const name: Part<string> = declaredName ?? (() => DEFAULT_NAME);
  const size = valuePart(declared.storageSize, compiler, QUANTITY);
  const storageClass = textPart(declared.storageClass, compiler);
  const path = textPart(declared.mountPath, compiler);
  if (declared.storageSize?.text === '') compiler.report(declared.storageSize.node, 'storageSize is empty');
  return {
    volume: declared.name ?? { text: DEFAULT_NAME, node: declared.node },
    mount: (scope) => ({ name: name(scope) ?? '', mountPath: path?.(scope) ?? DEFAULT_PATH }),
    template(scope) {
      const storage = size?.(scope);
      if (storage === undefined) throw valueError('storageSize is empty', declared.storageSize ?? declared);
      const spec: MutableJsonObject = {
        accessModes: [...(declared.accessModes ?? ['ReadWriteOnce'])],
        resources: { requests: { storage } },
      };
      put(spec, 'storageClassName', storageClass?.(scope));
      return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: name(scope) ?? '' }, spec };
    },
  };
}
