// The gateway: who may call it, what it listens to, where it sends CRs.
import { TOKEN_SOURCES } from '../model/gateway.fields';
import { CODE } from './codes';
import { at, enabledEntries, type KatalogRule } from './rule';

export const checkGatewayTokens: KatalogRule = ({ gateway }, findings) => {
  const seen = new Set<string>();
  for (const token of gateway?.api?.auth?.tokens ?? []) {
    findings.oneOf(token, TOKEN_SOURCES, CODE.gatewayToken, 'a token');
    const name = token.name?.text;
    if (name === undefined) continue;
    if (seen.has(name)) findings.error(at(token, 'name'), CODE.gatewayToken, `two tokens are named "${name}"`);
    seen.add(name);
  }
};

export const checkGatewayWebhooks: KatalogRule = (katalog, findings) => {
  const { webhooks } = katalog.gateway ?? {};
  const targets = enabledEntries(katalog).flatMap(({ entry }) => [...(entry.serve?.target?.keys() ?? [])]);
  for (const kind of ['github', 'gitlab', 'slack', 'generic'] as const) {
    const webhook = webhooks?.[kind];
    if (webhook === undefined || webhook.enabled === false) continue;
    findings.oneOf(webhook, ['secretRef', 'secret'], CODE.gatewayWebhook, `the ${kind} webhook`);
    const { target } = webhook;
    if (target === undefined || targets.length === 0 || targets.includes(target.text)) continue;
    findings.error(target.node, CODE.gatewayWebhook, `"${target.text}" is no target of serve`);
  }
};

export const checkGatewayClusters: KatalogRule = ({ gateway }, findings) => {
  for (const cluster of gateway?.clusters?.values() ?? []) {
    findings.oneOf(cluster, ['secretRef', 'tokenRef'], CODE.gatewayCluster, 'a cluster');
    const { tokenRef, caRef, insecure } = cluster;
    if (caRef !== undefined && tokenRef === undefined) {
      findings.error(at(cluster, 'caRef'), CODE.gatewayCluster, '"caRef" needs "tokenRef"');
    }
    if (insecure === true && tokenRef === undefined) {
      findings.error(at(cluster, 'insecure'), CODE.gatewayCluster, '"insecure" needs "tokenRef"');
    }
    if (tokenRef !== undefined && insecure !== true && !cluster.node.entries.has('caRef')) {
      findings.error(at(cluster), CODE.gatewayCluster, '"tokenRef" needs "caRef" (or "insecure: true")');
    }
  }
};
