// The names of a definition: those that it asks for, and those that it got.
import { type JsonObject } from '../../../common';
import { type FieldCause, invalidCause, requiredCause } from '../../../schema';
import { items, textAt } from '../../kinds';
import { rfc1035LabelProblems } from '../../selectors';

const MIXED = 'may have mixed case, but should otherwise match: ';

/** What a definition has to say; what it leaves out was filled in before. */
export function neededNameProblems(names: JsonObject | undefined): readonly FieldCause[] {
  return ['plural', 'singular', 'kind', 'listKind'].flatMap((member) =>
    textAt(names, member) === '' ? [requiredCause(`spec.names.${member}`)] : [],
  );
}

export function namesProblems(names: JsonObject | undefined, path: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const label = (value: string, field: string, prefix = ''): void => {
    const texts = rfc1035LabelProblems(prefix === '' ? value : value.toLowerCase());
    if (texts.length > 0) problems.push(invalidCause(field, value, prefix + texts.join(',')));
  };
  const one = (member: string, prefix?: string): void => {
    const value = textAt(names, member);
    if (value !== '') label(value, `${path}.${member}`, prefix);
  };
  const several = (member: string): void => {
    items(names, member).forEach((name, index) => {
      if (typeof name === 'string') label(name, `${path}.${member}[${index}]`);
    });
  };
  one('plural');
  one('singular');
  one('kind', MIXED);
  one('listKind', MIXED);
  several('shortNames');
  const kind = textAt(names, 'kind');
  if (kind !== '' && kind === textAt(names, 'listKind')) {
    problems.push(invalidCause(`${path}.listKind`, kind, 'kind and listKind may not be the same'));
  }
  several('categories');
  return problems;
}
