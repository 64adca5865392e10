// What to try next, for the cluster of this run.
import { LABEL } from '../../../modules/common';
import { type CompiledCrd, type CompiledKatalog } from '../../../modules/katalog';
import { type RunOptions } from '../run.types';

const LABELLED = 'Try'.padEnd(10);
const INDENT = ' '.repeat(LABELLED.length);

/** Where the sandbox of the run is reached. */
export interface SandboxAccess {
  /** Path. */
  readonly kubeconfig: string;
  readonly context: string;
}

/** A command that shows what the operator does. */
export function clusterHints(
  { crds: [first] }: CompiledKatalog,
  { kubeconfig, context }: RunOptions,
): readonly string[] {
  if (first === undefined) return [];
  const words = [...getCommand(first)];
  if (kubeconfig !== undefined) words.push('--kubeconfig', shellWord(kubeconfig));
  if (context !== undefined) words.push('--context', shellWord(context));
  return [`${LABELLED}${words.join(' ')}`];
}

/**
 * The kubeconfig and three commands. The one that breaks something names the context: typed where the kubeconfig was
 * not exported, it must not reach another cluster.
 */
export function sandboxHints({ crds: [first] }: CompiledKatalog, sandbox: SandboxAccess): readonly string[] {
  const kinds = first?.childKinds ?? [];
  const children = kinds.map(({ resource }) => resource.plural);
  const victim = (kinds.find(({ isWorkload }) => isWorkload) ?? kinds[0])?.resource.plural;
  const commands = [
    `export KUBECONFIG=${shellWord(sandbox.kubeconfig)}`,
    ...(first === undefined ? [] : [getCommand(first).join(' ')]),
    children.length === 0 ? 'kubectl get events -A' : `kubectl get ${children.join()} -A`,
    victim === undefined
      ? 'kubectl api-resources'
      : `kubectl --context ${sandbox.context} delete ${victim} -A -l ${LABEL.managed}=true   # back at once`,
  ];
  return commands.map((command, index) => (index === 0 ? LABELLED : INDENT) + command);
}

function getCommand({ resource, isPluralGuessed }: CompiledCrd): readonly string[] {
  const { plural, kind, version, group, namespaced } = resource;
  // kubectl asks the cluster for the plural of a kind, too.
  const type = isPluralGuessed ? [kind.toLowerCase(), version] : [plural];
  const words = ['kubectl', 'get', [...type, ...(group === '' ? [] : [group])].join('.')];
  return namespaced ? [...words, '-A'] : words;
}

/** Quoted when a shell would split or expand it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
