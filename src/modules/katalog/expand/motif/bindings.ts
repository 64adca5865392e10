// Values of the inputs of a Motif for one import of it.
import {
  didYouMean,
  formatPosition,
  type MapNode,
  type ProblemList,
  type SourceNode,
  type SourceText,
} from '../../../common';
import { type InputType, type MotifHead, type MotifInput } from '../../model/motif.fields';
import { CODE } from '../../validate/codes';

/** The value of one input. */
export interface Binding {
  readonly name: string;
  readonly type: InputType;
  /** A template, when it holds `{{`. */
  readonly text: string;
}

export type Bindings = ReadonlyMap<string, Binding>;

/** What a literal of a type looks like, and how it is told. */
const FORMS: Readonly<Record<InputType, { readonly test: RegExp; readonly words: string }>> = {
  string: { test: /^/, words: 'a text' },
  integer: { test: /^[-+]?\d+$/, words: 'a whole number' },
  number: { test: /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/, words: 'a number' },
  bool: { test: /^(true|false)$/, words: 'true or false' },
  boolean: { test: /^(true|false)$/, words: 'true or false' },
};

/** The inputs that a Motif declares, by name; two of one name, and a default of another type, are problems. */
export function declaredInputs({ inputs = [] }: MotifHead, problems: ProblemList): ReadonlyMap<string, MotifInput> {
  const declared = new Map<string, MotifInput>();
  for (const input of inputs) {
    const { name, type, default: fallback, required } = input;
    if (name === undefined) continue;
    const first = declared.get(name.text)?.name;
    if (first !== undefined) {
      report(problems, name.node, `input "${name.text}" is declared at ${formatPosition(first.node.position)} already`);
      continue;
    }
    declared.set(name.text, input);
    if (fallback === undefined) continue;
    checkType(name.text, type ?? 'string', fallback, problems);
    if (required === true) {
      report(problems, fallback.node, `input "${name.text}" is required: its default would never count`, 'warning');
    }
  }
  return declared;
}

interface Given {
  /** Name of the Motif, for messages. */
  readonly motif: string;
  readonly values: ReadonlyMap<string, SourceText> | undefined;
  /** The import. */
  readonly node: MapNode;
}

/** A value for every input. What is missing, unknown or of another type is a problem at the import. */
export function bindingsOf(
  declared: ReadonlyMap<string, MotifInput>,
  { motif, values = new Map(), node }: Given,
  problems: ProblemList,
): Bindings {
  checkNames(declared, { motif, values, node }, problems);
  const bindings = new Map<string, Binding>();
  for (const [name, { type = 'string', required, default: fallback }] of declared) {
    const given = values.get(name);
    if (given !== undefined) checkType(name, type, given, problems);
    else if (required === true) report(problems, node, `Motif "${motif}" needs a value for its input "${name}"`);
    bindings.set(name, { name, type, text: given?.text ?? fallback?.text ?? '' });
  }
  return bindings;
}

/** Only what stands in `with`: enough where the inputs mean nothing. */
export function checkNames(
  declared: ReadonlyMap<string, MotifInput>,
  { motif, values = new Map(), node }: Given,
  problems: ProblemList,
): void {
  const known = [...declared.keys()];
  for (const [name, { node: value }] of values) {
    if (declared.has(name)) continue;
    const hint = didYouMean(name, known);
    const list = hint === '' ? `; it has ${known.length === 0 ? 'none' : known.join(', ')}` : hint;
    const position = withEntry(node, name)?.keyPosition ?? value.position;
    report(problems, { ...value, position }, `Motif "${motif}" has no input "${name}"${list}`);
  }
}

function withEntry(node: MapNode, name: string): { readonly keyPosition: SourceNode['position'] } | undefined {
  const given = node.entries.get('with')?.value;
  return given?.kind === 'map' ? given.entries.get(name) : undefined;
}

function checkType(name: string, type: InputType, { text, node }: SourceText, problems: ProblemList): void {
  if (text === '' || text.includes('{{') || FORMS[type].test.test(text)) return;
  report(problems, node, `input "${name}" takes ${FORMS[type].words}, found "${text}"`);
}

function report(
  problems: ProblemList,
  { position, path }: SourceNode,
  message: string,
  severity: 'error' | 'warning' = 'error',
): void {
  problems.add({ severity, code: CODE.motifInput, message, position, path });
}
