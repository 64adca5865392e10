// v1 Service: docs/reference/katalog.md, service.
import { type JsonObject, LABEL, labelValue, type MutableJsonObject } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { bool, mapOf, object, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { labelKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { LABEL_VALUE } from '../parts/name-forms';
import { mapPart, valuePart } from '../parts/part';
import { checkLabelValues, chooseWorkload } from '../parts/selected-workload';
import { PORT, PROTOCOL, SERVICE_TYPE, valueError } from '../parts/values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';

const facts: KindFacts = {
  listKey: 'services',
  resource: { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true },
  childKeys: { map: 'services', single: 'service' },
  order: 15,
  nameForm: 'label',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: {
    mergeKeys: { 'metadata.ownerReferences[]': ['uid'], 'spec.ports[]': ['port', 'protocol'] },
    sets: [],
    quantities: [],
    intOrString: ['spec.ports[].targetPort'],
    atomicMaps: ['spec.selector'],
  },
};

const entry = object('service', {
  ...commonProperties,
  annotations: annotationsProperty,
  type: optional(text, 'ClusterIP (default), NodePort or LoadBalancer.'),
  headless: optional(bool, 'No cluster IP: DNS answers with the pods.'),
  protocol: optional(text, 'TCP (default), UDP or SCTP.'),
  port: required(text, 'Port of the Service.'),
  targetPort: optional(text, 'Port of the pods; default: port.'),
  selector: optional(mapOf(text, labelKey), 'More labels that the pods must have.'),
});

type Service = NonNullable<ReturnType<typeof entry.decode>>;

export const services: ResourceKind<Service> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const type = valuePart(decoded.type, compiler, SERVICE_TYPE);
    const protocol = valuePart(decoded.protocol, compiler, PROTOCOL);
    const port = valuePart(decoded.port, compiler, PORT);
    const targetPort = valuePart(decoded.targetPort, compiler, PORT);
    const metadata = metadataPart(decoded, compiler);
    const userSelector = mapPart(decoded.selector, compiler, LABEL_VALUE);
    const component = selectedWorkload(decoded, name, compiler);
    checkService(decoded, compiler);
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
        metadata: metadata(scope),
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
  compiler: EntryCompiler,
): CompiledTemplate | undefined {
  const { workloads, phase } = compiler.context;
  if (phase === 'onDelete') return undefined;
  const chosen = chooseWorkload(decoded, name, workloads);
  if (decoded.selector !== undefined && chosen.workload?.name !== name.source) return undefined;
  if (chosen.workload !== undefined) return compiler.borrowed(chosen.workload.name, chosen.workload.position);
  compiler.report(decoded.node, `the Service needs a "selector": ${chosen.found}`);
  return undefined;
}

function checkService({ type, headless, selector, port }: Service, compiler: EntryCompiler): void {
  if (port?.text === '') compiler.report(port.node, 'port is empty');
  if (headless === true && type !== undefined && !type.text.includes('{{') && type.text.toLowerCase() !== 'clusterip') {
    compiler.report(type.node, `a headless Service is of type ClusterIP, found "${type.text}"`);
  }
  checkLabelValues(selector, compiler);
}
