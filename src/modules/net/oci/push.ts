// A package into a registry: its contents where they are missing, then the manifest that names them.
import { digestOf } from './digest';
import { EMPTY_TYPE, MANIFEST_TYPE, MAX_MANIFEST_BYTES, nameProblem, TITLE } from './manifest';
import { OciError } from './oci.errors';
import { type PushRequest } from './oci.types';
import { type Registry } from './registry';

/** The specification's placeholder where a configuration has to be. */
const EMPTY = Buffer.from('{}');
const MAX_ANSWER_BYTES = 1_024 * 1_024;

/** The digest of the manifest. Pushing the same again changes nothing. */
export async function pushPackage(registry: Registry, tag: string, request: PushRequest): Promise<string> {
  const problem = request.files
    .map(({ name }) => [name, nameProblem(name)] as const)
    .find(([, why]) => why !== undefined);
  if (problem !== undefined) {
    throw new OciError('manifest', `${registry.what}: the file name ${JSON.stringify(problem[0])} ${problem[1]}`);
  }
  const contents = [EMPTY, ...request.files.map(({ content }) => content)];
  for (const content of contents) await pushContent(registry, content);
  const manifest = Buffer.from(manifestText(request));
  if (manifest.length > MAX_MANIFEST_BYTES) {
    throw new OciError('too-large', `${registry.what}: has too many files or annotations for one manifest`);
  }
  const answer = await registry.send({
    method: 'PUT',
    path: `manifests/${tag}`,
    headers: { 'content-type': MANIFEST_TYPE },
    body: manifest,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (answer.status !== 201) throw registry.refusal(answer);
  return digestOf(manifest);
}

function manifestText({ artifactType, files, annotations = {} }: PushRequest): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType,
    config: descriptor(EMPTY_TYPE, EMPTY),
    layers: files.map(({ name, mediaType, content }) => ({
      ...descriptor(mediaType, content),
      annotations: { [TITLE]: name },
    })),
    annotations,
  });
}

function descriptor(mediaType: string, content: Uint8Array): object {
  return { mediaType, digest: digestOf(content), size: content.length };
}

async function pushContent(registry: Registry, content: Uint8Array): Promise<void> {
  const digest = digestOf(content);
  const known = await registry.send({ method: 'HEAD', path: `blobs/${digest}`, maxBytes: 0 });
  if (known.status === 200) return;
  const begun = await registry.send({ method: 'POST', path: 'blobs/uploads/', body: '', maxBytes: MAX_ANSWER_BYTES });
  const location = [begun.headers['location']].flat()[0];
  if (begun.status !== 202 || location === undefined) throw registry.refusal(begun);
  const target = new URL(location, begun.url);
  target.searchParams.append('digest', digest);
  const done = await registry.send({
    method: 'PUT',
    path: target.href,
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (done.status !== 201) throw registry.refusal(done);
}
