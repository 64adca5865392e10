import { type Property } from './field.types';

/** What a person is told of a property, in sentences: its meaning, default and age, and whether it can be used. */
export function propertyText({
  doc,
  default: value,
  since,
  deprecated,
  later,
}: Omit<Property<unknown>, 'field' | 'required'>): string {
  const sentences = [
    doc,
    ...(value === undefined ? [] : [`Default: ${value}.`]),
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}.`]),
    ...(later === undefined ? [] : [`This version can't run it yet (${later}).`]),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
