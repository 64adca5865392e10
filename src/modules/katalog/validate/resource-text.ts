/** `spec.tier is "gold" and spec.size is not set`: the fields of a resource that a finding needs. */
export function resourceText(fields: ReadonlyMap<string, string>): string {
  return [...fields].map(([path, text]) => `${path} ${text === '' ? 'is not set' : `is "${text}"`}`).join(' and ');
}
