// The YAML language of notes that a Katalog declares: docs/reference/katalog.md, note.
import { type SourceNode, type SourceText } from '../../common';
import { type Field, list, literal, mapOf, object, optional, required, text } from '../../schema';

/** One function of a Katalog as decoded; what could not be read is undefined, and a problem. */
export interface UserNoteFields {
  readonly name: SourceText | undefined;
  readonly expression: SourceText | undefined;
  readonly description: SourceText | undefined;
  readonly node: SourceNode;
}

const note: Field<UserNoteFields> = object('note', {
  name: required(literal, 'What templates call: a letter or "_", then letters, digits, "_".'),
  expression: required(text, 'A template over the data of the template that calls the note.'),
  description: optional(literal, 'What it is for.'),
});

const byName = mapOf(text);
const entries = list(note);

/** `functions:` is a list of notes, or in short a map from names to expressions. */
export const userNoteList: Field<readonly UserNoteFields[]> = {
  typeName: `${entries.typeName}, or map from name to expression`,
  shape: { kind: 'either', alternatives: [entries, byName] },
  decode(node, context) {
    if (node.kind !== 'map') return entries.decode(node, context);
    const expressions = byName.decode(node, context) ?? new Map<string, SourceText>();
    return [...expressions].map(([key, expression]): UserNoteFields => {
      const position = node.entries.get(key)?.keyPosition ?? node.position;
      const name: SourceText = {
        text: key,
        node: {
          kind: 'scalar',
          position,
          path: expression.node.path,
          value: key,
          text: key,
          style: 'plain',
          locate: () => position,
        },
      };
      return { name, expression, description: undefined, node: expression.node };
    });
  },
};
