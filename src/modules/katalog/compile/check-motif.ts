// A Motif on its own, before any Katalog imports it: with a sample for each input it is compiled as part of a CRD entry.
// What depends on the samples is nobody's mistake, so problems at places that they fill are left out.
import {
  formatPosition,
  KatalogInvalidError,
  type MapNode,
  type Problem,
  ProblemList,
  type SourceNode,
} from '../../common';
import { CODE_NEVER, CODE_NOTE_UNUSED, CODE_ODD, CODE_TEMPLATE_SYNTAX, rootReferences } from '../../expression';
import { type Binding, type Bindings } from '../expand/motif/bindings';
import { motifParts } from '../expand/motif/expand-motifs';
import { fillInputs } from '../expand/motif/fill-inputs';
import { ROOT } from '../expand/motif/input-text';
import { joinMotif } from '../expand/motif/join-motif';
import { checkedMotif, type LoadedMotif, motifProblem } from '../expand/motif/load-motif';
import { expandMotifs } from '../expand/motif/expand-motifs';
import { noteItems } from '../expand/note-items';
import { type MotifInput } from '../model/motif.fields';
import { parseYamlDocuments } from '../source/parse-yaml';
import { type ExpandContext } from '../source/read-tree';
import { mapAt, nodeAt, withValue, withValueAt } from '../source/tree';
import { CODE } from '../validate/codes';
import { compileExpanded } from './compile-katalog';
import { type Sources, untilComplete } from './until-complete';

/** What a Motif says of itself. */
export interface MotifSummary {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly inputs: readonly {
    readonly name: string;
    readonly type: string;
    readonly required: boolean;
    readonly default: string | undefined;
  }[];
}

/**
 * Every mistake goes to the problems of the context; undefined when the text is no Motif, or while something that it
 * imports has to be fetched. Throws an OrkestraError when the text can't be read.
 */
export function checkMotif(location: string, context: ExpandContext): MotifSummary | undefined {
  const text = context.texts.read(location);
  if (text === undefined) return undefined;
  const documents = parseYamlDocuments(text, location, context.problems);
  const [root, ...more] = documents;
  if (context.problems.hasErrors) return undefined;
  if (root?.kind !== 'map' || more.length > 0) {
    const position = { file: location, line: 1, column: 1 };
    return motifProblem(
      context.problems,
      (root ?? { position, path: '' }) as SourceNode,
      'expected one document that is a map',
    );
  }
  const motif = checkedMotif(root, location, context);
  if (motif === undefined) return undefined;
  checkNotes(motif, context.problems);
  checkParts(motif, context);
  return summaryOf(motif);
}

/** As checkMotif, with everything that it imports. Rejects with KatalogInvalidError with every problem. */
export async function loadMotif(
  location: string,
  sources: Sources,
): Promise<{
  readonly motif: MotifSummary;
  readonly warnings: readonly Problem[];
  readonly unrunnable: readonly Problem[];
}> {
  const { result: motif, context } = await untilComplete(sources, (each) => checkMotif(location, each));
  const { errors, warnings, hasErrors, unrunnable } = context.problems;
  if (motif === undefined || hasErrors) throw new KatalogInvalidError(errors, warnings);
  return { motif, warnings, unrunnable };
}

/** Notes are functions of the Katalog: no import has values for them. */
function checkNotes({ root }: LoadedMotif, problems: ProblemList): void {
  const functions = nodeAt(root, 'notes', 'functions');
  for (const item of functions === undefined ? [] : noteItems(functions)) {
    const expression = nodeAt(item, 'expression');
    if (expression?.kind !== 'scalar') continue;
    for (const { start } of rootReferences(expression.text, ROOT)) {
      const at = { ...expression, position: expression.locate(start) };
      motifProblem(problems, at, 'a note has no inputs: it belongs to the Katalog, not to one import');
    }
  }
}

function checkParts(motif: LoadedMotif, context: ExpandContext): void {
  const { problems } = context;
  const bindings = new SampleBindings([...motif.inputs].map(([name, input]) => [name, sampleOf(name, input)]));
  const filled = new Set<SourceNode>();
  const parts = motifParts(motif, bindings, context, { decide: false, filled });
  const nested = nodeAt(motif.root, 'imports');
  const crd = joinMotif(crdEntry(), parts);
  const withNested =
    nested === undefined ? crd : withValue(crd, 'imports', fillInputs(nested, bindings, problems, filled));
  for (const [name, { name: at }] of motif.inputs) {
    if (bindings.used.has(name) || at === undefined) continue;
    const message = `nothing in the Motif uses its input "${name}"`;
    problems.add({ severity: 'warning', code: CODE.motifInput, message, ...at.node });
  }
  const trial = new ProblemList();
  const katalog = withValueAt(katalogAround(motif.root), ['spec', 'crds', 'sample'], withNested);
  const root = expandMotifs(katalog, { ...context, problems: trial });
  try {
    const { warnings, unrunnable } = compileExpanded({ root, written: [] }, [], { ...context, problems: trial }, {});
    keepOwn([...warnings, ...unrunnable], filled, problems);
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    keepOwn([...trial.errors, ...trial.warnings, ...trial.unrunnable], filled, problems);
  }
}

/** Without those of the sample CRD and those that a sample brings about. */
function keepOwn(found: readonly Problem[], filled: ReadonlySet<SourceNode>, problems: ProblemList): void {
  const samples = new Set(
    [...filled]
      .flatMap((node) => [node.position, ...(node.kind === 'scalar' ? [node.locate(0)] : [])])
      .map(formatPosition),
  );
  for (const problem of found) {
    const isOfSample =
      (problem.code !== CODE_TEMPLATE_SYNTAX && samples.has(formatPosition(problem.position))) ||
      (DECIDED.includes(problem.code) && isAmong(problem, filled));
    if (problem.position.file === SAMPLE.file || problem.code === CODE_NOTE_UNUSED || isOfSample) continue;
    problems.add(problem);
  }
}

/** What is told of conditions whose texts are known: an input may have another one. */
const DECIDED: readonly string[] = [CODE_NEVER, CODE_ODD];

/** Whether a value of an input stands in the list of the condition. */
function isAmong({ path }: Problem, filled: ReadonlySet<SourceNode>): boolean {
  const list = path.replace(/\[\d+\]$/, '');
  return [...filled].some((node) => node.path.startsWith(`${list}[`));
}

/** Knows which inputs were asked for. */
class SampleBindings extends Map<string, Binding> implements Bindings {
  readonly used = new Set<string>();

  override get(name: string): Binding | undefined {
    this.used.add(name);
    return super.get(name);
  }
}

function sampleOf(name: string, { type = 'string', default: fallback }: MotifInput): Binding {
  const given = fallback?.text ?? '';
  const samples = {
    string: name.toLowerCase().replaceAll('_', '-'),
    integer: '1',
    number: '1',
    bool: 'true',
    boolean: 'true',
  };
  return { name, type, text: given === '' ? samples[type] : given };
}

const SAMPLE = { file: '<sample>', line: 1, column: 1 };

/** A CRD and a Katalog for the Motif to be in. */
function sampleTree(yaml: string): MapNode {
  const [root] = parseYamlDocuments(yaml, SAMPLE.file, new ProblemList());
  return root as MapNode;
}

function crdEntry(): MapNode {
  return sampleTree('apiTypes: { group: sample.example, version: v1, kind: Sample, plural: samples }');
}

function katalogAround(motif: MapNode): MapNode {
  const katalog = sampleTree(
    '{ apiVersion: orkestra.orkspace.io/v1, kind: Katalog, metadata: { name: sample }, spec: {} }',
  );
  return ['notes', 'profiles'].reduce((root, key) => {
    const part = mapAt(motif, key);
    return part === undefined ? root : withValue(root, key, part);
  }, katalog);
}

function summaryOf({ name, head, inputs }: LoadedMotif): MotifSummary {
  return {
    name,
    description: head.metadata?.description?.text,
    version: head.metadata?.version?.text,
    inputs: [...inputs].map(([input, { type = 'string', required = false, default: fallback }]) => ({
      name: input,
      type,
      required,
      default: fallback?.text,
    })),
  };
}
