// Texts of a form: what a person may get wrong in them is told where it stands, with an example of what is right.
import { isConfigKey, isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName, type SourceText } from '../../common';
import { patternOf } from '../structural/validate/patterns';
import { type KeyRule } from './composites';
import { type Field } from './field.types';
import { CODE_BAD_VALUE, NO_TEMPLATE, reportAt, scalarField } from './scalars';

interface Format {
  /** `a date such as 2027-01-31`: stands behind "expected". */
  readonly words: string;
  readonly test: (text: string) => boolean;
  /** May be a template; then nothing is known of its text. */
  readonly template?: boolean;
  /** As ScalarShape has it; default: what is no template. */
  readonly pattern?: string;
}

/** A text of a form. */
export function format({
  words,
  test,
  template = false,
  pattern = template ? undefined : NO_TEMPLATE,
}: Format): Field<SourceText> {
  const shape = {
    kind: 'scalar',
    accepts: 'text',
    ...(pattern === undefined ? {} : { pattern }),
    ...(template ? { template } : {}),
    isForm: true,
  } as const;
  return scalarField(words, shape, (node, context) => {
    const { text } = node;
    if (template && text.includes('{{')) return { text, node };
    if (test(text)) return { text, node };
    const why = !template && text.includes('{{') ? ' (templates are not allowed here)' : '';
    reportAt(node, CODE_BAD_VALUE, `expected ${words}, found "${text}"${why}`, context);
    return undefined;
  });
}

/** Semantic Versioning 2.0.0, without a `v` in front. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const COMPARATOR = /^(>=|<=|>|<|=|\^|~)?\s*v?(\d+|x|\*)(\.(\d+|x|\*)(\.(\d+|x|\*)(-[0-9A-Za-z.-]+)?)?)?$/;

export const semver = format({ words: 'a version such as 1.2.3', test: (text) => SEMVER.test(text) });

/** Comparators (all of them), alternatives with `||`, spans with ` - `. */
export const semverRange = format({
  words: 'a range of versions such as ">=1.28 <1.34"',
  test: (text) =>
    text.split('||').every((part) => {
      const [low, high, ...more] = part.trim().split(/\s+-\s+/);
      if (high !== undefined) return more.length === 0 && [low, high].every((one) => COMPARATOR.test(one ?? ''));
      const comparators = part
        .trim()
        .replaceAll(/(>=|<=|>|<|=|\^|~)\s+/g, '$1')
        .split(/[\s,]+/);
      return comparators.every((one) => COMPARATOR.test(one));
    }),
});

/** ISO 8601 calendar date that exists. */
export const date = format({
  words: 'a date such as 2027-01-31',
  test(text) {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (match === null) return false;
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const found = new Date(Date.UTC(year, month - 1, day));
    return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
  },
});

/** Braces do not stand in a URL (RFC 3986 §2): a template is none. */
function isUrl(text: string, schemes: readonly string[]): boolean {
  if (/[{}]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return schemes.includes(protocol.slice(0, -1)) && host !== '';
}

/** Absolute http or https URL. */
export const httpUrl = format({
  words: 'a URL such as https://example.org',
  test: (text) => isUrl(text, ['http', 'https']),
});

const ENV_REFERENCE = /^\$([A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*\})$/;

/** `$NAME` or `${NAME}`: the value stands in the environment, never in the file. */
export const envReference = format({
  words: 'a reference to the environment such as $API_TOKEN (secrets never stand in the file)',
  test: (text) => ENV_REFERENCE.test(text),
});

/** Name of an environment variable. */
export const envName = format({
  words: 'the name of an environment variable such as API_TOKEN',
  test: (text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text),
});

/** An http(s) URL, or the variable of the environment that holds it. */
export const urlOrEnv = format({
  words: 'a URL such as https://example.org, or a variable such as $SLACK_URL',
  test: (text) => ENV_REFERENCE.test(text) || isUrl(text, ['http', 'https']),
});

/** Absolute http(s) URL, or a template that gives one. */
export const urlTemplate = format({
  words: 'a URL such as https://example.org, or a template',
  test: (text) => isUrl(text, ['http', 'https']),
  template: true,
});

/** Name of an object in a namespace (RFC 1123 subdomain). */
export const objectName = format({
  words: 'the name of an object (lower-case letters, digits, "-" and ".")',
  test: isDnsSubdomain,
});

/** Name of an object, or a template that gives one. */
export const objectNameTemplate = format({
  words: 'the name of an object, or a template',
  test: isDnsSubdomain,
  template: true,
});

/** Name of a namespace, or a template that gives one. */
export const namespaceTemplate = format({ words: 'a namespace, or a template', test: isDnsLabel, template: true });

/** `v1` or `apps/v1`. */
export const apiVersion = format({
  words: 'an apiVersion such as v1 or apps/v1',
  test: (text) => /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[0-9]+((alpha|beta)[0-9]+)?$/.test(text),
});

/** `v1beta1`: a version without its group. */
export const bareVersion = format({
  words: 'a version such as v1 or v1beta1, without its group',
  test: (text) => /^v[0-9]+((alpha|beta)[0-9]+)?$/.test(text),
});

/** `Website`. */
export const kindName = format({
  words: 'a kind such as Website',
  test: (text) => /^[A-Z][A-Za-z0-9]*$/.test(text),
});

/** A name that code may have: of a function, a variable, a key behind a dot. */
export const identifier = format({
  words: 'a name of letters, digits and "_"',
  test: (text) => /^[A-Za-z_]\w*$/.test(text),
});

/** `spec.size`: steps of map keys. */
export const dataPath = format({
  words: 'a path such as spec.size',
  test: (text) => /^[A-Za-z_$][-\w$]*(\.[A-Za-z_$][-\w$]*)*$/.test(text),
});

/** A path of the data, or a template. */
export const dataPathTemplate = format({
  words: 'a path such as spec.size, or a template',
  test: (text) => /^[^.\s{}]+(\.[^.\s{}]+)*$/.test(text),
  template: true,
});

/** An address of a mailbox, as far as a form can tell. */
export const email = format({
  words: 'a mail address such as team@example.org',
  test: (text) => /^[^\s@<>"{}]+@[^\s@<>"{}]+$/.test(text),
});

/** RE2, as everywhere in the language. */
export const pattern = format({
  words: 'an RE2 pattern',
  test: (text) => patternOf(text) !== undefined,
  pattern: '',
});

/** A decimal number within bounds. */
export function decimal(minimum: number, maximum: number): Field<number> {
  const words = `a number from ${minimum} to ${maximum}`;
  return scalarField(words, { kind: 'scalar', accepts: 'text', isForm: true }, (node, context) => {
    const value = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(node.text) ? Number(node.text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    reportAt(node, CODE_BAD_VALUE, `expected ${words}, found "${node.text}"`, context);
    return undefined;
  });
}

/** Key of the data of a ConfigMap or Secret. */
export const configKeyName = format({
  words: 'a key of data (letters, digits, "-", "_" and ".")',
  test: isConfigKey,
});

/** Name of an HTTP header (RFC 9110). */
export const headerName = format({
  words: 'the name of a header such as Authorization',
  test: (text) => /^[-!#$%&'*+.^_`|~\w]+$/.test(text),
});

/** Value of a label. */
export const labelValue = format({ words: 'a label value', test: isLabelValue });

/** Keys of labels are never templates. */
export const labelKey: KeyRule = (key) =>
  isQualifiedName(key) ? undefined : `"${key}" is not a label key (and keys are never templates)`;
