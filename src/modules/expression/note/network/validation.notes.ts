// Checks of texts (docs/reference/notes.md, validation and kubevalidation). Patterns have no nested repetition over the
// same characters: their time grows with the text only.
import { isDnsSubdomain } from '../../../common';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { trimSpace } from '../text/go-text';
import { isHttpUrl } from './url';

const validation = notesOf('validation');
const kubernetes = notesOf('kubevalidation');

const QUALIFIED_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const MAX_NAME = 63;

function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= MAX_NAME && QUALIFIED_NAME.test(text));
}

/** A name of 1 to 63 characters, with or without the DNS name of its owner in front. */
function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2 || (parts.length === 2 && !isDnsSubdomain(parts[0] ?? ''))) return false;
  return name.length <= MAX_NAME && QUALIFIED_NAME.test(name);
}

const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~\\u0080-\\u{10ffff}]+";
/** RFC 5322 dot-atom on both sides, or an address literal behind the @. */
const EMAIL = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${ATOM}(?:\\.${ATOM})*|\\[[!-Z^-~]*\\])$`, 'u');
const GIT = /^(?:(?:https?|git|ssh):\/\/\S+|[\w.-]+@[\w.-]+:[\w./~-]+)$/;
const IMAGE_PATH = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const IMAGE = new RegExp(
  `^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?/)?${IMAGE_PATH}(?:/${IMAGE_PATH})*` +
    '(?::\\w[\\w.-]{0,127}|@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$',
);
const MAX_IMAGE = 4096;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isPort(text: string): boolean {
  return /^[+-]?[0-9]{1,19}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

export const validationNotes: readonly NoteSpec[] = [
  validation.note(
    'isValidEmail(text string) bool',
    'Whether it is one bare mail address.',
    ['{{ isValidEmail "ops@example.io" }}', 'true'],
    (text: string) => EMAIL.test(trimSpace(text)),
  ),
  validation.note(
    'isValidGitRepository(text string) bool',
    'Whether it is the address of a Git repository: http, https, git, ssh, or user@host:path.',
    ['{{ isValidGitRepository "git@example.io:acme/shop.git" }}', 'true'],
    (text: string) => GIT.test(text),
  ),
  validation.note(
    'isValidURL(text string) bool',
    'Whether it is an absolute http or https URL.',
    ['{{ isValidURL "https://example.io/docs" }}', 'true'],
    isHttpUrl,
  ),
  validation.note(
    'isValidImageRef(text string) bool',
    'Whether it names a container image, with a tag or a digest.',
    ['{{ isValidImageRef "registry.example.io:5000/team/app:1.4" }}', 'true'],
    (text: string) => text.length <= MAX_IMAGE && IMAGE.test(text),
  ),
  validation.note(
    'isValidJSON(text string) bool',
    'Whether it is JSON, a scalar too.',
    [`{{ isValidJSON "[1, 2]" }}`, 'true'],
    isJson,
  ),
  validation.note(
    'isValidPort(text string) bool',
    'Whether the text is a port number from 1 to 65535.',
    ['{{ isValidPort "8080" }}', 'true'],
    isPort,
  ),
];

export const kubeValidationNotes: readonly NoteSpec[] = [
  kubernetes.note(
    'isValidLabelValue(text string) bool',
    'Whether a label may have this value.',
    ['{{ isValidLabelValue "team a" }}', 'false'],
    isLabelValue,
  ),
  kubernetes.note(
    'isValidLabelKey(text string) bool',
    'Whether a label may have this key.',
    ['{{ isValidLabelKey "example.io/tier" }}', 'true'],
    isQualifiedName,
  ),
  kubernetes.note(
    'isValidAnnotationKey(text string) bool',
    'Whether an annotation may have this key.',
    ['{{ isValidAnnotationKey "example.io/tier" }}', 'true'],
    isQualifiedName,
  ),
  kubernetes.note(
    'isDNS1123Subdomain(text string) bool',
    'Whether it can be the name of an object: lower-case letters, digits, hyphens and dots.',
    ['{{ isDNS1123Subdomain "shop.example-io" }}', 'true'],
    isDnsSubdomain,
  ),
];
