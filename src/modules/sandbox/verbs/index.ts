export type { FieldValidation, ObjectTarget, SandboxCore, Target, WriteOptions, Written } from './core.types';
export { alignNamespace, createObject, fillSystemFields, storeNew } from './create';
export { assertMayCome } from './namespaces';
export { assertPreconditions, deleteCollection, deleteObject } from './delete';
export type { DeleteRequest } from './delete-options';
export {
  alignKind,
  checkFields,
  decodeObject,
  excerpt,
  EXCERPT_LENGTH,
  nameKind,
  type SentForm,
  settle,
  YAML_HEAD,
} from './decode';

export { managedType, noteUpdate } from './managed';
export { listOf, metaOf, textOf, withMeta } from './object-meta';
export { getObject, type Listed, listObjects, type ListOptions, parseVersion } from './read';
export { etcdKey, resourceOf, storageProblem } from './subjects';
export { asKind, type PartKind } from './part-kind';
export { decodeScale, getScale, replaceScale, SCALE_KIND, SCALE_TYPE, settleScale, writeScale } from './scale';
export { assertName, changeObject, replaceObject } from './update';
export { embeddedMetadataProblems } from './validate-metadata';
