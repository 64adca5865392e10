// `ork validate --profiles`: the profiles of a Katalog and the built-in ones, with the places that name them.
import pc from 'picocolors';
import { formatPosition, type JsonObject, jsonText, type SourcePosition } from '../../modules/common';
import { type CompiledKatalog, type CrdProfileUse, PROFILE_CLASSES } from '../../modules/katalog';
import { builtInName } from '../../modules/resources';
import { shortPath } from '../render/short-path';
import { oneLine } from './note-entries';

/** A profile that an entry may name. Places are `file:line:column`, files as one would type them. */
export interface ListedProfile {
  /** Its class: `resources`. */
  readonly class: string;
  readonly name: string;
  readonly builtIn: boolean;
  readonly description?: string;
  /** As a Katalog would declare them. */
  readonly values: JsonObject;
  /** Where a Katalog or Motif declares it. */
  readonly declaredAt?: string;
  readonly usedAt: readonly string[];
}

/** A name that is known when an object is built. */
export interface TemplatedName {
  readonly class: string;
  readonly template: string;
  readonly usedAt: string;
}

export interface ProfileList {
  readonly profiles: readonly ListedProfile[];
  readonly templates: readonly TemplatedName[];
}

type Katalog = Pick<CompiledKatalog, 'profiles' | 'profileUses'>;

/** In the order of the classes: those of the Katalog, then the built-in ones. */
export function profileList(katalog: Katalog, directory: string): ProfileList {
  const place = (position: SourcePosition): string =>
    formatPosition({ ...position, file: shortPath(position.file, directory) });
  const uses = new Map<string, string[]>();
  const templates: TemplatedName[] = [];
  for (const { profiles, name, position } of katalog.profileUses) {
    const usedAt = place(position);
    if (name.includes('{{')) templates.push({ class: profiles.key, template: name, usedAt });
    else {
      const key = meant(katalog, profiles, name);
      uses.set(key, [...(uses.get(key) ?? []), usedAt]);
    }
  }
  const profiles = PROFILE_CLASSES.flatMap((one) => [
    ...katalog.profiles
      .filter((own) => own.class === one.key)
      .map(({ name, description, values, position }): ListedProfile => {
        const about = description === '' ? {} : { description };
        const declaredAt = place(position);
        const usedAt = uses.get(keyOf(one, name, false)) ?? [];
        return { class: one.key, name, builtIn: false, ...about, values, declaredAt, usedAt };
      }),
    ...Object.entries(one.builtIn).map(([name, values]): ListedProfile => {
      const usedAt = uses.get(keyOf(one, name, true)) ?? [];
      return { class: one.key, name, builtIn: true, values: one.show(values), usedAt };
    }),
  ]);
  return { profiles, templates };
}

function keyOf({ key }: CrdProfileUse['profiles'], name: string, isBuiltIn: boolean): string {
  return `${key} ${name} ${isBuiltIn}`;
}

/** The key of the profile that a name means. */
function meant({ profiles: own }: Katalog, profiles: CrdProfileUse['profiles'], name: string): string {
  const isOwn = own.some((one) => one.class === profiles.key && one.name === name);
  return isOwn ? keyOf(profiles, name, false) : keyOf(profiles, builtInName(profiles, name) ?? name, true);
}

/** Everything, for `--profiles`. */
export function profileLines({ profiles, templates }: ProfileList): readonly string[] {
  const own = profiles.filter(({ builtIn }) => !builtIn);
  return [
    ...(own.length === 0
      ? ['no profiles are declared']
      : [pc.bold('Profiles'), ...own.flatMap((one) => ownLines(one, templates))]),
    '',
    pc.bold('Built-in profiles'),
    ...PROFILE_CLASSES.flatMap(({ key }) => builtInLines(key, profiles)),
    ...(templates.length === 0 ? [] : ['', pc.bold('Names that are templates')]),
    ...templates.map(({ class: key, template, usedAt }) => `    ${key}  ${oneLine(template)}  ${pc.dim(usedAt)}`),
  ];
}

/** Those of the Katalog, for the end of a check; nothing when it has none. */
export function ownProfileLines({ profiles }: ProfileList): readonly string[] {
  const own = profiles.filter(({ builtIn }) => !builtIn);
  return own.length === 0 ? [] : [pc.bold('Profiles'), ...own.map(headLine)];
}

function headLine({ class: key, name, description, values }: ListedProfile): string {
  const about = description === undefined ? '' : pc.dim(`  # ${oneLine(description)}`);
  return `    ${key} ${name}  ${oneLine(shortJson(values))}${about}`;
}

function ownLines(profile: ListedProfile, templates: readonly TemplatedName[]): readonly string[] {
  const { declaredAt = '', usedAt } = profile;
  const mayRender = templates.some((one) => one.class === profile.class);
  const unused = mayRender ? 'used by a template at most' : 'not used';
  const used = usedAt.length === 0 ? unused : `used at ${usedAt.join(', ')}`;
  return [headLine(profile), `        declared at ${declaredAt}`, `        ${used}`];
}

function builtInLines(key: string, profiles: readonly ListedProfile[]): readonly string[] {
  const ofClass = profiles.filter((one) => one.builtIn && one.class === key);
  if (ofClass.length === 0) return [];
  const own = new Set(profiles.filter((one) => !one.builtIn && one.class === key).map(({ name }) => name));
  return [
    `    ${key}  ${ofClass.map(({ name }) => (own.has(name) ? `${name} (replaced)` : name)).join(', ')}`,
    ...ofClass
      .filter(({ usedAt }) => usedAt.length > 0)
      .map(({ name, usedAt }) => `        ${name} used at ${usedAt.join(', ')}`),
  ];
}

function shortJson(values: JsonObject): string {
  return jsonText(values).replaceAll('"', '').replaceAll(/[:,]/g, '$& ');
}
