// What the worker gets to see of a kubeconfig: one context, one cluster, one user, with absolute paths, and what an
// exec plugin expects in its environment (client.authentication.k8s.io).
import { isAbsolute, join, resolve } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { configError } from './config-error';
import { type Named, text } from './kubeconfig';

const CONTEXT = 'current';
const EXEC_INFO = 'KUBERNETES_EXEC_INFO';
const CLUSTER_EXTENSION = 'client.authentication.k8s.io/exec';

/** Whether logging in needs code of others. */
export function needsWorker(user: Named): boolean {
  return isJsonObject(user.value['exec']) || isJsonObject(user.value['auth-provider']);
}

/** A kubeconfig with nothing in it but this login. */
export function loginOnly(cluster: Named, user: Named, owner: string): JsonObject {
  const exec = user.value['exec'];
  const { 'client-certificate': certFile, 'client-key': keyFile, ...rest } = user.value;
  return {
    'current-context': CONTEXT,
    clusters: [{ name: CONTEXT, cluster: { server: cluster.value['server'] } }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
    users: [
      {
        name: CONTEXT,
        user: {
          ...rest,
          ...absolute('client-certificate', certFile, user.folder),
          ...absolute('client-key', keyFile, user.folder),
          ...(isJsonObject(exec) ? { exec: plugin(exec, cluster, user, owner) } : {}),
        },
      },
    ],
  };
}

/** For messages: the command of the plugin and how to get it. */
export function pluginOf(user: Named): {
  readonly command: string | undefined;
  readonly installHint: string | undefined;
} {
  const exec = isJsonObject(user.value['exec']) ? user.value['exec'] : {};
  return { command: text(exec['command']), installHint: text(exec['installHint'])?.trim() };
}

function plugin(exec: JsonObject, cluster: Named, user: Named, owner: string): JsonObject {
  const command = text(exec['command']);
  if (command === undefined) throw configError(`${owner}: exec names no command`);
  if (exec['interactiveMode'] === 'Always') {
    throw configError(`${owner}: the exec plugin "${command}" wants to ask questions, which an operator can't answer`);
  }
  const info: JsonObject = {
    kind: 'ExecCredential',
    apiVersion: exec['apiVersion'] ?? 'client.authentication.k8s.io/v1',
    spec: { interactive: false, ...(exec['provideClusterInfo'] === true ? { cluster: clusterInfo(cluster) } : {}) },
  };
  const env = Array.isArray(exec['env']) ? exec['env'].filter(isJsonObject) : [];
  return {
    ...exec,
    // A command with a slash counts from the kubeconfig, a bare name from PATH.
    command: /[/\\]/.test(command) && !isAbsolute(command) ? join(user.folder, command) : command,
    args: Array.isArray(exec['args']) ? exec['args'] : [],
    env: [...env, { name: EXEC_INFO, value: JSON.stringify(info) }],
  };
}

function clusterInfo({ value }: Named): JsonObject {
  const extensions = Array.isArray(value['extensions']) ? value['extensions'].filter(isJsonObject) : [];
  const config = extensions.find(({ name }) => name === CLUSTER_EXTENSION)?.['extension'];
  return {
    server: value['server'],
    'tls-server-name': value['tls-server-name'],
    'insecure-skip-tls-verify': value['insecure-skip-tls-verify'],
    'certificate-authority-data': value['certificate-authority-data'],
    config,
  };
}

function absolute(key: string, file: JsonValue | undefined, folder: string): JsonObject {
  return typeof file === 'string' && file !== '' ? { [key]: resolve(folder, file) } : {};
}
