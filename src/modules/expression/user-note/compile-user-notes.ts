// Notes of a Katalog: functions without parameters whose body is a template. They become a registry over the built-in
// one, so a Katalog's notes never reach another Katalog.
//
// A note is compiled after the notes that it calls; what they read and depend on is therefore known when a template
// that calls them is compiled. Notes that go round in a circle are refused, so no call can run for ever.
import { formatPosition, type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { builtinFunctions, type FunctionRegistry, type NoteSpec } from '../note';
import { UNKNOWN } from '../type/type';
import { checkTypes } from '../type/type-checker';
import { compileProgram, type Program } from '../template/program';
import { reportingTemplate } from '../template/report-template';
import { TemplateSyntaxError } from '../template/template.errors';
import { type Purity } from '../template/template.types';
import { evaluateInside } from './evaluate-inside';
import { type UserNoteFields } from './user-note.fields';

/** Code of every problem of a note, beside mistakes of its expression as a template. */
export const CODE_NOTE = 'ORK1303';
/** Code of the warning about a note that nothing calls. */
export const CODE_NOTE_UNUSED = 'ORK1304';
/** The domain of the catalogue that holds them. */
const USER_DOMAIN = 'user';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const KEYWORDS = new Set('block break continue define else end false if nil range template true with'.split(' '));

/** A note of a Katalog after compile. */
export interface UserNote {
  readonly name: string;
  readonly expression: string;
  /** '' when the file has none. */
  readonly description: string;
  readonly position: SourcePosition;
  readonly purity: Purity;
  /** The other notes of the Katalog that it calls. */
  readonly calls: readonly string[];
}

/** All notes of a Katalog. */
export interface UserNotes {
  /** What its templates may call: the given functions and the notes. */
  readonly functions: FunctionRegistry;
  /** In the order of the files. */
  readonly notes: readonly UserNote[];
}

/**
 * Every mistake goes to the problems. The name of a note that could not be compiled stays known, so that it is one
 * problem and not one more at each place that calls it; calling it throws.
 */
export function compileUserNotes(
  declared: readonly UserNoteFields[],
  problems: ProblemList,
  base: FunctionRegistry = builtinFunctions,
): UserNotes {
  if (declared.length === 0) return { functions: base, notes: [] };
  return new NoteCompiler(acceptable(declared, problems, base), problems, base).compile();
}

interface Declaration {
  readonly name: SourceText;
  readonly expression: SourceText;
  readonly description: string;
}

/** The notes whose names can be called, and mean one thing. */
function acceptable(
  declared: readonly UserNoteFields[],
  problems: ProblemList,
  base: FunctionRegistry,
): ReadonlyMap<string, Declaration> {
  const notes = new Map<string, Declaration>();
  for (const { name, expression, description } of declared) {
    if (name === undefined || expression === undefined) continue;
    const problem = nameProblem(name.text, base) ?? duplicateProblem(name.text, notes);
    if (problem === undefined) notes.set(name.text, { name, expression, description: description?.text ?? '' });
    else report(problems, name, problem);
    if (expression.text.trim() === '') report(problems, expression, `note "${name.text}" has an empty expression`);
  }
  return notes;
}

function nameProblem(name: string, base: FunctionRegistry): string | undefined {
  if (!NAME.test(name)) {
    return `"${name}" is not a name for a note: expected a letter or "_", then letters, digits, "_"`;
  }
  if (KEYWORDS.has(name)) return `a note cannot be named "${name}": it is a word of the template language`;
  if (base.has(name)) return `a note cannot be named "${name}": there is a built-in function of that name`;
  return undefined;
}

function duplicateProblem(name: string, notes: ReadonlyMap<string, Declaration>): string | undefined {
  const first = notes.get(name);
  if (first === undefined) return undefined;
  return `note "${name}" is declared at ${formatPosition(first.name.node.position)} already`;
}

function report(problems: ProblemList, { node: { position, path } }: SourceText, message: string): void {
  problems.add({ severity: 'error', code: CODE_NOTE, message, position, path });
}

class NoteCompiler {
  /** By name; undefined when it is no template, or part of a circle. */
  private readonly done = new Map<string, NoteSpec | undefined>();
  private readonly calls = new Map<string, readonly string[]>();

  constructor(
    private readonly declared: ReadonlyMap<string, Declaration>,
    private readonly problems: ProblemList,
    private readonly base: FunctionRegistry,
  ) {}

  compile(): UserNotes {
    this.findCalls();
    for (const name of this.declared.keys()) this.visit(name, []);
    const notes = [...this.declared].flatMap(([name, declaration]): UserNote[] => {
      const spec = this.done.get(name);
      if (spec === undefined) return [];
      const { expression, description } = declaration;
      const calls = this.calls.get(name) ?? [];
      const { position } = declaration.name.node;
      return [{ name, expression: expression.text, description, position, purity: spec.purity ?? 'pure', calls }];
    });
    return { functions: this.functions(), notes };
  }

  /** Parses each note with all names known: here is every mistake of an expression found. */
  private findCalls(): void {
    const known = this.base.with([...this.declared.keys()].map(unusable));
    for (const [name, { expression }] of this.declared) {
      const program = reportingTemplate(expression, this.problems, (locate) => {
        const compiled = compileProgram(expression.text, known, locate);
        // Which CRD's data a note sees, its callers decide.
        return { ...compiled, findings: checkTypes(compiled.tree, { functions: known, data: UNKNOWN }) };
      });
      if (program instanceof TemplateSyntaxError) this.done.set(name, undefined);
      else {
        this.calls.set(
          name,
          [...program.tree.calls].filter((call) => this.declared.has(call)),
        );
      }
    }
  }

  private visit(name: string, path: readonly string[]): void {
    if (path.includes(name)) return this.refuseCircle(path.slice(path.indexOf(name)));
    if (this.done.has(name)) return;
    for (const called of this.calls.get(name) ?? []) this.visit(called, [...path, name]);
    // A circle through here was found: it has no meaning.
    if (!this.done.has(name)) this.done.set(name, this.specOf(name));
  }

  private refuseCircle(circle: readonly string[]): void {
    const [first] = circle;
    const start = first === undefined ? undefined : this.declared.get(first);
    if (start === undefined) return;
    report(this.problems, start.name, `notes go round in a circle: ${[...circle, first].join(' -> ')}`);
    for (const name of circle) this.done.set(name, undefined);
  }

  private specOf(name: string): NoteSpec | undefined {
    const declaration = this.declared.get(name);
    if (declaration === undefined) return undefined;
    const { expression, description } = declaration;
    const locate = (offset: number): SourcePosition => expression.node.locate(offset);
    const program: Program = compileProgram(expression.text, this.functions(), locate);
    return {
      name,
      domain: USER_DOMAIN,
      params: [],
      result: 'any',
      doc: description,
      example: `{{ ${name} }}`,
      purity: program.purity,
      reads: program.reads,
      call: unreachable,
      inside: evaluateInside({ name, text: expression.text, program, locate }),
    };
  }

  /** What is compiled so far over the base. */
  private functions(): FunctionRegistry {
    return this.base.with([...this.done].map(([name, spec]) => spec ?? unusable(name)));
  }
}

function unreachable(): never {
  throw new Error('a note of a Katalog runs inside of the template that calls it');
}

/** Stands for a note that is declared and can't run: the load has failed by then. */
function unusable(name: string): NoteSpec {
  return { name, domain: USER_DOMAIN, params: [], result: 'any', doc: '', example: '', call: unreachable };
}
