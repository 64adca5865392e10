// The forms of an answer: whole objects, metadata only, tables.
import { apiVersionOf, type JsonObject } from '../../common';
import { badRequest, notAcceptable, plainError } from '../status';
import { type Listed, type Target, textOf } from '../verbs';
import { type ObjectForm, wholeForm } from '../watch';
import { type Accepted } from './negotiate';

/** Makes Tables; its columns are the kind's affair. */
export interface TableRenderer {
  /** meta.k8s.io Table of the objects; `withColumns` is false for every event of a watch but the first. */
  render(target: Target, objects: readonly JsonObject[], options: TableOptions): JsonObject;
}

export interface TableOptions {
  readonly metadata: JsonObject;
  readonly includeObject: 'Metadata' | 'Object' | 'None';
  /** `v1` or `v1beta1`. */
  readonly version: string;
}

export interface View {
  readonly accepted: Accepted;
  /** As asked for; looked at only where a Table is made. */
  readonly includeObject: string;
  readonly tables: TableRenderer;
}

/** What a row holds of its object. Throws a 400. */
function includedOf({ includeObject }: View): TableOptions['includeObject'] {
  if (includeObject === 'Object' || includeObject === 'None' || includeObject === 'Metadata') return includeObject;
  if (includeObject === '') return 'Metadata';
  const shown = JSON.stringify(includeObject);
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${shown}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

export function objectView(target: Target, object: JsonObject, wanted: View): JsonObject {
  const { view } = wanted.accepted;
  switch (view?.kind) {
    case undefined:
      return object;
    case 'PartialObjectMetadata':
      return partialMetadata(object, view.version);
    case 'Table': {
      const metadata = { resourceVersion: textOf(object, 'resourceVersion') };
      const options = { metadata, includeObject: includedOf(wanted), version: view.version };
      return wanted.tables.render(target, [object], options);
    }
    case 'PartialObjectMetadataList':
      // Every unstructured object can be asked for its items.
      if (target.definition.isCustom) throw plainError('content is not a list');
      throw notAcceptable(
        `you requested PartialObjectMetadataList, but the requested object is not a list (${goType(target)})`,
      );
  }
}

/** A Status stays one; what a Table would hold is looked at all the same. */
export function statusView<T>(status: T, wanted: View): T {
  if (wanted.accepted.view?.kind === 'Table') includedOf(wanted);
  return status;
}

export function listView(target: Target, listed: Listed, wanted: View): JsonObject {
  const { view } = wanted.accepted;
  const metadata = listMetadata(listed);
  switch (view?.kind) {
    case undefined:
      return wholeList(target, listed, metadata);
    case 'PartialObjectMetadataList':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: `meta.k8s.io/${view.version}`,
        metadata,
        items: listed.items.map((item) => partialMetadata(item, view.version)),
      };
    case 'Table': {
      const options = { metadata, includeObject: includedOf(wanted), version: view.version };
      return wanted.tables.render(target, listed.items, options);
    }
    case 'PartialObjectMetadata':
      throw notAcceptable(
        `you requested PartialObjectMetadata, but the requested object is a list (${goType(target)}List)`,
      );
  }
}

/** Lists of built-in kinds tell kind and version once; custom ones in every item. */
function wholeList({ definition, version }: Target, listed: Listed, metadata: JsonObject): JsonObject {
  const apiVersion = apiVersionOf({ group: definition.group, version: version.name });
  if (definition.isCustom) {
    // They always have the member.
    return { kind: definition.listKind, apiVersion, metadata: { continue: '', ...metadata }, items: listed.items };
  }
  return { kind: definition.listKind, apiVersion, metadata, items: listed.items.map(withoutKind) };
}

export function withoutKind(object: JsonObject): JsonObject {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
  return rest;
}

function listMetadata(listed: Listed): JsonObject {
  const { resourceVersion, remainingItemCount } = listed;
  return {
    ...(listed.continue === undefined ? {} : { continue: listed.continue }),
    ...(remainingItemCount === undefined ? {} : { remainingItemCount }),
    resourceVersion,
  };
}

export function partialMetadata(object: JsonObject, version: string): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object['metadata'] };
}

/** The form of the events of a watch. */
export function watchForm(target: Target, wanted: View): ObjectForm {
  const { view } = wanted.accepted;
  const whole = wholeForm(target);
  if (view === undefined) return whole;
  if (view.kind === 'Table') {
    const includeObject = includedOf(wanted);
    return new TableForm(whole, (object) =>
      wanted.tables.render(target, [object], {
        metadata: { resourceVersion: textOf(object, 'resourceVersion') },
        includeObject,
        version: view.version,
      }),
    );
  }
  return {
    id: `${whole.id} partial ${view.version}`,
    of: (object) => partialMetadata(object, view.version),
    bookmark: (metadata) => ({
      kind: 'PartialObjectMetadata',
      apiVersion: `meta.k8s.io/${view.version}`,
      metadata,
    }),
  };
}

/** Only the first event of a watch tells the columns. */
class TableForm implements ObjectForm {
  private isFirst = true;

  constructor(
    private readonly whole: ObjectForm,
    private readonly render: (object: JsonObject) => JsonObject,
  ) {}

  get id(): string {
    return `${this.whole.id} Table${this.isFirst ? ' with columns' : ''}`;
  }

  readonly of = (object: JsonObject): JsonObject => {
    const table = this.render(object);
    if (!this.isFirst) return { ...table, columnDefinitions: null };
    this.isFirst = false;
    return table;
  };

  get bookmark(): ObjectForm['bookmark'] {
    return this.whole.bookmark;
  }
}

/** How Go names the type: some answers tell it. */
function goType({ definition }: Target): string {
  return definition.isCustom ? '*unstructured.Unstructured' : `*${goPackage(definition.group)}.${definition.kind}`;
}

function goPackage(group: string): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}
