// What only a gateway can do needs one that is known.
import { type KatalogFile } from '../model/katalog.fields';
import { CODE } from './codes';
import { at, enabledEntries, type KatalogRule, type Place } from './rule';

export const checkGatewayNeed: KatalogRule = (katalog, findings) => {
  const { gateway } = katalog;
  if (gateway?.standalone === true || gateway?.endpoint !== undefined) return;
  // What is there and wrong is told already.
  if (gateway?.node.entries.has('endpoint') === true) return;
  for (const { what, place } of needs(katalog)) {
    const message = `${what} needs a gateway: set gateway.endpoint (or gateway.standalone: true, when there is no runtime)`;
    findings.error(place, CODE.gatewayNeeded, message);
  }
};

interface Need {
  readonly what: string;
  readonly place: Place;
}

function needs(katalog: KatalogFile): readonly Need[] {
  const { security, notification } = katalog;
  const found: Need[] = [];
  const { deletionProtection, namespaceProtection, webhooks, conversion } = security ?? {};
  if (deletionProtection !== undefined && deletionProtection.enabled !== false) {
    found.push({ what: 'deletion protection', place: at(deletionProtection) });
  }
  if (namespaceProtection !== undefined && namespaceProtection.enabled !== false) {
    found.push({ what: 'namespace protection', place: at(namespaceProtection) });
  }
  if (webhooks?.admission?.enabled === true) found.push({ what: 'admission', place: at(webhooks, 'admission') });
  if (conversion?.enabled === true) found.push({ what: 'conversion', place: at(conversion) });
  if (notification?.standalone === false && notification.enabled !== false) {
    found.push({ what: '"standalone: false"', place: at(notification, 'standalone') });
  }
  for (const { entry } of enabledEntries(katalog)) {
    if (entry.serve?.enabled === true) found.push({ what: 'serve', place: at(entry, 'serve') });
    if (entry.conversion?.updateCRD === true) {
      found.push({ what: 'updateCRD', place: at(entry.conversion, 'updateCRD') });
    }
  }
  return found;
}
