// Plain Kubernetes manifests that go to the server as they are.
import { isJsonObject, type JsonObject, KatalogInvalidError, OrkestraError, ProblemList } from '../../common';
import { parseYamlDocuments } from './parse-yaml';
import { readTextFile } from './read-files';
import { toJson } from './to-json';

/** Every document of a YAML file. Throws a UserError that names file and place when it is no list of manifests. */
export function readManifests(file: string): readonly JsonObject[] {
  const problems = new ProblemList();
  const documents = parseYamlDocuments(readTextFile(file), file, problems);
  if (problems.hasErrors) throw new KatalogInvalidError(problems.errors);
  return documents.map((document) => {
    const object = toJson(document);
    const { line, column } = document.position;
    const isManifest =
      isJsonObject(object) && typeof object['apiVersion'] === 'string' && typeof object['kind'] === 'string';
    if (isManifest) return object;
    throw new OrkestraError({
      code: 'MANIFEST_INVALID',
      kind: 'UserError',
      message: `${file}:${line}:${column}: not a Kubernetes manifest: expected a map with apiVersion and kind`,
    });
  });
}
