// The name of a profile in an entry, and what it becomes.
import { type MapNode, type SourceText } from '../../common';
import { type EntryCompiler } from '../parts/common-entry';
import { valueError } from '../parts/values';
import { type BuildScope } from '../resource-kind';
import { type ProfileNames } from './profile-names';

/** What values can't be used for in this place, as a sentence; undefined when they can. */
type Fit<V> = (values: V) => string | undefined;

/** The values of a name. A literal that no profile has is a problem of the load; a rendered one fails the entry. */
export function profilePart<V>(
  source: SourceText,
  profiles: ProfileNames<V>,
  compiler: EntryCompiler,
  misfit: Fit<V> = () => undefined,
): (scope: BuildScope) => V {
  const { profiles: registry, profileUses } = compiler.context;
  const { text: name, node } = source;
  profileUses.push({ profiles, name, position: node.position, path: node.path });
  const find = (wanted: string): { readonly values?: V | undefined; readonly problem?: string | undefined } => {
    const found = registry.find(profiles, wanted);
    if (found === undefined) return { problem: registry.unknown(profiles, wanted) };
    const problem = found.values === undefined ? undefined : misfit(found.values);
    return { ...found, problem: problem && `${profiles.what} profile "${wanted}": ${problem}` };
  };
  const template = compiler.text(source);
  const fixed = template.isStatic ? find(name) : undefined;
  if (fixed?.problem !== undefined) compiler.report(node, fixed.problem);
  const nearMiss = registry.nearMiss(profiles, name);
  if (nearMiss !== undefined) compiler.warn(node, nearMiss);
  return ({ data, evaluation }) => {
    const { values, problem } = fixed ?? find(template.resolve(data, evaluation));
    if (values === undefined || problem !== undefined) throw valueError(problem ?? `no profile "${name}"`, source);
    return values;
  };
}

/** What a name stands for, where that is known at load. */
export function knownProfile<V>(
  source: SourceText | undefined,
  profiles: ProfileNames<V>,
  compiler: EntryCompiler,
): V | undefined {
  if (source === undefined || source.text.includes('{{')) return undefined;
  return compiler.context.profiles.find(profiles, source.text)?.values;
}

interface WithProfile {
  readonly node: MapNode;
  readonly profile: SourceText | undefined;
}

/** A profile and explicit keys at once: nobody could tell which counts. `keys`: those that it excludes; default: all. */
export function checkExclusive(
  { node, profile }: WithProfile,
  compiler: EntryCompiler,
  keys?: readonly string[],
): void {
  if (profile === undefined) return;
  const others = [...node.entries.keys()].filter((key) => key !== 'profile' && (keys?.includes(key) ?? true));
  if (others.length > 0) compiler.report(node, `"profile" excludes ${others.join(', ')}`);
}

/** A block of an entry: what its profile stands for, or what `values` makes of its keys. Undefined without the block. */
export function profileOrValues<V, D extends WithProfile, W>(
  declared: D | undefined,
  profiles: ProfileNames<V>,
  compiler: EntryCompiler,
  values: (declared: D, compiler: EntryCompiler) => W,
): ((scope: BuildScope) => V) | W | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  return declared.profile === undefined
    ? values(declared, compiler)
    : profilePart(declared.profile, profiles, compiler);
}
