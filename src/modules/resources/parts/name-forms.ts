// What a template can give where Kubernetes takes a name or the value of a label.
import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../common';
import { type ResultForm } from '../../expression';
import { type KindFacts } from '../resource-kind';

function nameForm(words: string, isOne: (text: string) => boolean, characters: RegExp): ResultForm {
  return {
    words,
    problem: (text) => (isOne(text) ? undefined : `expected ${words}, found "${text}"`),
    kinds: ['string', 'int', 'float', 'bool'],
    takesNames: true,
    characters,
  };
}

const LABEL = nameForm('a name (lower-case letters, digits, "-")', isDnsLabel, /[a-z0-9-]/);
const SUBDOMAIN = nameForm('a name (lower-case letters, digits, "-", ".")', isDnsSubdomain, /[a-z0-9.-]/);

/** By the form of the names of a kind. */
export const NAME_FORMS: Readonly<Record<KindFacts['nameForm'], ResultForm>> = { label: LABEL, subdomain: SUBDOMAIN };
export const NAMESPACE = nameForm('a namespace (lower-case letters, digits, "-")', isDnsLabel, /[a-z0-9-]/);
export const LABEL_VALUE = nameForm('a label value (letters, digits, "-", "_", ".")', isLabelValue, /[A-Za-z0-9._-]/);

/** The API server wants a domain in front. */
export const FINALIZER_NAME = nameForm(
  'a finalizer (example.org/name)',
  (text) => text.includes('/') && isQualifiedName(text),
  /[A-Za-z0-9._/-]/,
);
