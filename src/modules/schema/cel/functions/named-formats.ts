// Formats of Kubernetes by name: `format.dns1123Label().validate(self.name)` has a value (what is wrong) or none.
import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../../common';
import { hasFormat } from '../../structural/validate/formats';
import { type CelEnvironment, type CelLibrary } from '../library';

class NamedFormat {
  constructor(
    readonly name: string,
    readonly holds: (text: string) => boolean,
  ) {}
}

const isRfc1035Label = (text: string): boolean => text.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text);
/** A name that something is put behind: it may end with a hyphen. */
const asPrefix =
  (holds: (text: string) => boolean) =>
  (text: string): boolean =>
    holds(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -1)}a` : text);
const format =
  (name: string) =>
  (text: string): boolean =>
    hasFormat(text, name);

const FORMATS = new Map(
  Object.entries({
    dns1123Label: isDnsLabel,
    dns1123Subdomain: isDnsSubdomain,
    dns1035Label: isRfc1035Label,
    dns1123LabelPrefix: asPrefix(isDnsLabel),
    dns1123SubdomainPrefix: asPrefix(isDnsSubdomain),
    dns1035LabelPrefix: asPrefix(isRfc1035Label),
    qualifiedName: isQualifiedName,
    labelValue: isLabelValue,
    uri: format('uri'),
    uuid: format('uuid'),
    byte: format('byte'),
    date: format('date'),
    datetime: format('datetime'),
  }).map(([name, holds]) => [name, new NamedFormat(name, holds)]),
);

const TYPE = 'kubernetes.NamedFormat';

export function registerNamedFormats(environment: CelEnvironment, { Optional }: CelLibrary): void {
  environment.registerType(TYPE, { ctor: NamedFormat, fields: {} });
  environment.registerOperator(`${TYPE} == ${TYPE}`, (a: NamedFormat, b: NamedFormat) => a.name === b.name);
  const add = environment.registerFunction.bind(environment);
  for (const [name, found] of FORMATS) add(`format_${name}(): ${TYPE}`, () => found);
  add(`format_named(string): optional<${TYPE}>`, (name: string) => {
    const found = FORMATS.get(name);
    return found === undefined ? Optional.none() : Optional.of(found);
  });
  add(`${TYPE}.validate(string): optional<list<string>>`, ({ name, holds }: NamedFormat, text: string) =>
    holds(text) ? Optional.none() : Optional.of([`must be a valid ${name}`]),
  );
}
