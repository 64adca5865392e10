// The gateway process: docs/reference/katalog.md, gateway.
import { secretRef } from '../../expression';
import {
  bool,
  configKeyName,
  dataPath,
  dnsLabel,
  envReference,
  extendedDurationBetween,
  httpUrl,
  list,
  literal,
  mapOf,
  object,
  objectName,
  optional,
  required,
  text,
} from '../../schema';
import { include, orFileName } from './include';

const rotatingSecretRef = object('token secretRef', {
  name: required(objectName, 'Name of the Secret; made when it is not there.'),
  key: required(configKeyName, 'Key in its data.'),
  namespace: optional(dnsLabel, 'Where the Secret is.', { default: 'the namespace of Orkestra' }),
  rotateAfter: optional(extendedDurationBetween(60_000, 3_650 * 86_400_000), 'A new token after this time.'),
});

const claims = mapOf(literal);
const audience = optional(literal, 'Expected audience.');

const githubOIDC = object('githubOIDC', {
  repository: required(literal, 'owner/name; a "*" stands for any name.'),
  ref: optional(literal, 'Branch or tag.'),
  environment: optional(literal, 'Environment of the deployment.'),
  audience,
});

const gitlabOIDC = object('gitlabOIDC', {
  url: optional(httpUrl, 'The GitLab.', { default: 'https://gitlab.com' }),
  project: required(literal, 'Path of the project.'),
  ref: optional(literal, 'Branch or tag.'),
  audience,
});

const vaultOIDC = object('vaultOIDC', {
  url: required(httpUrl, 'The Vault.'),
  role: required(literal, 'Role of the token.'),
  audience,
});

const oidc = object('oidc', {
  issuer: required(httpUrl, 'Who signs the tokens.'),
  audience: required(literal, 'Expected audience.'),
  claims: optional(claims, 'Claims that a token must have, with these values.'),
});

const token = object('gateway token', {
  name: required(dnsLabel, 'Name of who calls; serve.tokens gives it permissions.'),
  secretRef: optional(rotatingSecretRef, 'The token stands in a Secret.'),
  token: optional(envReference, 'The token stands in the environment.'),
  githubOIDC: optional(githubOIDC, 'A job of GitHub Actions.'),
  gitlabOIDC: optional(gitlabOIDC, 'A job of GitLab CI.'),
  vaultOIDC: optional(vaultOIDC, 'An identity of Vault.'),
  oidc: optional(oidc, 'Any other issuer of OpenID Connect.'),
});

/** The keys of which a token has exactly one. */
export const TOKEN_SOURCES = ['secretRef', 'token', 'githubOIDC', 'gitlabOIDC', 'vaultOIDC', 'oidc'] as const;

const inbound = {
  enabled: optional(bool, 'Whether it is listened to.', { default: 'true' }),
  path: optional(literal, 'Path behind /webhooks.', { default: 'the name of the kind' }),
  secretRef: optional(secretRef, 'The secret that signs requests stands in a Secret; excludes secret.'),
  secret: optional(envReference, 'The secret that signs requests stands in the environment; excludes secretRef.'),
  target: optional(literal, 'Target of serve that the request becomes.'),
  fields: optional(mapOf(text), 'Fields of the intent: templates over the request.'),
};

const webhooks = object('gateway webhooks', {
  github: optional(
    object('github webhook', { ...inbound, branches: optional(list(literal), 'Pushes to these branches.') }),
    'Pushes of GitHub.',
  ),
  gitlab: optional(
    object('gitlab webhook', { ...inbound, branches: optional(list(literal), 'Pushes to these branches.') }),
    'Pushes of GitLab.',
  ),
  slack: optional(
    object('slack webhook', { ...inbound, commands: optional(list(literal), 'These slash commands.') }),
    'Commands of Slack.',
  ),
  generic: optional(
    object('generic webhook', {
      ...inbound,
      excluded: optional(list(dataPath), 'Paths of the body that are dropped.'),
    }),
    'Any other sender of JSON.',
  ),
});

const cluster = object('gateway cluster', {
  endpoint: required(httpUrl, 'Its API server.'),
  secretRef: optional(secretRef, 'A kubeconfig in a Secret; excludes tokenRef and caRef.'),
  tokenRef: optional(secretRef, 'A token in a Secret; goes with caRef (or insecure).'),
  caRef: optional(secretRef, 'The CA of the API server in a Secret.'),
  insecure: optional(bool, 'The certificate of the API server is not checked; only with tokenRef.', {
    default: 'false',
  }),
});

export const gatewayField = object('gateway', {
  enabled: optional(bool, 'A gateway is expected.', { default: 'false' }),
  standalone: optional(bool, 'A gateway without a runtime.', { default: 'false' }),
  endpoint: optional(httpUrl, 'Where the runtime finds it.', { default: 'ORK_GATEWAY_ENDPOINT' }),
  api: optional(
    object('gateway api', {
      enabled: optional(bool, 'The Serve API.', { default: 'false' }),
      auth: optional(
        object('gateway auth', { tokens: optional(list(token), 'Who may call.'), include: include('tokens') }),
        'Who may call.',
      ),
    }),
    'CRs over HTTP.',
  ),
  webhooks: optional(webhooks, 'Requests of other systems that become CRs.'),
  clusters: optional(
    mapOf(orFileName(cluster)),
    'Other clusters that CRs may be sent to; "include" names a file with more.',
  ),
});
