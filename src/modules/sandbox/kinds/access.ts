// RBAC kinds, and the reviews that ask what somebody may do: the sandbox allows everything to everybody it knows.
import { jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, notSupportedCause, requiredCause } from '../../schema';
import { ensurePart, fill, items, part, parts, textAt } from './draft';
import { invalidInternal } from './go-form';
import { type KindStrategy } from './kind-strategy';

const RBAC = 'rbac.authorization.k8s.io';

function ruleProblems(object: JsonObject, isNamespaced: boolean): readonly FieldCause[] {
  return parts(object, 'rules').flatMap((rule, index) => {
    const at = `rules[${index}]`;
    const has = (member: string): boolean => items(rule, member).length > 0;
    const problems: FieldCause[] = [];
    if (!has('verbs')) problems.push(requiredCause(`${at}.verbs`, 'verbs must contain at least one value'));
    if (has('nonResourceURLs')) {
      if (isNamespaced) {
        const message = 'Invalid value: ' + JSON.stringify(items(rule, 'nonResourceURLs'));
        const detail = 'namespaced rules cannot apply to non-resource URLs';
        problems.push({
          reason: 'FieldValueInvalid',
          field: `${at}.nonResourceURLs`,
          message: `${message}: ${detail}`,
        });
      }
      return problems;
    }
    if (!has('apiGroups')) {
      problems.push(requiredCause(`${at}.apiGroups`, 'resource rules must supply at least one api group'));
    }
    if (!has('resources')) {
      problems.push(requiredCause(`${at}.resources`, 'resource rules must supply at least one resource'));
    }
    return problems;
  });
}

function roleStrategy(isNamespaced: boolean): KindStrategy {
  const problems = (object: JsonObject): readonly FieldCause[] => ruleProblems(object, isNamespaced);
  return {
    validate: problems,
    validateUpdate: problems,
    hasGeneration: false,
    nameForm: 'pathSegment',
    allowsCreateOnUpdate: true,
  };
}

function bindingProblems(object: JsonObject, kinds: readonly string[], isNamespaced: boolean): readonly FieldCause[] {
  const reference = part(object, 'roleRef');
  const group = textAt(reference, 'apiGroup');
  const kind = textAt(reference, 'kind');
  const problems: FieldCause[] = [];
  if (group !== RBAC) problems.push(notSupportedCause('roleRef.apiGroup', group, [RBAC]));
  if (!kinds.includes(kind)) problems.push(notSupportedCause('roleRef.kind', kind, kinds));
  if (textAt(reference, 'name') === '') problems.push(requiredCause('roleRef.name'));
  if (problems.length > 0) return problems;
  return parts(object, 'subjects').flatMap((subject, index) =>
    subjectProblems(subject, `subjects[${index}]`, isNamespaced),
  );
}

function subjectProblems(subject: JsonObject, path: string, isNamespaced: boolean): readonly FieldCause[] {
  const kind = textAt(subject, 'kind');
  const group = textAt(subject, 'apiGroup');
  const problems: FieldCause[] = textAt(subject, 'name') === '' ? [requiredCause(`${path}.name`)] : [];
  if (kind === 'ServiceAccount') {
    if (group !== '') problems.push(notSupportedCause(`${path}.apiGroup`, group, ['']));
    if (!isNamespaced && textAt(subject, 'namespace') === '') problems.push(requiredCause(`${path}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    if (group !== RBAC) problems.push(notSupportedCause(`${path}.apiGroup`, group, [RBAC]));
  } else problems.push(notSupportedCause(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group']));
  return problems;
}

function bindingKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  if (jsonEquals(object['roleRef'], old['roleRef'])) return [];
  return [invalidInternal('roleRef', 'rbac.RoleRef', object['roleRef'], 'cannot change roleRef')];
}

function bindingStrategy(kinds: readonly string[], isNamespaced: boolean): KindStrategy {
  return {
    default: (draft) => {
      fill(ensurePart(draft, 'roleRef'), { apiGroup: RBAC });
      for (const subject of parts(draft, 'subjects')) {
        if (subject['kind'] !== 'ServiceAccount') fill(subject, { apiGroup: RBAC });
      }
    },
    validate: (object) => bindingProblems(object, kinds, isNamespaced),
    validateUpdate: (object, old) => [...bindingProblems(object, kinds, isNamespaced), ...bindingKept(object, old)],
    hasGeneration: false,
    nameForm: 'pathSegment',
    allowsCreateOnUpdate: true,
  };
}

export const roles = roleStrategy(true);
export const clusterRoles = roleStrategy(false);
export const roleBindings = bindingStrategy(['Role', 'ClusterRole'], true);
export const clusterRoleBindings = bindingStrategy(['ClusterRole'], false);

/** Answers a POST with what came in and this status; nothing is stored. */
function review(status: (draft: JsonObject) => JsonObject): KindStrategy {
  return { respond: (draft) => ({ ...draft, status: status(draft) }), hasGeneration: false };
}

const ALLOWED: JsonObject = { allowed: true };

export const accessReviews: KindStrategy = review(() => ALLOWED);
const HEALTH_PATHS = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

/** What everybody may who is logged in, and what the administrator may. */
export const rulesReviews: KindStrategy = review(() => ({
  resourceRules: [
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    },
    { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  ],
  nonResourceRules: [
    { verbs: ['get'], nonResourceURLs: HEALTH_PATHS },
    { verbs: ['*'], nonResourceURLs: ['*'] },
    {
      verbs: ['get'],
      nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...HEALTH_PATHS].sort(),
    },
  ],
  incomplete: false,
}));
const ADMINISTRATOR: JsonObject = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };

/** Knows one token: the administrator's. */
export function tokenReviews(token: string): KindStrategy {
  return review((draft) =>
    textAt(part(draft, 'spec'), 'token') === token
      ? { authenticated: true, user: ADMINISTRATOR }
      : { user: {}, error: 'invalid bearer token' },
  );
}

export const selfReviews: KindStrategy = review(() => ({ userInfo: ADMINISTRATOR }));

function fillWebhooks(draft: MutableJsonObject, isMutating: boolean): void {
  for (const webhook of parts(draft, 'webhooks')) {
    fill(webhook, {
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
      ...(isMutating ? { reinvocationPolicy: 'Never' } : {}),
    });
    fill(part(part(webhook, 'clientConfig'), 'service'), { port: 443 });
    for (const rule of parts(webhook, 'rules')) fill(rule, { scope: '*' });
  }
}

function webhookProblems(object: JsonObject): readonly FieldCause[] {
  return parts(object, 'webhooks').flatMap((webhook, index) => {
    const at = `webhooks[${index}]`;
    const problems: FieldCause[] = [];
    if (textAt(webhook, 'name') === '') problems.push(requiredCause(`${at}.name`));
    const effects = textAt(webhook, 'sideEffects');
    if (effects === '') problems.push(requiredCause(`${at}.sideEffects`, 'must specify one of None, NoneOnDryRun'));
    else if (!['None', 'NoneOnDryRun'].includes(effects)) {
      problems.push(notSupportedCause(`${at}.sideEffects`, effects, ['None', 'NoneOnDryRun']));
    }
    const config = part(webhook, 'clientConfig');
    if (textAt(config, 'url') === '' && part(config, 'service') === undefined) {
      problems.push(requiredCause(`${at}.clientConfig`, 'exactly one of url or service is required'));
    }
    if (items(webhook, 'admissionReviewVersions').length === 0) {
      const detail = 'must specify one of v1, v1beta1';
      problems.push(requiredCause(`${at}.admissionReviewVersions`, detail));
    }
    return problems;
  });
}

function webhookStrategy(isMutating: boolean): KindStrategy {
  return {
    default: (draft) => fillWebhooks(draft, isMutating),
    validate: webhookProblems,
    validateUpdate: webhookProblems,
    hasGeneration: true,
    allowsUnconditionalUpdate: false,
  };
}

export const mutatingWebhooks = webhookStrategy(true);
export const validatingWebhooks = webhookStrategy(false);
