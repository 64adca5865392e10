// Every rule of the language over one Katalog. Rules look at what was decoded, in the order of the file; each finds
// all that it can, and none depends on another.
import { type ProblemList } from '../../common';
import { type ProfileRegistry, type ProfileUse } from '../../resources';
import { type KatalogFile } from '../model/katalog.fields';
import { admissionRule } from './admission.rules';
import { checkAutoscale } from './autoscale.rules';
import { checkCode } from './code.rules';
import { checkConversion } from './conversion.rules';
import { checkCross } from './cross.rules';
import { checkEnrich } from './enrich.rules';
import { checkExternal } from './external.rules';
import { checkGates } from './gates.rules';
import { checkGatewayNeed } from './gateway-need.rules';
import { checkGatewayClusters, checkGatewayTokens, checkGatewayWebhooks } from './gateway.rules';
import { checkLifecycle } from './lifecycle.rules';
import { checkNamespaces, checkProtection } from './namespaces.rules';
import { checkObserve } from './observe.rules';
import { checkPlainSecrets, checkUrls } from './plain-secrets.rules';
import { checkProviders } from './providers.rules';
import { checkPublish } from './publish.rules';
import { checkBackoff, checkRequeue, queueRule, reconcilerProfileRule } from './queue.rules';
import { enabledEntries, type EntryRule, Findings, type KatalogRule } from './rule';
import { checkServe } from './serve.rules';
import { checkTeams } from './teams.rules';

const KATALOG_RULES: readonly KatalogRule[] = [
  checkLifecycle,
  checkGatewayTokens,
  checkGatewayWebhooks,
  checkGatewayClusters,
  checkProviders,
  checkPublish,
  checkServe,
  checkUrls,
];

const ENTRY_RULES: readonly EntryRule[] = [
  checkCode,
  checkBackoff,
  checkRequeue,
  checkNamespaces,
  checkProtection,
  checkTeams,
  checkEnrich,
  checkExternal,
  checkObserve,
  checkGates,
  checkCross,
  checkAutoscale,
  checkConversion,
  checkPlainSecrets,
];

export interface RuleSettings {
  /** maxDepth of a queue that says nothing. */
  readonly queueDepth: number;
  /** The process knows a gateway that the Katalog does not name. */
  readonly knowsGateway: boolean;
  readonly profiles: ProfileRegistry;
  /** Every place that names a profile is added. */
  readonly profileUses: ProfileUse[];
}

/** Disabled CRDs are not looked at. */
export function validateKatalog(katalog: KatalogFile, problems: ProblemList, settings: RuleSettings): void {
  const findings = new Findings(problems);
  for (const rule of KATALOG_RULES) rule(katalog, findings);
  if (!settings.knowsGateway) checkGatewayNeed(katalog, findings);
  const { queueDepth, profiles, profileUses } = settings;
  const rules = [
    ...ENTRY_RULES,
    reconcilerProfileRule(profiles, profileUses),
    queueRule(queueDepth, profiles),
    admissionRule(problems),
  ];
  for (const scope of enabledEntries(katalog)) {
    for (const rule of rules) rule(scope, findings);
  }
}
