// What names of profiles stand for: those of the Katalog, and the built-in ones. Frozen; compiled entries keep it for names
// that are templates.
import { didYouMean, type SourcePosition } from '../../common';
import { builtInName, type ProfileNames } from './profile-names';

/** A profile that a Katalog declares, after compile. */
export interface OwnProfile<V = unknown> {
  readonly name: string;
  readonly position: SourcePosition;
  /** Undefined when they are wrong; the problems say why, and nothing runs. */
  readonly values: V | undefined;
}

/** A place that names a profile. */
export interface ProfileUse {
  readonly profiles: ProfileNames;
  /** As written; maybe a template. */
  readonly name: string;
  readonly position: SourcePosition;
  readonly path: string;
}

export class ProfileRegistry {
  private readonly own: ReadonlyMap<ProfileNames, ReadonlyMap<string, OwnProfile>>;

  constructor(own: ReadonlyMap<ProfileNames, ReadonlyMap<string, OwnProfile>> = new Map()) {
    this.own = new Map([...own].map(([profiles, byName]) => [profiles, new Map(byName)]));
    Object.freeze(this);
  }

  /** Undefined: there is no profile of this name. */
  find<V>(profiles: ProfileNames<V>, name: string): Pick<OwnProfile<V>, 'values'> | undefined {
    const own = this.own.get(profiles)?.get(name) as OwnProfile<V> | undefined;
    if (own !== undefined) return own;
    const builtIn = builtInName(profiles, name);
    return builtIn === undefined ? undefined : { values: profiles.builtIn[builtIn] };
  }

  /** A sentence for a name that means a built-in profile, when the Katalog has one that differs in case only. */
  nearMiss(profiles: ProfileNames, name: string): string | undefined {
    const own = this.own.get(profiles);
    const lower = name.toLowerCase();
    if (own === undefined || own.has(name) || builtInName(profiles, name) === undefined || !own.has(lower)) {
      return undefined;
    }
    return `"${name}" is the built-in ${profiles.what} profile, not "${lower}" of profiles.${profiles.key}`;
  }

  /** A sentence for a name that is not there. */
  unknown(profiles: ProfileNames, name: string): string {
    const own = [...(this.own.get(profiles)?.keys() ?? [])];
    const builtIn = Object.keys(profiles.builtIn);
    const declared = `profiles.${profiles.key}`;
    const lists = [
      ...(own.length === 0 ? [] : [`${own.join(', ')} (${declared})`]),
      ...(builtIn.length === 0 ? [] : [builtIn.join(', ')]),
    ];
    const known =
      lists.length === 0 ? `there are none: ${declared} declares them` : `there are ${lists.join(', and ')}`;
    return `unknown ${profiles.what} profile "${name}"${didYouMean(name, [...own, ...builtIn])}; ${known}`;
  }
}
