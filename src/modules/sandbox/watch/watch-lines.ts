// The text of watch events. A change is written once for each version and form, however many watches tell it.
import { type JsonObject, jsonText } from '../../common';
import { type Target } from '../verbs';
import { type WatchItem } from './watch-session';

/** How objects are shown: whole, metadata only, or as a row of a table. */
export interface ObjectForm {
  /** Key of the cache. */
  readonly id: string;
  readonly of: (object: JsonObject) => JsonObject;
  /** The object of a bookmark. */
  readonly bookmark: (metadata: JsonObject) => JsonObject;
}

export function lineOf(item: WatchItem, form: ObjectForm): string {
  switch (item.type) {
    case 'BOOKMARK': {
      const annotations = item.isInitialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
      return textOf(item.type, form.bookmark({ resourceVersion: item.resourceVersion, ...annotations }));
    }
    case 'ERROR':
      return textOf(item.type, item.status);
    default: {
      const { source, type, object } = item;
      if (source === undefined) return textOf(type, form.of(object));
      const key = `${type} ${form.id}`;
      let line = source.lines.get(key);
      if (line === undefined) {
        line = textOf(type, form.of(object));
        source.lines.set(key, line);
      }
      return line;
    }
  }
}

function textOf(type: string, object: JsonObject): string {
  return `{"type":"${type}","object":${jsonText(object)}}\n`;
}

/** Objects as they are, in the version of the target. */
export function wholeForm({ definition, version }: Target): ObjectForm {
  const apiVersion = definition.group === '' ? version.name : `${definition.group}/${version.name}`;
  return {
    id: apiVersion,
    of: (object) => object,
    bookmark: (metadata) => ({ kind: definition.kind, apiVersion, metadata }),
  };
}
