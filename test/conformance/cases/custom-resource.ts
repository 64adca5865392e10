// CustomResourceDefinitions of cases: each case has a group of its own.
import { type Session } from '../harness/session';

type Fields = Readonly<Record<string, unknown>>;

export interface CustomKind {
  /** Fields of `spec.versions[0]` beside its name. */
  readonly version?: Fields;
  /** Schema of `spec`. */
  readonly spec?: Fields;
  /** More properties of the object. */
  readonly properties?: Fields;
  /** Fields of the definition's spec. */
  readonly definition?: Fields;
}

export const groupOf = (k: Session): string => `${k.ns}.example.com`;

export const definitionPath = (k: Session): string =>
  `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${groupOf(k)}`;

/** Of kind Widget, with `spec` and an open `status`. */
export function definition(k: Session, { version, spec, properties, definition: fields }: CustomKind = {}): Fields {
  const openAPIV3Schema = {
    type: 'object',
    properties: { spec: spec ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, ...properties },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${groupOf(k)}` },
    spec: {
      group: groupOf(k),
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, ...version }],
      ...fields,
    },
  };
}

export const widgets = (k: Session, ...rest: readonly string[]): string => k.in(`${groupOf(k)}/v1`, 'widgets', ...rest);

export function widget(k: Session, spec: unknown, fields: Fields = {}, metadata: Fields = {}): Fields {
  return { apiVersion: `${groupOf(k)}/v1`, kind: 'Widget', metadata: { name: 'a', ...metadata }, spec, ...fields };
}

/** Creates the definition and waits until its objects can be made; the path of them. */
export async function install(k: Session, kind: CustomKind = {}): Promise<string> {
  await k.setup('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition(k, kind));
  const path = widgets(k);
  await k.untilServed(path);
  return path;
}
