// networking.k8s.io/v1 Ingress: docs/reference/katalog.md, ingress.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { bool, later, list, object, optional, required, text, unsupported } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { NAME_FORMS } from '../parts/name-forms';
import { type Part, put, requiredTextPart, requiredValuePart, textPart, valuePart } from '../parts/part';
import { textListPart } from '../parts/text-list';
import { HOST, OBJECT_NAME, PATH_TYPE, PORT } from '../parts/values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'ingresses',
  resource: { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress', plural: 'ingresses', namespaced: true },
  childKeys: { map: 'ingresses', single: 'ingress' },
  order: 21,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: { ...PLAIN_COMPARE, atomicMaps: ['spec.rules[].http.paths[].backend.service.port'] },
};

const tls = object('ingress tls', {
  create: later(bool, 'false: the section is left out.', 'certificates that Orkestra makes', {
    runs: (creates) => !creates,
  }),
  secretName: optional(text, 'Secret with the certificate; default: <cr>-tls.'),
  hosts: optional(list(text), 'Names in the certificate; default: host.'),
  validFor: unsupported('certificates that Orkestra makes'),
});

const entry = object('ingress', {
  ...commonProperties,
  annotations: annotationsProperty,
  host: optional(text, 'Name that is asked for; default: every name.'),
  serviceName: required(text, 'Service behind it.'),
  servicePort: required(text, 'Port of the Service.'),
  path: optional(text, 'Path that is asked for; default: /.'),
  pathType: optional(text, 'Prefix (default), Exact or ImplementationSpecific.'),
  ingressClass: optional(text, 'Class of the controller; default: that of the cluster.'),
  tls: optional(tls, 'HTTPS.'),
});

type Ingress = NonNullable<ReturnType<typeof entry.decode>>;

export const ingresses: ResourceKind<Ingress> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const host = valuePart(decoded.host, compiler, HOST);
    const rule = compilePath(decoded, compiler);
    const ingressClass = textPart(decoded.ingressClass, compiler, NAME_FORMS.subdomain);
    const secured = compileTls(decoded, host, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const spec: MutableJsonObject = {};
      put(spec, 'ingressClassName', ingressClass?.(scope));
      put(spec, 'tls', secured?.(scope));
      const built: MutableJsonObject = {};
      put(built, 'host', host?.(scope));
      built['http'] = { paths: [rule(scope) ?? {}] };
      spec['rules'] = [built];
      return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: metadata(scope), spec };
    });
  },
};

function compilePath(decoded: Ingress, compiler: EntryCompiler): Part<JsonObject> {
  const { serviceName } = decoded;
  const service =
    serviceName === undefined ? undefined : requiredTextPart(serviceName, compiler, 'serviceName', NAME_FORMS.label);
  const port = requiredValuePart(decoded.servicePort, compiler, PORT, 'servicePort');
  const path = textPart(decoded.path, compiler);
  const pathType = valuePart(decoded.pathType, compiler, PATH_TYPE);
  return (scope) => ({
    path: path?.(scope) ?? '/',
    pathType: pathType?.(scope) ?? 'Prefix',
    backend: { service: { name: service?.(scope) ?? '', port: { number: port?.(scope) ?? 0 } } },
  });
}

/** The section of HTTPS; the Secret is somebody else's, such as that of a `secrets` entry with `tls`. */
function compileTls(
  decoded: Ingress,
  host: Part<string> | undefined,
  compiler: EntryCompiler,
): Part<readonly JsonObject[]> | undefined {
  const declared = decoded.tls;
  if (declared === undefined || declared.create === false) return undefined;
  const secretName = valuePart(declared.secretName, compiler, OBJECT_NAME);
  const hosts = textListPart(declared.hosts, compiler, HOST);
  return (scope) => {
    const own = host?.(scope);
    const built: MutableJsonObject = {};
    put(built, 'hosts', hosts?.(scope) ?? (own === undefined ? undefined : [own]));
    built['secretName'] = secretName?.(scope) ?? `${scope.ownerName}-tls`;
    return [built];
  };
}
