import { CHILD_PROFILES, type ProfileClass } from '../../resources';
import { reconcilerProfiles } from './reconciler-profiles';

/** Every class of profiles that a Katalog may declare. Decoder, schema, reference, checks and listings come from it. */
export const PROFILE_CLASSES: readonly ProfileClass[] = [...CHILD_PROFILES, reconcilerProfiles];
