/** Codes of the problems with spellings; documented in docs/reference/problems.md. */
export const SPELLING_CODE = {
  deprecated: 'ORK1501',
  twice: 'ORK1502',
  unknown: 'ORK1503',
  notMigrated: 'ORK1504',
} as const;
