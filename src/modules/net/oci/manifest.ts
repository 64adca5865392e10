// Manifests and indexes (OCI image specification 1.1; Docker's schema 2 says the same under other names). A package of
// files has one layer for each file, with its name in an annotation, as ORAS and Helm-like tools write them.
import { isJsonObject, type JsonValue, parseJsonObject } from '../../common';
import { digestProblem } from './digest';
import { OciError } from './oci.errors';

/** Content that a manifest names. */
export interface OciDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** `linux/amd64`, for the manifests of an index. */
  readonly platform: string | undefined;
}

export interface OciManifest {
  readonly mediaType: string;
  /** What the package is; of older tools it is the media type of the configuration. */
  readonly artifactType: string;
  readonly config: OciDescriptor;
  readonly layers: readonly OciDescriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** One file of a package. */
export interface OciFile extends OciDescriptor {
  /** A path with / below the folder of the package; never leads out of it. */
  readonly name: string;
}

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
export const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';
export const TITLE = 'org.opencontainers.image.title';
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const ACCEPTED_TYPES = [MANIFEST_TYPE, INDEX_TYPE, DOCKER_MANIFEST, DOCKER_LIST];

/** Registries have to take this much (distribution specification, "Pushing manifests"); more is refused. */
export const MAX_MANIFEST_BYTES = 4 * 1_024 * 1_024;
const MAX_FILES = 1_000;
/** Attestations stand beside what they are about. */
const ATTESTATION = 'vnd.docker.reference.type';

/** A manifest, or the manifests of an index. Throws an OciError whose message begins with `what`. */
export function parseManifest(content: Buffer, what: string): OciManifest | readonly OciDescriptor[] {
  const refuse = (why: string): OciError => new OciError('manifest', `${what}: ${why}`);
  const document = parseJsonObject(content.toString('utf8'));
  if (document === undefined) throw refuse('its manifest is no JSON object');
  if (document['schemaVersion'] !== 2) {
    throw refuse(
      `its manifest has the schema version ${JSON.stringify(document['schemaVersion'] ?? null)}; 2 can be read`,
    );
  }
  const mediaType = textOf(document['mediaType']);
  const read = (value: JsonValue | undefined, field: string): OciDescriptor => {
    const descriptor = descriptorOf(value);
    if (typeof descriptor === 'string') throw refuse(`${field} of its manifest ${descriptor}`);
    return descriptor;
  };
  const list = (field: string): readonly OciDescriptor[] => {
    const items = document[field];
    if (!Array.isArray(items)) throw refuse(`its manifest has no list "${field}"`);
    if (items.length > MAX_FILES) {
      throw new OciError('too-large', `${what}: its manifest lists more than ${MAX_FILES} parts`);
    }
    return items.map((item: JsonValue, index) => read(item, `${field}[${index}]`));
  };
  if (mediaType === INDEX_TYPE || mediaType === DOCKER_LIST || 'manifests' in document) return list('manifests');
  if (mediaType !== '' && !ACCEPTED_TYPES.includes(mediaType)) {
    throw refuse(`its manifest is a ${mediaType}, which can't be read`);
  }
  const config = read(document['config'], 'config');
  return {
    mediaType: mediaType || MANIFEST_TYPE,
    artifactType: textOf(document['artifactType']) || config.mediaType,
    config,
    layers: list('layers'),
    annotations: textsOf(document['annotations']),
  };
}

/** The one manifest of an index that can be meant; throws an OciError that lists them when it is not clear. */
export function chooseManifest(manifests: readonly OciDescriptor[], what: string): OciDescriptor {
  const own = manifests.filter(({ annotations }) => !(ATTESTATION in annotations));
  const plain = own.filter(({ platform }) => platform === undefined);
  const [first, ...others] = own.length === 1 ? own : plain;
  if (first !== undefined && others.length === 0) return first;
  const listed = own
    .slice(0, 8)
    .map(({ digest, platform }) => (platform === undefined ? digest : `${digest} (${platform})`));
  const choice = listed.length === 0 ? '' : `; name one by its digest: ${listed.join(', ')}`;
  throw new OciError(
    'manifest',
    `${what}: is an index of ${own.length} manifests, and none is the one of a package${choice}`,
  );
}

/** The files of a package, in its order. Throws an OciError when there are none, or a name can't be one. */
export function filesOf({ layers, artifactType }: OciManifest, what: string): readonly OciFile[] {
  const files = layers
    .filter(({ annotations }) => annotations[TITLE] !== undefined)
    .map((layer) => ({ ...layer, name: layer.annotations[TITLE] ?? '' }));
  if (files.length === 0) {
    throw new OciError(
      'manifest',
      `${what}: has no files; it is a ${artifactType || 'manifest without a type'}, no package`,
    );
  }
  const seen = new Set<string>();
  for (const { name } of files) {
    const problem = seen.has(name.toLowerCase()) ? 'is there twice' : nameProblem(name);
    if (problem !== undefined) {
      throw new OciError('manifest', `${what}: the file name ${JSON.stringify(name.slice(0, 200))} ${problem}`);
    }
    seen.add(name.toLowerCase());
  }
  return files;
}

/** Why a file of a package can't have this name: it must be a path below a folder on every system. */
export function nameProblem(name: string): string | undefined {
  if (name === '' || name.length > 512 || /[\\:\u0000-\u001f\u007f]/.test(name)) return "can't be that of a file";
  const isInside = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return isInside ? undefined : 'leads out of the package';
}

function descriptorOf(value: JsonValue | undefined): OciDescriptor | string {
  if (!isJsonObject(value)) return 'is no descriptor';
  const { mediaType, digest, size, annotations, platform } = value;
  if (typeof digest !== 'string') return 'has no digest';
  const problem = digestProblem(digest);
  if (problem !== undefined) return `has a digest that can't be used: ${problem}`;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return 'has no size';
  const on = isJsonObject(platform) ? `${textOf(platform['os'])}/${textOf(platform['architecture'])}` : undefined;
  return { mediaType: textOf(mediaType), digest, size, annotations: textsOf(annotations), platform: on };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
