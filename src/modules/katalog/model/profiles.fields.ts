// profiles: docs/reference/katalog.md, profiles. The classes are listed in profiles/profile-classes.ts.
import { type DeclaredProfile } from '../../resources';
import { list, object, optional, type Property } from '../../schema';
import { PROFILE_CLASSES } from '../profiles/profile-classes';
import { include } from './include';

const classes: readonly (readonly [string, Property<readonly DeclaredProfile[]>])[] = PROFILE_CLASSES.map(
  ({ key, declared, doc }) => [key, optional(list(declared), doc)],
);

export const profilesField = object('profiles', { include: include('profiles'), ...Object.fromEntries(classes) });

export type ProfilesFields = NonNullable<ReturnType<typeof profilesField.decode>>;

/** The list of one class. */
export function profilesOf(profiles: ProfilesFields | undefined, key: string): readonly DeclaredProfile[] {
  return (
    ((profiles as Readonly<Record<string, unknown>> | undefined)?.[key] as readonly DeclaredProfile[] | undefined) ?? []
  );
}
