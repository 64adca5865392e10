// policy/v1 PodDisruptionBudget: docs/reference/katalog.md, disruption budget.
import { type JsonObject, LABEL, labelValue, type SourceText } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { literal, mapOf, object, optional, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { labelKey } from '../parts/key-rules';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { LABEL_VALUE } from '../parts/name-forms';
import { mapPart, type Part, valuePart } from '../parts/part';
import { checkLabelValues, chooseWorkload } from '../parts/selected-workload';
import { INT_OR_PERCENT, valueError } from '../parts/values';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profilePart } from '../profiles/profile-part';
import { PDB_PROFILES } from '../profiles/workload-values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'pdb',
  resource: {
    group: 'policy',
    version: 'v1',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    namespaced: true,
  },
  childKeys: { map: 'pdbs', single: 'pdb' },
  order: 23,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: {
    ...PLAIN_COMPARE,
    intOrString: ['spec.minAvailable', 'spec.maxUnavailable'],
    atomicMaps: ['spec.selector', 'spec.selector.matchLabels'],
  },
};

export const pdbProfiles = profileClass({
  key: 'pdb',
  what: 'disruption',
  site: 'pdb[].behavior.profile',
  doc: 'How many pods may be away.',
  builtIn: PDB_PROFILES,
  properties: {
    minAvailable: optional(literal, 'Pods that stay: whole number or percentage. Excludes maxUnavailable.'),
    maxUnavailable: optional(literal, 'Pods that may be away: whole number or percentage.'),
  },
  compile(declared, compiler) {
    const least = valuePart(declared.minAvailable, compiler, INT_OR_PERCENT);
    const most = valuePart(declared.maxUnavailable, compiler, INT_OR_PERCENT);
    checkBothBounds(declared, compiler);
    if (!isWritten(declared, 'minAvailable') && !isWritten(declared, 'maxUnavailable')) {
      compiler.report(declared.node, 'a disruption profile needs minAvailable or maxUnavailable');
    }
    return (scope): JsonObject => {
      const minAvailable = least?.(scope);
      return minAvailable === undefined ? { maxUnavailable: most?.(scope) ?? 0 } : { minAvailable };
    };
  },
});

const entry = object('disruption budget', {
  ...commonProperties,
  annotations: annotationsProperty,
  minAvailable: optional(text, 'Pods that stay: whole number or percentage. Excludes maxUnavailable.'),
  maxUnavailable: optional(text, 'Pods that may be away: whole number or percentage.'),
  selector: optional(mapOf(text, labelKey), 'Labels of the pods; default: those of the workload of the box.'),
  behavior: optional(
    object('disruption behavior', {
      profile: profileProperty(pdbProfiles, 'counts where neither number is given'),
    }),
    'Named values.',
  ),
});

type Budget = NonNullable<ReturnType<typeof entry.decode>>;

export const pdb: ResourceKind<Budget> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const bound = compileBound(decoded, compiler);
    const selector = compileSelector(decoded, name, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(scope),
      spec: { ...bound(scope), selector: { matchLabels: selector(scope) ?? {} } },
    }));
  },
};

const NO_BOUND = 'a disruption budget needs minAvailable, maxUnavailable or behavior.profile';

/** Kubernetes takes one of the two; a template that renders empty leaves it to the other. */
function compileBound(decoded: Budget, compiler: EntryCompiler): (scope: Parameters<Part>[0]) => JsonObject {
  const { minAvailable, maxUnavailable, behavior } = decoded;
  const least = valuePart(minAvailable, compiler, INT_OR_PERCENT);
  const most = valuePart(maxUnavailable, compiler, INT_OR_PERCENT);
  const named = behavior?.profile;
  const profile = named === undefined ? undefined : profilePart(named, pdbProfiles, compiler);
  checkBothBounds(decoded, compiler);
  const has = (key: string): boolean => decoded.node.entries.has(key);
  if (compiler.context.phase !== 'onDelete' && !has('minAvailable') && !has('maxUnavailable') && !has('behavior')) {
    compiler.report(decoded.node, NO_BOUND);
  }
  return (scope) => {
    const minimum = least?.(scope);
    if (minimum !== undefined) return { minAvailable: minimum };
    const maximum = most?.(scope);
    if (maximum !== undefined) return { maxUnavailable: maximum };
    const values = profile?.(scope);
    if (values === undefined) throw valueError(NO_BOUND, decoded);
    return values;
  };
}

function isGiven(value: SourceText | undefined): boolean {
  return value !== undefined && value.text !== '';
}

function isWritten({ node }: Pick<Budget, 'node'>, key: string): boolean {
  const value = node.entries.get(key)?.value;
  return value !== undefined && !(value.kind === 'scalar' && (value.value === null || value.text === ''));
}

type Bounds = Pick<Budget, 'node' | 'minAvailable' | 'maxUnavailable'>;

/** Of two templates one may render empty. */
function checkBothBounds({ node, minAvailable, maxUnavailable }: Bounds, compiler: EntryCompiler): void {
  const areFixed = ![minAvailable, maxUnavailable].some((value) => value?.text.includes('{{') === true);
  if (areFixed && isGiven(minAvailable) && isGiven(maxUnavailable)) {
    compiler.report(node, 'minAvailable and maxUnavailable exclude each other');
  }
}

/** Without a selector a budget would hold every pod of the namespace. */
function compileSelector(decoded: Budget, name: CompiledTemplate, compiler: EntryCompiler): Part<JsonObject> {
  if (decoded.selector !== undefined && decoded.selector.size > 0) {
    checkLabelValues(decoded.selector, compiler);
    return mapPart(decoded.selector, compiler, LABEL_VALUE) ?? (() => ({}));
  }
  const { workloads, phase } = compiler.context;
  if (phase === 'onDelete') return () => ({});
  const chosen = chooseWorkload(decoded, name, workloads);
  if (chosen.workload === undefined) {
    compiler.report(decoded.node, `the disruption budget needs a "selector": ${chosen.found}`);
    return () => ({});
  }
  const component = compiler.borrowed(chosen.workload.name, chosen.workload.position);
  return ({ ownerName, data, evaluation }) => ({
    [LABEL.owner]: labelValue(ownerName),
    [LABEL.component]: labelValue(component?.resolve(data, evaluation) ?? ''),
  });
}
