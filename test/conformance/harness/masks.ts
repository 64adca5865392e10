// Everything that may differ from run to run, and nothing else: uid, resourceVersion, timestamps, generated suffixes,
// ports, tokens. And one thing that differs from server to server: why a compiler of CEL does not take an expression (that
// it does not, and where, is compared). Equal values of a case get equal placeholders, so that a wrong uid in an owner reference or a version
// that moved without need still shows.
import { type JsonObject, type JsonValue } from '../../../src/modules/common';

const UID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
const DAY_MS = 86_400_000;
/** Of a message (also of an object quoted there) or a query; an object's own one stands in a field. */
const VERSION_IN_TEXT =
  /(resource ?version[a-z ]*(?:\\*")?(?:(?::|=|%3D) ?(?:\\*")?|\())([1-9]\d*)( \(\d+\))?|(current: )(\d+)/gi;
/** From what was going on to the mark below the place in the expression; several mistakes follow each other. */
const CEL_MISTAKE = /(compilation failed: )[^^]*\n[ |.]*\^(?:\nERROR:[^^]*\n[ |.]*\^)*/g;
const PORT_FIELDS = new Set(['nodePort', 'healthCheckNodePort']);
const TOKEN_FIELDS = new Set(['continue', 'token']);
const HASH_LABEL = 'pod-template-hash';

/** Field managers stand by the second in which they wrote, conflicts with several of them in no order at all. */
function unordered(key: string, list: readonly JsonValue[]): readonly JsonValue[] {
  const sorted = (text: (item: JsonValue) => string): readonly JsonValue[] =>
    [...list].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
  const member = (item: JsonValue, name: string): string => (isObject(item) ? String(item[name] ?? '') : '');
  if (key === 'managedFields') {
    return sorted((item) =>
      ['operation', 'manager', 'apiVersion', 'subresource'].map((name) => member(item, name)).join('\n'),
    );
  }
  const isConflict = list.some((item) => member(item, 'reason') === 'FieldManagerConflict');
  return key === 'causes' && isConflict ? sorted((item) => member(item, 'message')) : list;
}

export class Masks {
  /** Value -> placeholder, of values that are replaced wherever they stand. */
  private readonly known = new Map<string, string>();
  private readonly versions = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** A copy without anything of this run. */
  body(value: JsonValue): JsonValue {
    return this.value(value, '') ?? null;
  }

  text(text: string): string {
    let masked = text;
    for (const [value, placeholder] of this.known) masked = masked.replaceAll(value, placeholder);
    return masked
      .replace(UID, (uid) => this.placeholder(uid, 'uid'))
      .replace(TIME, (time) => (isOfThisRun(time) ? '<time>' : time))
      .replace(CEL_MISTAKE, '$1<why>')
      .replace(VERSION_IN_TEXT, (_all, label: string | undefined, _version, second?: string, current?: string) =>
        current === undefined ? `${label}<rv>${second === undefined ? '' : ' (<rv>)'}` : `${current}<rv>`,
      );
  }

  /** Generated names and tokens are met in objects first and in messages and paths later. */
  learn(value: JsonValue | undefined): void {
    if (Array.isArray(value)) {
      for (const item of value) this.learn(item);
    } else if (isObject(value)) {
      this.learnGeneratedName(value);
      for (const [key, child] of Object.entries(value)) {
        if (TOKEN_FIELDS.has(key) && typeof child === 'string' && child !== '') this.placeholder(child, 'token');
        if (key === HASH_LABEL && typeof child === 'string') this.placeholder(child, 'suffix');
        this.learn(child);
      }
    }
  }

  private learnGeneratedName({ name, generateName }: JsonObject): void {
    if (typeof name !== 'string' || typeof generateName !== 'string' || !name.startsWith(generateName)) return;
    if (this.known.has(name) || name === generateName) return;
    this.known.set(name, `${this.text(generateName)}${this.numbered('suffix')}`);
  }

  private value(value: JsonValue | undefined, key: string): JsonValue | undefined {
    if (Array.isArray(value)) {
      return unordered(
        key,
        value.map((item) => this.value(item, key) ?? null),
      );
    }
    if (isObject(value)) {
      const isList = (Array.isArray(value.items) || value.kind === 'Table') && isObject(value.metadata);
      if (value.type === 'BOOKMARK') return { ...value, object: this.bookmark(value.object as JsonObject) };
      return Object.fromEntries(
        Object.entries(value).map(([field, child]) => [
          this.text(field),
          isList && field === 'metadata' ? this.listMeta(child as JsonObject) : this.value(child, field),
        ]),
      );
    }
    if (typeof value === 'number') {
      return PORT_FIELDS.has(key) && value > 0 ? this.placeholder(`${value}`, 'port') : value;
    }
    if (typeof value !== 'string') return value;
    if (key === 'resourceVersion' && /^[1-9]\d*$/.test(value)) return this.version(value);
    return this.text(value);
  }

  private bookmark({ metadata, ...rest }: JsonObject): JsonObject {
    return { ...(this.value(rest, 'object') as JsonObject), metadata: this.listMeta(metadata as JsonObject) };
  }

  /** The version of a list or a bookmark moves with every write of the whole server. */
  private listMeta(meta: JsonObject): JsonObject {
    const { resourceVersion, ...rest } = meta;
    const masked = this.value(rest, 'metadata') as JsonObject;
    if (resourceVersion === undefined) return masked;
    return { ...masked, resourceVersion: resourceVersion === '' ? '' : '<rv>' };
  }

  private version(version: string): string {
    const placeholder = this.versions.get(version) ?? this.numbered('rv');
    this.versions.set(version, placeholder);
    return placeholder;
  }

  private placeholder(value: string, kind: string): string {
    const placeholder = this.known.get(value) ?? this.numbered(kind);
    this.known.set(value, placeholder);
    return placeholder;
  }

  private numbered(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return `<${kind}-${count}>`;
  }
}

/** A time that a case sent itself is compared as it stands. */
function isOfThisRun(time: string): boolean {
  return Math.abs(Date.parse(time) - Date.now()) < DAY_MS;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
