// A Komposer to the Katalog that it makes: what it imports, side by side, and over it what it says itself.
import { formatPosition, type MapNode, type SourceNode } from '../../../common';
import { type ImportsFields } from '../../model/imports.fields';
import { komposerField } from '../../model/komposer.fields';
import { runnableDocuments } from '../../source/load-document';
import { inside } from '../../source/location';
import { attempt, type ExpandContext, readDocuments } from '../../source/read-tree';
import { type SourceFiles } from '../../source/source-texts';
import {
  emptyMap,
  itemsAt,
  mapAt,
  nodeAt,
  scalarAt,
  textAt,
  withoutKey,
  withoutKeyAt,
  withValue,
  withValueAt,
} from '../../source/tree';
import { CODE } from '../../validate/codes';
import { expandIncludes } from '../include/expand-includes';
import { KATALOG_INCLUDES } from '../include/include-table';
import { mergeDocuments } from '../merge-documents';
import { withOrigin } from '../stamp-origin';
import { fileSource, helmSource, type ImportSource, registrySources, type Report } from './import-sources';
import { ImportPolicy } from './import-policy';
import { overrideCrd } from './override-crd';
import { overTop } from './over-top';

/** A Katalog as it is. Undefined after a problem, and while something has to be fetched. */
export function komposerOrKatalog(root: MapNode, context: ExpandContext): MapNode | undefined {
  return new Composition(context).katalogOf(root, []);
}

/** What the Komposer alone is about. */
const APPLIED = [['imports'], ['policy'], ['lifecycle', 'accept']] as const;

/** The imports of one Komposer. */
interface Visit {
  /** Locations of the Komposers that lead here, and its own. */
  readonly within: readonly string[];
  readonly policy: ImportPolicy;
}

class Composition {
  constructor(private readonly context: ExpandContext) {}

  /** `within`: locations of the Komposers that lead here. */
  katalogOf(document: MapNode, within: readonly string[]): MapNode | undefined {
    const root = expandIncludes(document, KATALOG_INCLUDES, this.context);
    const imports = nodeAt(root, 'imports');
    if (textAt(root, 'kind') !== 'Komposer') {
      if (imports !== undefined) this.report(imports, 'a Katalog has no "imports": only a Komposer imports Katalogs');
      return withoutKey(root, 'imports');
    }
    const fields = komposerField.decode(root, this.context)?.imports;
    const visit = { within: [...within, root.position.file], policy: new ImportPolicy(root, this.context) };
    const imported = fields === undefined ? [] : this.imported(fields, visit);
    if (imported.length === 0 && mapAt(root, 'spec', 'crds') === undefined) {
      // A source that can't be had is a problem already.
      if (sourceCount(imports) === 0) this.report(root, 'the Komposer neither imports nor declares a CRD');
      return undefined;
    }
    const base =
      mergeDocuments(imported, this.context.problems) ?? withValue(emptyMap(root, ''), 'spec', emptyMap(root, 'spec'));
    const kind = scalarAt(nodeAt(root, 'kind') ?? root, 'Katalog', 'plain');
    const own = APPLIED.reduce(withoutKeyAt, withValue(root, 'kind', kind));
    return this.withCrds(overTop(base, own), base, own);
  }

  /** CRDs of the Komposer: an override of an imported one, or a CRD of its own. */
  private withCrds(over: MapNode, base: MapNode, own: MapNode): MapNode {
    const entries = new Map(mapAt(base, 'spec', 'crds')?.entries);
    const written = mapAt(mergeDocuments([own], this.context.problems), 'spec', 'crds');
    for (const entry of written?.entries.values() ?? []) {
      const first = entries.get(entry.key);
      const isOverride = first?.value.kind === 'map' && entry.value.kind === 'map';
      const value = isOverride ? overrideCrd(first.value, entry.value, this.context.problems) : entry.value;
      entries.set(entry.key, { ...entry, keyPosition: first?.keyPosition ?? entry.keyPosition, value });
    }
    const at = written ?? mapAt(base, 'spec', 'crds') ?? own;
    return withValueAt(over, ['spec', 'crds'], { kind: 'map', position: at.position, path: 'spec.crds', entries });
  }

  private imported({ registry = [], files = [], helm = [] }: ImportsFields, visit: Visit): readonly MapNode[] {
    const { context } = this;
    const report: Report = (at, message) => this.report(at, message);
    const at = (item: { readonly node: SourceNode }): SourceNode => item.node;
    return [
      ...registry.flatMap((item) =>
        registrySources(item, report).flatMap((source) =>
          this.documents(source, at(item), visit, isKomposerAsked(source)),
        ),
      ),
      ...files.flatMap((item) => this.documents(fileSource(item, context, report), at(item), visit, false)),
      ...helm.flatMap((item) => this.documents(helmSource(item, report), at(item), visit, false)),
    ];
  }

  /** The Katalogs of one source. */
  private documents(
    source: ImportSource | undefined,
    from: SourceNode,
    { within, policy }: Visit,
    mayBeKomposer: boolean,
  ): readonly MapNode[] {
    if (source === undefined) return [];
    return this.locations(source, from).flatMap((location) => {
      if (location !== undefined && within.includes(location)) {
        this.report(from, `imports go round in a circle: ${[...within, location].join(' -> ')}`);
        return [];
      }
      const documents = readDocuments(location, from, this.context);
      if (documents === undefined || location === undefined) return [];
      const isRendered = 'request' in source && source.request.kind === 'helm';
      const wanted = isRendered ? documents.filter(isOrkestra) : documents;
      return runnableDocuments(wanted, location, this.context.problems).flatMap((root) => {
        if (textAt(root, 'kind') === 'Komposer' && !mayBeKomposer) {
          this.report(from, `${formatPosition(root.position)} is a Komposer: only Katalogs are imported from here`);
          return [];
        }
        policy.check(root, from);
        const katalog = this.katalogOf(root, within);
        return katalog === undefined ? [] : withOrigin(katalog);
      });
    });
  }

  private locations(source: ImportSource, from: SourceNode): readonly (string | undefined)[] {
    if ('location' in source) return [source.location];
    const files = attempt(from, this.context.problems, () => this.context.texts.files(source.request));
    if (files === undefined) return [];
    if (source.request.kind === 'http') return [files.container];
    return source.path === undefined ? everyText(files) : [inside(files.container, source.path)];
  }

  private report({ position, path }: SourceNode, message: string): undefined {
    this.context.problems.add({ severity: 'error', code: CODE.imported, message, position, path });
    return undefined;
  }
}

function sourceCount(imports: SourceNode | undefined): number {
  return ['registry', 'files', 'helm'].reduce((sum, key) => sum + itemsAt(imports, key).length, 0);
}

/** A registry import that asks for komposer.yaml. */
function isKomposerAsked(source: ImportSource): boolean {
  return 'request' in source && source.path?.endsWith('komposer.yaml') === true;
}

function everyText({ container, texts }: SourceFiles): readonly (string | undefined)[] {
  return [...texts.keys()].map((path) => inside(container, path));
}

/** A chart renders other manifests beside its Katalogs. */
function isOrkestra(root: SourceNode): boolean {
  return textAt(root, 'apiVersion')?.startsWith('orkestra.') === true;
}
