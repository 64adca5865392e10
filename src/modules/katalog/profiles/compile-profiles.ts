// The profiles of a Katalog: what stands twice is refused, what hides a built-in profile is told, the rest goes to the
// registry that entries look into.
import { formatPosition, type JsonObject, type ProblemList, type SourceNode, type SourcePosition } from '../../common';
import {
  builtInName,
  type DeclaredProfile,
  literalValues,
  type OwnProfile,
  type ProfileClass,
  ProfileRegistry,
  type ProfileUse,
} from '../../resources';
import { crdName } from '../expand/merge-documents';
import { profilesOf, type ProfilesFields } from '../model/profiles.fields';
import { type TypedJson } from '../model/typed-json';
import { CODE } from '../validate/codes';
import { PROFILE_CLASSES } from './profile-classes';

/** A profile as people see it. */
export interface UserProfile {
  /** Key of its class: `resources`. */
  readonly class: string;
  readonly name: string;
  readonly description: string;
  /** As written, without name and description. */
  readonly values: JsonObject;
  readonly position: SourcePosition;
}

export interface CompiledProfiles {
  readonly registry: ProfileRegistry;
  /** In the order of the classes, then of the files. */
  readonly profiles: readonly UserProfile[];
}

/** A place of an enabled CRD that names a profile. */
export interface CrdProfileUse extends ProfileUse {
  /** Name of the CRD. */
  readonly crd: string;
}

/** Paths begin with `spec.crds.<key>`: keys of CRDs have no dots. */
export function usesByCrd(uses: readonly ProfileUse[]): readonly CrdProfileUse[] {
  return uses.map((use) => ({ ...use, crd: crdName(use.path.split('.')[2] ?? '') }));
}

/** Every mistake goes to the problems. */
export function compileProfiles(
  declared: ProfilesFields | undefined,
  json: TypedJson,
  problems: ProblemList,
): CompiledProfiles {
  const classes = PROFILE_CLASSES.map((profiles) => {
    const distinct = distinctProfiles(profiles, profilesOf(declared, profiles.key), problems);
    return { profiles, distinct };
  });
  const own = classes.map(({ profiles, distinct }): [ProfileClass, ReadonlyMap<string, OwnProfile>] => [
    profiles,
    new Map(
      [...distinct].map(([name, one]) => [
        name,
        { name, position: one.node.position, values: literalValues(profiles, one, problems) },
      ]),
    ),
  ]);
  return {
    registry: new ProfileRegistry(new Map(own)),
    profiles: classes.flatMap(({ profiles, distinct }) =>
      [...distinct].map(([name, one]) => userProfile(profiles, name, one, json)),
    ),
  };
}

function userProfile(
  { key, declared }: ProfileClass,
  name: string,
  { description, node }: DeclaredProfile,
  json: TypedJson,
): UserProfile {
  const { name: _name, description: _description, ...values } = json.object(node, declared);
  return { class: key, name, description: description?.text ?? '', values, position: node.position };
}

/** By name; the first of a name counts. */
function distinctProfiles(
  profiles: ProfileClass,
  declared: readonly DeclaredProfile[],
  problems: ProblemList,
): ReadonlyMap<string, DeclaredProfile> {
  const byName = new Map<string, DeclaredProfile>();
  for (const one of declared) {
    const { name } = one;
    if (name === undefined) continue;
    const first = byName.get(name.text)?.name?.node;
    if (first === undefined) {
      byName.set(name.text, one);
      tellOfBuiltIn(profiles, name.text, name.node, problems);
    } else if (!isSamePlace(first, name.node)) {
      const message = `${profiles.what} profile "${name.text}" is declared at ${formatPosition(first.position)} already`;
      problems.add({ severity: 'error', code: CODE.profile, message, ...placeOf(name.node) });
    }
  }
  return byName;
}

function tellOfBuiltIn(profiles: ProfileClass, name: string, node: SourceNode, problems: ProblemList): void {
  const builtIn = builtInName(profiles, name);
  if (builtIn === undefined) return;
  const message = `the ${profiles.what} profile "${name}" takes the place of the built-in profile "${builtIn}"`;
  problems.add({ severity: 'warning', code: CODE.profile, message, ...placeOf(node) });
}

/** A file that two others bring in declares its profiles once. */
function isSamePlace(a: SourceNode, b: SourceNode): boolean {
  return formatPosition(a.position) === formatPosition(b.position);
}

function placeOf({ position, path }: SourceNode): { readonly position: SourcePosition; readonly path: string } {
  return { position, path };
}
