import { jsonEquals, type JsonObject } from '../../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { part } from '../../kinds';
import { MANAGER, PODS } from './workload-resources';

/** The whole status of an object that was read just now; nothing is sent when it says the same. */
export async function writeStatus(api: KubeApi, ref: ObjectRef, object: KubeObject, status: JsonObject): Promise<void> {
  const old = part(object, 'status');
  if (jsonEquals(status, old)) return;
  const gone = Object.keys(old ?? {}).map((member) => [member, null] as const);
  const body = { status: { ...Object.fromEntries(gone), ...status } };
  await api.patch(ref, { type: 'merge', body, subresource: 'status', fieldManager: MANAGER });
}

/** Also when it is gone already. */
export async function deletePod(api: KubeApi, { metadata }: KubeObject): Promise<void> {
  const { name, uid, namespace = '' } = metadata;
  try {
    await api.delete({ resource: PODS, namespace, name }, uid === undefined ? {} : { uid });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
