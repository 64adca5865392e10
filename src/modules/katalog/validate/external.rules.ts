// Calls to other systems, wherever they stand.
import { ProblemList } from '../../common';
import { walkFields } from '../../schema';
import { crdField } from '../model/crd.fields';
import { type externalCall, externalList } from '../model/external.fields';
import { CODE } from './codes';
import { at, type EntryRule, type Findings } from './rule';

type Call = NonNullable<ReturnType<typeof externalCall.decode>>;

/** Schemes of the URL of a protocol. */
const SCHEMES: Readonly<Record<NonNullable<Call['protocol']>, readonly string[]>> = {
  http: ['http', 'https'],
  redis: ['redis', 'rediss'],
  prometheus: ['http', 'https'],
  postgres: ['postgres', 'postgresql'],
  mongo: ['mongodb', 'mongodb+srv'],
  grpc: ['grpc', 'grpcs', 'http', 'https'],
  kafka: ['kafka', 'kafkas'],
  nats: ['nats', 'tls'],
  mqtt: ['mqtt', 'mqtts'],
};

const HTTP_ONLY = ['method', 'body', 'headers', 'expectedStatus'];

export const checkExternal: EntryRule = ({ entry }, findings) => {
  walkFields({ field: crdField, node: entry.node, place: '' }, ({ field, node }) => {
    if (field !== externalList) return true;
    const seen = new Set<string>();
    for (const call of externalList.decode(node, { problems: new ProblemList() }) ?? []) {
      const name = call.name?.text;
      if (name !== undefined && seen.has(name)) {
        findings.error(at(call, 'name'), CODE.external, `two calls of one list are named "${name}"`);
      }
      if (name !== undefined) seen.add(name);
      checkCall(call, findings);
    }
    return false;
  });
};

function checkCall(call: Call, findings: Findings): void {
  const protocol = call.protocol ?? 'http';
  const { url, auth } = call;
  const scheme = url === undefined ? undefined : /^([a-z][a-z0-9+.-]*):\/\/./.exec(url.text)?.[1];
  // A template may give the scheme, too.
  const isOpen = url === undefined || url.text.startsWith('{{');
  if (!isOpen && (scheme === undefined || !SCHEMES[protocol].includes(scheme))) {
    const known = SCHEMES[protocol].map((one) => `${one}://`).join(' or ');
    findings.error(url.node, CODE.external, `expected a URL of protocol ${protocol} (${known}), found "${url.text}"`);
  }
  if (protocol !== 'http') {
    for (const key of HTTP_ONLY) {
      if (!call.node.entries.has(key)) continue;
      findings.error(at(call, key), CODE.external, `"${key}" belongs to protocol http, not to ${protocol}`);
    }
  }
  if (auth !== undefined) findings.oneOf(auth, ['secretRef', 'env'], CODE.external, 'auth');
}
