// What the rules of the language share: where a problem stands, and which parts of a Katalog a rule looks at.
import { type MapNode, type Problem, type ProblemList, type SourcePosition } from '../../common';
import { type Located } from '../../schema';
import { type CrdEntry } from '../model/crd.fields';
import { type KatalogFile } from '../model/katalog.fields';

export interface Place {
  readonly position: SourcePosition;
  readonly path: string;
}

/** An object, or the value of one of its keys. */
export function at({ node }: { readonly node: MapNode }, key?: string): Place {
  const value = key === undefined ? undefined : node.entries.get(key)?.value;
  return value ?? node;
}

/** Where rules put what they find. */
export class Findings {
  constructor(private readonly problems: ProblemList) {}

  error(place: Place, code: string, message: string): void {
    this.add('error', place, code, message);
  }

  warning(place: Place, code: string, message: string): void {
    this.add('warning', place, code, message);
  }

  /** Keys of which only one may stand in an object; told at the second one in the file. */
  exclusive(object: Located, keys: readonly string[], code: string): void {
    const [first, second, ...more] = [...object.node.entries.keys()].filter((key) => keys.includes(key));
    if (first === undefined || second === undefined) return;
    this.error(at(object, second), code, `${[first, second, ...more].map(quoted).join(' and ')} exclude each other`);
  }

  /** Keys of which one has to stand in an object. */
  oneOf(object: Located, keys: readonly string[], code: string, what: string): void {
    const found = keys.filter((key) => object.node.entries.has(key));
    if (found.length > 1) this.exclusive(object, keys, code);
    else if (found.length === 0) this.error(at(object), code, `${what} needs ${keys.map(quoted).join(' or ')}`);
  }

  private add(severity: Problem['severity'], { position, path }: Place, code: string, message: string): void {
    this.problems.add({ severity, code, message, position, path });
  }
}

function quoted(key: string): string {
  return `"${key}"`;
}

/** What a rule about one CRD looks at. */
export interface EntryScope {
  readonly name: string;
  readonly entry: CrdEntry;
  readonly katalog: KatalogFile;
}

export type EntryRule = (scope: EntryScope, findings: Findings) => void;
export type KatalogRule = (katalog: KatalogFile, findings: Findings) => void;

export type OperatorBox = NonNullable<CrdEntry['operatorBox']>;

/** That of the CRD, and those of the targets of serve. */
export function boxesOf({ operatorBox, serve }: CrdEntry): readonly OperatorBox[] {
  const targets = [...(serve?.target?.values() ?? [])].flatMap((target) => target.operatorBox ?? []);
  return operatorBox === undefined ? targets : [operatorBox, ...targets];
}

export function enabledEntries(katalog: KatalogFile): readonly EntryScope[] {
  return [...(katalog.spec?.crds ?? [])]
    .filter(([, { enabled }]) => enabled !== false)
    .map(([name, entry]) => ({ name, entry, katalog }));
}
