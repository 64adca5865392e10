// `ork explain`: the language on the screen, from its description.
import pc from 'picocolors';
import { type ExplainedField, explainKatalog, schemaAt, type UnusableField } from '../../modules/katalog';

export interface ExplainOptions {
  /** Only names and types, of everything below. */
  readonly recursive: boolean;
}

/** The text to print. Throws an OrkestraError for a path that is not there, with the nearest name. */
export function explain(path: string, { recursive }: ExplainOptions): string {
  const { path: place, type, doc, fields, unsupported, ineffective, deprecated, formerly } = explainKatalog(path);
  const lines = [`${pc.bold('FIELD:')}  ${place === '' ? '(the file)' : place} ${angled(type)}`, '', `    ${doc}`];
  if (deprecated !== undefined) {
    const { old, canonical } = deprecated;
    lines.push('', `    "${old}" is a deprecated spelling: write ${canonical}, or let ork migrate --write do it.`);
  }
  if (formerly.length > 0) {
    lines.push('', pc.bold('OLDER SPELLINGS:'), ...formerly.map((one) => `  ${one.old} in ${one.place}`));
  }
  if (fields.length > 0) lines.push('', pc.bold('FIELDS:'), ...(recursive ? tree(fields, 1) : described(fields)));
  lines.push(...table('NOT SUPPORTED YET:', unsupported), ...table('WITHOUT EFFECT HERE:', ineffective));
  return `${lines.join('\n')}\n`;
}

/** The JSON Schema of a Katalog, or of the kind of file that the path begins with, as the package ships it. */
export function schemaText(path = ''): string {
  return `${JSON.stringify(schemaAt(path), null, 2)}\n`;
}

const angled = (type: string): string => pc.dim(`<${type}>`);

function headOf({ name, type, required }: ExplainedField): string {
  return `${name} ${angled(type)}${required ? ' -required-' : ''}`;
}

function described(fields: readonly ExplainedField[]): readonly string[] {
  return fields.flatMap((field) => [`  ${headOf(field)}`, `      ${field.doc}`]);
}

function table(title: string, fields: readonly UnusableField[]): readonly string[] {
  if (fields.length === 0) return [];
  const width = Math.max(...fields.map(({ name }) => name.length));
  return ['', pc.bold(title), ...fields.map(({ name, reason }) => `  ${name.padEnd(width)}  ${reason}`)];
}

function tree(fields: readonly ExplainedField[], depth: number): readonly string[] {
  return fields.flatMap((field) => [`${'  '.repeat(depth)}${headOf(field)}`, ...tree(field.fields, depth + 1)]);
}
