// Notes that only read a place in an object: most of those about Kubernetes.
import { type JsonObject } from '../../../common';
import { type Value } from '../../template/value';
import { type NoteWriter } from '../notes-of';
import { type NoteSpec } from '../registry';
import { at, countAt, joined, listAt, textAt } from './object';

type PathNote = (name: string, path: string, doc: string, output: string) => NoteSpec;

/** Writes notes `name(object any) ...` whose example runs on `data`. */
export interface PathNotes {
  readonly text: PathNote;
  readonly count: PathNote;
  /** Length of a list. */
  readonly size: PathNote;
  /** `field` of each item of a list, joined; the item itself when field is empty. */
  readonly texts: (name: string, path: string, field: string, doc: string, output: string) => NoteSpec;
  /** Anything else. */
  readonly of: (signature: string, doc: string, output: string, call: (object: Value) => Value) => NoteSpec;
}

/** `argument` is what the examples pass: `.children.deployment`. Steps of a path that are digits are indexes. */
export function pathNotes({ note }: NoteWriter, argument: string, data: JsonObject): PathNotes {
  const steps = (path: string): (string | number)[] =>
    path.split('.').map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
  const write = (signature: string, doc: string, output: string, call: (object: Value) => Value): NoteSpec =>
    note(signature, doc, [`{{ ${signature.slice(0, signature.indexOf('('))} ${argument} }}`, output, data], call);
  return {
    of: write,
    text: (name, path, doc, output) => {
      const keys = steps(path);
      return write(`${name}(object any) string`, doc, output, (object) => textAt(object, ...keys));
    },
    count: (name, path, doc, output) => {
      const keys = steps(path);
      return write(`${name}(object any) int`, doc, output, (object) => countAt(object, ...keys));
    },
    size: (name, path, doc, output) => {
      const keys = steps(path);
      return write(`${name}(object any) int`, doc, output, (object) => listAt(object, ...keys).length);
    },
    texts: (name, path, field, doc, output) => {
      const keys = steps(path);
      const inItem = field === '' ? [] : steps(field);
      return write(`${name}(object any) string`, doc, output, (object) =>
        joined(listAt(object, ...keys).map((item) => textOf(at(item, ...inItem)))),
      );
    },
  };
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}
