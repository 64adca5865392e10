// A YAML or JSON document as a tree in which every value knows where it stands and every scalar keeps its source text
// (`port: 8080` into a string field is "8080", `version: 1.20` stays "1.20"). Made by katalog/source, read by the
// decoders of schema/fields; defined here because every layer speaks about positions.
import { type SourcePosition } from '../errors';

interface NodeBase {
  readonly position: SourcePosition;
  /** Path in the document, for messages: `spec.crds.website.operatorBox`. */
  readonly path: string;
}

/** A text, number, boolean or null, with its source text. */
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** What YAML 1.2 core makes of it. */
  readonly value: string | number | bigint | boolean | null;
  /** For plain scalars the text as written, for quoted and block scalars the decoded text; '' for null. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
  /** The place in the file of the character at this offset of `text`: templates report errors through it. */
  locate(offset: number): SourcePosition;
}

/** One key of a map with its value. */
export interface MapEntry {
  readonly key: string;
  readonly keyPosition: SourcePosition;
  readonly value: SourceNode;
}

/** A map; keys are unique. */
export interface MapNode extends NodeBase {
  readonly kind: 'map';
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A list. */
export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

/** Any value of a document. */
export type SourceNode = ScalarNode | MapNode | ListNode;

/** A string of the Katalog together with the node that it came from. */
export interface SourceText {
  readonly text: string;
  readonly node: ScalarNode;
}
