// What is said about a step on nothing: Go's words, and behind them what is missing.
import { type JsonObject, ManualClock } from '../../common';
import { compileTemplate } from './compile';

const context = { clock: new ManualClock(), random: { next: () => 0.5 } };
const data: JsonObject = { spec: { image: { tag: '1' }, note: null, list: [null], text: 'x' }, items: [{ port: 1 }] };

describe('a step on nothing says what is missing, with the nearest name that is there', () => {
  it.each([
    [
      '{{ .spec.imgae.tag }}',
      'nil pointer evaluating interface {}.tag: .spec.imgae is missing (did you mean "image"?)',
    ],
    ['{{ .sepc.image }}', 'nil pointer evaluating interface {}.image: .sepc is missing (did you mean "spec"?)'],
    [
      '{{ .spec.image.tga.x }}',
      'nil pointer evaluating interface {}.x: .spec.image.tga is missing (did you mean "tag"?)',
    ],
    ['{{ .spec.unlike.x }}', 'nil pointer evaluating interface {}.x: .spec.unlike is missing'],
    ['{{ .spec.note.x }}', 'nil pointer evaluating interface {}.x: .spec.note is null'],
    [
      '{{ $s := .spec }}{{ $s.imagee.tag }}',
      'nil pointer evaluating interface {}.tag: .imagee is missing (did you mean "image"?)',
    ],
    [
      '{{ range .items }}{{ .prot.x }}{{ end }}',
      'nil pointer evaluating interface {}.x: .prot is missing (did you mean "port"?)',
    ],
    ['{{ range .spec.list }}{{ .x }}{{ end }}', 'nil pointer evaluating interface {}.x'],
    ['{{ .spec.text.x }}', "can't evaluate field x in type string"],
    ['{{ .spec.__proto__.x }}', 'nil pointer evaluating interface {}.x: .spec.__proto__ is missing'],
  ])('%s', (text, reason) => {
    expect(() => compileTemplate(text).resolve(data, context)).toThrow(`template: ${reason}`);
  });
});
