import { isNotFound, type KubeObject, type ObjectRef } from '../../../src/modules/kube';
import { type Plane } from './plane';

/** Undefined when it doesn't exist. */
export async function find(plane: Plane, ref: ObjectRef): Promise<KubeObject | undefined> {
  try {
    return await plane.api.get(ref);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
