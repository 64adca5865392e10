// Generations of the language: docs/adr/0022-one-table-of-spellings.md.
export { type Migration, migrateText } from './migrate/migrate-text';
export { normalise } from './normalise';
export { addSpellings } from './schema-spellings';
export { PlaceInFile, segmentsOf } from './places';
export type { Spelling } from './spellings';
