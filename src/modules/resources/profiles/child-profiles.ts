import { limitRangeProfiles } from '../kinds/limit-ranges';
import { networkPolicyProfiles } from '../kinds/network-policies';
import { pdbProfiles } from '../kinds/pdb';
import { resourceQuotaProfiles } from '../kinds/resource-quotas';
import { resourceProfiles } from '../parts/compute-resources';
import { probeProfiles } from '../parts/probes';
import { rollingUpdateProfiles } from '../parts/rolling-update';
import { hpaProfiles } from '../parts/scaling-behavior';
import { containerSecurityProfiles, podSecurityProfiles } from '../parts/security';
import { type ProfileClass } from './profile-class';

/** Every class of profiles that entries of children name; classes are added here and nowhere else. */
export const CHILD_PROFILES: readonly ProfileClass[] = [
  resourceProfiles,
  probeProfiles,
  containerSecurityProfiles,
  podSecurityProfiles,
  hpaProfiles,
  pdbProfiles,
  rollingUpdateProfiles,
  resourceQuotaProfiles,
  networkPolicyProfiles,
  limitRangeProfiles,
];
