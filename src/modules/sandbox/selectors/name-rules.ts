// What is wrong with a name, in the words of apimachinery's validation. The forms themselves are facts of DNS and of
// Kubernetes' label syntax.

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const RFC1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const VALUE = `(${KEY})?`;

const isLabel = new RegExp(`^${LABEL}$`);
const isSubdomain = new RegExp(`^${SUBDOMAIN}$`);
const isRfc1035Label = new RegExp(`^${RFC1035_LABEL}$`);
const isKey = new RegExp(`^${KEY}$`);
const isValue = new RegExp(`^${VALUE}$`);

const KEY_RULE = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${KEY}')`;

/** Names are measured in characters, keys and values of labels in bytes: the validators say so. */
type Unit = 'characters' | 'bytes';

function tooLong(limit: number, unit: Unit = 'bytes'): string {
  return `must be no more than ${limit} ${unit}`;
}

export function subdomainProblems(name: string, unit: Unit = 'characters'): readonly string[] {
  return [
    ...(name.length > 253 ? [tooLong(253, unit)] : []),
    ...(isSubdomain.test(name)
      ? []
      : [
          `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
        ]),
  ];
}

export function labelProblems(name: string): readonly string[] {
  const problems = name.length > 63 ? [tooLong(63, 'characters')] : [];
  if (isLabel.test(name)) return problems;
  return [
    ...problems,
    isSubdomain.test(name)
      ? 'must not contain dots'
      : `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
  ];
}

export function rfc1035LabelProblems(name: string): readonly string[] {
  return [
    ...(name.length > 63 ? [tooLong(63, 'characters')] : []),
    ...(isRfc1035Label.test(name)
      ? []
      : [
          `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${RFC1035_LABEL}')`,
        ]),
  ];
}

export function pathSegmentProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return pathPrefixProblems(name);
}

export function pathPrefixProblems(name: string): readonly string[] {
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
}

/** Key of a label or annotation, name of a finalizer. */
export function qualifiedNameProblems(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [`a valid label key ${KEY_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts.at(-1) ?? '';
  const problems: string[] = [];
  if (parts.length === 2) {
    const [prefix = ''] = parts;
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...subdomainProblems(prefix, 'bytes').map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push(`name part ${tooLong(63)}`);
  if (!isKey.test(name)) problems.push(`name part ${KEY_RULE}`);
  return problems;
}

export function labelValueProblems(value: string): readonly string[] {
  return [
    ...(value.length > 63 ? [tooLong(63)] : []),
    ...(isValue.test(value)
      ? []
      : [
          `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${VALUE}')`,
        ]),
  ];
}
