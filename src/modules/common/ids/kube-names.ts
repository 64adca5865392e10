// Forms of the names that Kubernetes knows beside DNS names (apimachinery util/validation).

const QUALIFIED = /^([A-Za-z0-9]|[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9])$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** `name` or `example.org/name`: key of a label or annotation, a finalizer, an extended resource. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  const prefix = slash < 0 ? undefined : text.slice(0, slash);
  return (
    name.length <= 63 && QUALIFIED.test(name) && (prefix === undefined || (prefix.length <= 253 && PREFIX.test(prefix)))
  );
}

/** Value of a label: empty, or at most 63 letters, digits, `-`, `_`, `.` with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED.test(text));
}

/** Key of a ConfigMap or Secret. */
export function isConfigKey(text: string): boolean {
  return /^[-._A-Za-z0-9]{1,253}$/.test(text) && text !== '.' && text !== '..' && text !== '__proto__';
}

/** Name of an environment variable: printable ASCII without `=`. */
export function isVariableName(text: string): boolean {
  return /^[ -<>-~]+$/.test(text);
}
