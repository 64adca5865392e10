// Files of tests (Simulate, E2E): read strictly, with what they include and import. Running them is not part of this
// module.
import { type MapNode, type ProblemList, type SourceNode, type SourceText } from '../../common';
import { CODE_UNSUPPORTED } from '../../schema';
import { expandIncludes } from '../expand/include/expand-includes';
import { SUITE_INCLUDES } from '../expand/include/include-table';
import { e2eField } from '../model/e2e.fields';
import { simulateField } from '../model/simulate.fields';
import { checkApiVersion } from '../source/load-document';
import { parseYamlDocuments } from '../source/parse-yaml';
import { type ExpandContext, readMap } from '../source/read-tree';
import { localTexts } from '../source/source-texts';
import { textAt } from '../source/tree';
import { CODE } from '../validate/codes';
import { Findings } from '../validate/rule';
import { checkE2e } from './e2e.rules';
import { namedFile } from './named-file';
import { checkSimulate, type SimulateOptions } from './simulate.rules';
import { type SuiteSummary } from './suite-summary';

export type SuiteKind = SuiteSummary['kind'];

/** What can't be done with such a file yet. */
const RUN: Readonly<Record<SuiteKind, string>> = { Simulate: 'ork simulate', E2E: 'ork e2e' };

/**
 * Every mistake goes to the problems, also those of the files that it imports; undefined when nothing can be said of it.
 * Throws an OrkestraError when the file can't be read.
 */
export function checkSuite(
  location: string,
  kind: SuiteKind,
  problems: ProblemList,
  options: SimulateOptions = {},
): SuiteSummary | undefined {
  const documents = parseYamlDocuments(localTexts.read(location) ?? '', location, problems);
  const [root, ...more] = documents;
  if (problems.hasErrors) return undefined;
  const findings = new Findings(problems);
  if (root?.kind !== 'map' || more.length > 0) {
    const position = { file: location, line: 1, column: 1 };
    findings.error(more[0] ?? root ?? { position, path: '' }, CODE.kind, 'expected one document that is a map');
    return undefined;
  }
  const at = root.entries.get('kind')?.value ?? root;
  const summary = new SuiteCheck(kind, problems, options).file(root, [location]);
  const message = `this version checks the file; ${RUN[kind]}, which runs it, is not there yet`;
  problems.add({ severity: 'unrunnable', code: CODE_UNSUPPORTED, message, position: at.position, path: at.path });
  return summary;
}

class SuiteCheck {
  private readonly context: ExpandContext;
  private readonly findings: Findings;

  constructor(
    private readonly kind: SuiteKind,
    problems: ProblemList,
    private readonly options: SimulateOptions,
  ) {
    this.context = { texts: localTexts, problems };
    this.findings = new Findings(problems);
  }

  /** `within`: the files that import it, and its own. */
  file(written: MapNode, within: readonly string[]): SuiteSummary | undefined {
    checkApiVersion(written, this.context.problems);
    const root = expandIncludes(written, SUITE_INCLUDES[this.kind], this.context);
    const { summary, imports } = this.decoded(root);
    for (const one of imports) this.imported(one, within);
    return summary;
  }

  private decoded(root: MapNode): { readonly summary?: SuiteSummary; readonly imports: readonly SourceText[] } {
    if (this.kind === 'Simulate') {
      const file = simulateField.decode(root, this.context);
      if (file === undefined) return { imports: [] };
      const imports = file.spec === undefined ? (file.imports ?? []) : [];
      return { summary: checkSimulate(file, this.findings, this.options), imports };
    }
    const file = e2eField.decode(root, this.context);
    if (file === undefined) return { imports: [] };
    const imports = (file.imports ?? []).flatMap((one) => ('text' in one ? one : (one.path ?? [])));
    return { summary: checkE2e(file, this.findings), imports };
  }

  private imported(path: SourceText, within: readonly string[]): void {
    const location = namedFile(path, this.findings);
    if (location === undefined) return;
    if (within.includes(location)) {
      const circle = [...within.slice(within.indexOf(location)), location].join(' -> ');
      this.findings.error(path.node, CODE.suite, `imports go round in a circle: ${circle}`);
      return;
    }
    const root = readMap(location, path.node, this.context);
    if (root === undefined) return;
    const kind = textAt(root, 'kind') ?? 'no kind';
    if (kind === this.kind) this.file(root, [...within, location]);
    else this.findings.error(kindNode(root), CODE.suite, `expected kind: ${this.kind}, found ${kind}`);
  }
}

function kindNode(root: MapNode): SourceNode {
  return root.entries.get('kind')?.value ?? root;
}
