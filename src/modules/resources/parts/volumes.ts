// volumes and volumeMounts: docs/reference/katalog.md, volume.
import { didYouMean, isDnsLabel, type JsonObject, type MutableJsonObject } from '../../common';
import { bool, list, literal, object, oneOf, optional, required, text } from '../../schema';
import { type EntryCompiler, type Place } from './common-entry';
import { NAME_FORMS } from './name-forms';
import { type Part, put, requiredTextPart, textPart } from './part';

const HOST_PATH_TYPES = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
] as const;

const named = object('volume source', { name: required(text, 'Name of the object.') });
const emptyDir = object('emptyDir', {});
const claim = object('persistentVolumeClaim', {
  claimName: required(text, 'Name of the claim.'),
  readOnly: optional(bool, 'Mount read-only.'),
});
const hostPath = object('hostPath', {
  path: required(literal, 'Path on the node.'),
  type: optional(oneOf(HOST_PATH_TYPES), 'As in Kubernetes.'),
});

const volume = object('volume', {
  name: required(text, 'Name that volumeMounts refer to.'),
  configMap: optional(named, 'Keys of a ConfigMap as files.'),
  secret: optional(named, 'Keys of a Secret as files.'),
  emptyDir: optional(emptyDir, 'Empty folder that lives as long as the pod.'),
  persistentVolumeClaim: optional(claim, 'A claim.'),
  hostPath: optional(hostPath, 'A folder of the node.'),
});

const mount = object('volume mount', {
  name: required(text, 'Name of the volume.'),
  mountPath: required(text, 'Path in the container.'),
  subPath: optional(text, 'Path in the volume.'),
  readOnly: optional(bool, 'Mount read-only.'),
});

export const volumesField = list(volume);
export const volumeMountsField = list(mount);

type Volume = NonNullable<ReturnType<typeof volume.decode>>;
type Mount = NonNullable<ReturnType<typeof mount.decode>>;

export function compileVolumes(volumes: readonly Volume[] | undefined, compiler: EntryCompiler): readonly Part[] {
  return (volumes ?? []).map((declared) => compileVolume(declared, compiler));
}

function compileVolume(declared: Volume, compiler: EntryCompiler): Part {
  const sources = (['configMap', 'secret', 'emptyDir', 'persistentVolumeClaim', 'hostPath'] as const).filter((key) =>
    declared.node.entries.has(key),
  );
  if (sources.length !== 1) {
    const message = `a volume takes exactly one of configMap, secret, emptyDir, persistentVolumeClaim, hostPath; found ${sources.join(', ') || 'none'}`;
    compiler.report(declared.node, message);
  }
  const name =
    declared.name === undefined ? undefined : requiredTextPart(declared.name, compiler, 'the name of the volume');
  const source = compileSource(declared, compiler);
  return (scope) => ({ name: name?.(scope) ?? '', ...source(scope) });
}

function compileSource(declared: Volume, compiler: EntryCompiler): Part<JsonObject> {
  const { configMap, secret, persistentVolumeClaim, hostPath: host } = declared;
  if (configMap?.name !== undefined) {
    const name = requiredTextPart(configMap.name, compiler, 'the name of the ConfigMap', NAME_FORMS.subdomain);
    return (scope) => ({ configMap: { name: name(scope) ?? '' } });
  }
  if (secret?.name !== undefined) {
    const name = requiredTextPart(secret.name, compiler, 'the name of the Secret', NAME_FORMS.subdomain);
    return (scope) => ({ secret: { secretName: name(scope) ?? '' } });
  }
  if (persistentVolumeClaim?.claimName !== undefined) {
    const name = requiredTextPart(
      persistentVolumeClaim.claimName,
      compiler,
      'the name of the claim',
      NAME_FORMS.subdomain,
    );
    const readOnly: JsonObject =
      persistentVolumeClaim.readOnly === undefined ? {} : { readOnly: persistentVolumeClaim.readOnly };
    return (scope) => ({ persistentVolumeClaim: { claimName: name(scope) ?? '', ...readOnly } });
  }
  if (host?.path !== undefined) {
    const fixed = { hostPath: { path: host.path.text, ...(host.type === undefined ? {} : { type: host.type }) } };
    return () => fixed;
  }
  return () => ({ emptyDir: {} });
}

/** The name of a volume, and where it is said. */
export interface VolumeName {
  readonly text: string;
  readonly node: Place;
}

/**
 * Names that are no templates: volumes differ, mounts refer to a volume, and no path is mounted twice. `claims`: names of
 * volumes that stand elsewhere.
 */
export function checkMountedVolumes(
  {
    volumes,
    volumeMounts: mounts,
  }: { readonly volumes: readonly Volume[] | undefined; readonly volumeMounts: readonly Mount[] | undefined },
  claims: readonly VolumeName[],
  compiler: EntryCompiler,
): void {
  const names = new Set<string>();
  for (const name of [...claims, ...(volumes ?? []).map((declared) => declared.name)]) {
    if (name === undefined) continue;
    if (names.has(name.text)) compiler.report(name.node, `volume "${name.text}" is declared twice`);
    names.add(name.text);
    if (!name.text.includes('{{') && !isDnsLabel(name.text)) {
      compiler.report(name.node, `expected a DNS label as name of the volume, found "${name.text}"`);
    }
  }
  const isClosed = [...names].every((name) => !name.includes('{{'));
  const paths = new Set<string>();
  for (const { name, mountPath } of mounts ?? []) {
    if (name !== undefined && isClosed && !name.text.includes('{{') && !names.has(name.text)) {
      const hint = didYouMean(name.text, names);
      compiler.report(name.node, `there is no volume "${name.text}"${hint}`);
    }
    if (mountPath === undefined) continue;
    if (paths.has(mountPath.text)) compiler.report(mountPath.node, `"${mountPath.text}" is mounted twice`);
    paths.add(mountPath.text);
  }
}

export function compileMounts(mounts: readonly Mount[] | undefined, compiler: EntryCompiler): readonly Part[] {
  return (mounts ?? []).map((declared) => {
    const name =
      declared.name === undefined ? undefined : requiredTextPart(declared.name, compiler, 'the name of the volume');
    const path =
      declared.mountPath === undefined ? undefined : requiredTextPart(declared.mountPath, compiler, 'mountPath');
    const subPath = textPart(declared.subPath, compiler);
    return (scope) => {
      const built: MutableJsonObject = { name: name?.(scope) ?? '', mountPath: path?.(scope) ?? '' };
      put(built, 'subPath', subPath?.(scope));
      put(built, 'readOnly', declared.readOnly);
      return built;
    };
  });
}
