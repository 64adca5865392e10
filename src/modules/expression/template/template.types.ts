import { type Clock, type JsonObject, type ObjectKey, type Random } from '../../common';

/** What the value depends on beside the data. */
export type Purity = 'pure' | 'clock' | 'random';

/** `['spec', 'image']`; an empty path means that the whole root is read. */
export type DataPath = readonly string[];

/** What `.` is at the top: the CR with added keys (children, item, ...). */
export type TemplateData = JsonObject;

/** What a template may know beside its data. */
export interface EvaluationContext {
  readonly clock: Clock;
  readonly random: Random;
  /** The other resources of the kind; without them every value counts as unique. */
  readonly peers?: Peers;
}

/** What a condition may ask about the other resources of the kind. */
export interface Peers {
  /** Key of another resource than `self` with this text at the path; undefined when there is none. */
  otherWith(path: DataPath, text: string, self: TemplateData): ObjectKey | undefined;
}

/** A template after compile. Text is never parsed again. */
export interface CompiledTemplate {
  readonly source: string;
  /** No `{{`: the value is the text itself, byte for byte. */
  readonly isStatic: boolean;
  readonly purity: Purity;
  /** The data paths that it reads, sorted, unique; a dynamic step ends in a prefix. */
  readonly reads: readonly DataPath[];
  /** What no data can make right; it fails where it is reached, and a load reports it. */
  readonly defects: readonly { readonly reason: string; readonly offset: number }[];
  /** Go's output, `<no value>` included. Throws TemplateExecutionError. */
  execute(data: TemplateData, context: EvaluationContext): string;
  /** The output trimmed, then without `<no value>`. Throws TemplateExecutionError. */
  resolve(data: TemplateData, context: EvaluationContext): string;
}
