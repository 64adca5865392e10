// What volumes and claims have in common.
import { list, oneOf, optional } from '../../schema';

const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] as const;

/** Spread into volumes and claims. */
export const storageProperties = {
  accessModes: optional(list(oneOf(ACCESS_MODES)), 'Who may mount it at a time; default [ReadWriteOnce].'),
  volumeMode: optional(oneOf(['Filesystem', 'Block']), 'Filesystem (default), or a raw device.'),
} as const;

export const DEFAULT_ACCESS_MODES: readonly string[] = ['ReadWriteOnce'];
