// v1 Service (spec: resources §9.7).
import { type JsonObject, LABEL, labelValue, type MutableJsonObject } from '../../common';
import { type CompiledTemplate, compileTemplate } from '../../expression';
import { bool, mapOf, object, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { mapPart, valuePart } from '../parts/part';
import { CODE_ENTRY_VALUE, readPort, readProtocol, readServiceType, valueError } from '../parts/values';
import { type EntryCompileContext, type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';

const facts: KindFacts = {
  listKey: 'services',
  resource: { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true },
  childKeys: { map: 'services', single: 'service' },
  order: 15,
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: {
    mergeKeys: { 'metadata.ownerReferences[]': ['uid'], 'spec.ports[]': ['port', 'protocol'] },
    sets: [],
    quantities: [],
    intOrString: ['spec.ports[].targetPort'],
  },
};

const entry = object('service', {
  ...commonProperties,
  type: optional(text, 'ClusterIP (default), NodePort or LoadBalancer.'),
  headless: optional(bool, 'No cluster IP: DNS answers with the pods.'),
  protocol: optional(text, 'TCP (default), UDP or SCTP.'),
  port: required(text, 'Port of the Service.'),
  targetPort: optional(text, 'Port of the pods; default: port.'),
  selector: optional(mapOf(text), 'More labels that the pods must have.'),
});

type Service = NonNullable<ReturnType<typeof entry.decode>>;

export const services: ResourceKind<Service> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler);
    const type = valuePart(decoded.type, compiler, readServiceType);
    const protocol = valuePart(decoded.protocol, compiler, readProtocol);
    const port = valuePart(decoded.port, compiler, readPort);
    const targetPort = valuePart(decoded.targetPort, compiler, readPort);
    const labels = mapPart(decoded.labels, compiler);
    const userSelector = mapPart(decoded.selector, compiler);
    const component = selectedWorkload(decoded, name, context);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const number = port?.(scope);
      if (number === undefined && decoded.port !== undefined) {
        throw valueError(`port is empty: "${decoded.port.text}" rendered to nothing`, decoded.port);
      }
      const selector: MutableJsonObject = { ...userSelector?.(scope), [LABEL.owner]: labelValue(scope.ownerName) };
      const target = component?.resolve(scope.data, scope.evaluation);
      if (target !== undefined) selector[LABEL.component] = labelValue(target);
      const spec: MutableJsonObject = { type: type?.(scope) ?? 'ClusterIP' };
      if (decoded.headless === true) spec['clusterIP'] = 'None';
      spec['selector'] = selector;
      spec['ports'] = [
        { port: number ?? 0, protocol: protocol?.(scope) ?? 'TCP', targetPort: targetPort?.(scope) ?? number ?? 0 },
      ];
      return {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: scope.name, namespace: scope.namespace, labels: labels?.(scope) ?? {} },
        spec,
      };
    });
  },
};

/**
 * Whose pods the Service selects (engine contract §6): the workload of the same name, else the only workload of the
 * box, else the entry has to say it with `selector`. Undefined: the user's selector alone.
 */
function selectedWorkload(
  decoded: Service,
  name: CompiledTemplate,
  context: EntryCompileContext,
): CompiledTemplate | undefined {
  const names = [...new Set(context.workloads.map((workload) => workload.name))];
  const chosen = names.find((workload) => workload === name.source) ?? (names.length === 1 ? names[0] : undefined);
  if (decoded.selector !== undefined && chosen !== name.source) return undefined;
  if (chosen !== undefined) return compileTemplate(chosen, context.options);
  if (context.phase === 'onDelete' || decoded.selector !== undefined) return undefined;
  const { position, path } = decoded.node;
  const found =
    names.length === 0
      ? 'the operatorBox declares no workload'
      : `the operatorBox declares ${names.length} workloads (${names.join(', ')}), none of this name`;
  context.problems.add({
    severity: 'error',
    code: CODE_ENTRY_VALUE,
    message: `the Service needs a "selector": ${found}`,
    position,
    path,
  });
  return undefined;
}
