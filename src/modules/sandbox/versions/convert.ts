// An object is stored in one version and served in several. Conversion "None" changes the apiVersion and nothing else; a
// kind whose versions differ brings a function of its own.
import { apiVersionOf, type JsonObject } from '../../common';
import { type ResourceDefinition } from '../registry';

/** The object in the version that is asked for; the same object when it is in it, and as its schema has it, already. */
export function toServed(definition: ResourceDefinition, version: string, stored: JsonObject): JsonObject {
  const apiVersion = apiVersionOf({ group: definition.group, version });
  const read = definition.readStored?.(stored) ?? stored;
  if (read['apiVersion'] === apiVersion) return read;
  return definition.convert?.(read, apiVersion) ?? { ...read, apiVersion };
}

/** The object as it is stored. */
export function toStorage(definition: ResourceDefinition, object: JsonObject): JsonObject {
  const apiVersion =
    definition.storedApiVersion ?? apiVersionOf({ group: definition.group, version: definition.storageVersion });
  if (object['apiVersion'] === apiVersion) return object;
  return definition.convert?.(object, apiVersion) ?? { ...object, apiVersion };
}
