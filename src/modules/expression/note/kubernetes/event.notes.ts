// Warnings of an object and the annotations of the serve API (docs/reference/notes.md, warnings and serve).
import { SYSTEM_PREFIX } from '../../../common';
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { joined, listAt, textAt } from './object';
import { pathNotes } from './path-notes';

const DATA = {
  children: {
    deployment: {
      _warnings: [
        { reason: 'FailedScheduling', message: 'no node fits' },
        { reason: 'FailedScheduling', message: 'still no node fits' },
      ],
    },
  },
  metadata: {
    annotations: {
      [`${SYSTEM_PREFIX}serve-target`]: 'deploy',
      [`${SYSTEM_PREFIX}serve-alias`]: 'web',
      [`${SYSTEM_PREFIX}serve-source`]: 'github',
    },
  },
};
const warnings = pathNotes(notesOf('warnings'), '.children.deployment', DATA);
const serve = pathNotes(notesOf('serve'), '.', DATA);

function warningTexts(object: Value, field: string): readonly string[] {
  return listAt(object, '_warnings').map((warning) => textAt(warning, field));
}

export const warningNotes: readonly NoteSpec[] = [
  warnings.of(
    'hasWarnings(object any) bool',
    'Whether there are warnings about the object (enrich: events, as for all of this domain).',
    'true',
    (object) => listAt(object, '_warnings').length > 0,
  ),
  warnings.size('warningCount', '_warnings', 'How many warnings.', '2'),
  warnings.texts('warningMessages', '_warnings', 'message', 'Their messages.', 'no node fits, still no node fits'),
  warnings.of('warningReasons(object any) string', 'Their reasons, each once.', 'FailedScheduling', (object) =>
    joined([...new Set(warningTexts(object, 'reason'))]),
  ),
  warnings.of('firstWarning(object any) string', 'The message of the first one.', 'no node fits', (object) =>
    textAt(listAt(object, '_warnings')[0], 'message'),
  ),
];

function serveValue(object: Value, key: string): string {
  return textAt(object, 'metadata', 'annotations', `${SYSTEM_PREFIX}serve-${key}`);
}

const SERVE = [
  ['Target', 'target', 'deploy'],
  ['Alias', 'alias', 'web'],
  ['Source', 'source', 'github'],
] as const;

export const serveNotes: readonly NoteSpec[] = [
  ...SERVE.map(([name, key, output]) =>
    serve.of(
      `getServe${name}(object any) string`,
      `The annotation serve-${key}; empty when missing.`,
      output,
      (object) => serveValue(object, key),
    ),
  ),
  ...SERVE.map(([name, key]) =>
    serve.of(
      `hasServe${name}(object any) bool`,
      `Whether the annotation serve-${key} is set.`,
      'true',
      (object) => serveValue(object, key) !== '',
    ),
  ),
  serve.of(
    'isDirectApply(object any) bool',
    'Whether the object was applied by hand: none of the three annotations is set.',
    'false',
    (object) => SERVE.every(([, key]) => serveValue(object, key) === ''),
  ),
];
