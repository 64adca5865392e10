// Generations of the language: docs/adr/0022-one-table-of-spellings.md.
export { normalise } from './normalise';
export { addSpellings } from './schema-spellings';
