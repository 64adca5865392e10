// RFC 6902 as the API server applies it. Its library is lenient in places, and clients rely on it: a member that is
// missing can be replaced, copied and tested as null, and indexes may count from the end.
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue, setOwn } from '../../../common';
import { PatchRefused } from '../merge.errors';
import { jsonKind, unmarshalProblem } from './body-kinds';
import { copyOf, type Tree, type TreeMap } from './tree';

/** More are refused. */
const MAX_OPERATIONS = 10_000;
const GENERIC = 'the server rejected our request due to an error in our request';

/**
 * @param isChecked fieldValidation Strict or Warn: the body is decoded in another way first, with other words.
 * @throws PatchRefused: 400 for a body that is no list of operations, 413 for too many, 422 (always with the same words)
 *   when an operation does not apply.
 */
export function applyJsonPatch(object: JsonObject, patch: JsonValue, isChecked = false): JsonValue {
  const operations = operationsOf(patch, isChecked);
  if (operations.length > MAX_OPERATIONS) {
    throw new PatchRefused(
      413,
      'RequestEntityTooLarge',
      `Request entity too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    );
  }
  const document = new Document(copyOf(object));
  for (const operation of operations) document.run(operation);
  return document.root;
}

function operationsOf(patch: JsonValue, isChecked: boolean): readonly (JsonObject | null)[] {
  const [list, operation] = isChecked
    ? ['[]handlers.jsonPatchOp', 'handlers.jsonPatchOp']
    : ['jsonpatch.Patch', 'jsonpatch.Operation'];
  const refuse = (value: JsonValue, type: string): never => {
    const problem = unmarshalProblem(value, type);
    throw new PatchRefused(400, 'BadRequest', isChecked ? `error decoding patch: ${problem}` : problem);
  };
  if (patch === null) return [];
  if (!isJsonArray(patch)) return refuse(patch, list);
  return patch.map((item) => {
    if (item !== null && !isJsonObject(item)) return refuse(item, operation);
    if (isChecked && item !== null) refuseWrongMembers(item);
    return item;
  });
}

function refuseWrongMembers(operation: JsonObject): void {
  for (const name of ['op', 'path', 'from']) {
    const value = operation[name];
    if (value === undefined || value === null || typeof value === 'string') continue;
    const problem = `json: cannot unmarshal ${jsonKind(value)} into Go struct field jsonPatchOp.${name} of type string`;
    throw new PatchRefused(400, 'BadRequest', `error decoding patch: ${problem}`);
  }
}

class DoesNotApply extends PatchRefused {
  constructor() {
    super(422, 'Invalid', GENERIC);
  }
}

interface Target {
  readonly container: TreeMap | Tree[];
  readonly key: string;
}

class Document {
  constructor(public root: Tree) {}

  run(operation: JsonObject | null): void {
    const value = member(operation, 'value');
    switch (member(operation, 'op')) {
      case 'add':
        add(this.target(text(operation, 'path')), copied(value));
        return;
      case 'remove':
        remove(this.target(text(operation, 'path')));
        return;
      case 'replace':
        this.replace(text(operation, 'path'), copied(value));
        return;
      case 'move': {
        const from = this.target(text(operation, 'from'));
        const moved = read(from);
        remove(from);
        add(this.target(text(operation, 'path')), moved);
        return;
      }
      case 'copy': {
        const from = read(this.target(text(operation, 'from')));
        add(this.target(text(operation, 'path')), copied(from));
        return;
      }
      case 'test':
        this.test(text(operation, 'path'), value ?? null);
        return;
      default:
        throw new DoesNotApply();
    }
  }

  private replace(path: string, value: Tree): void {
    if (path === '') {
      if (typeof value !== 'object' || value === null) throw new DoesNotApply();
      this.root = value;
      return;
    }
    const target = this.target(path);
    read(target);
    write(target, value);
  }

  private test(path: string, value: JsonValue): void {
    const found = path === '' ? this.root : read(this.target(path));
    if (!jsonEquals(found, value)) throw new DoesNotApply();
  }

  private target(path: string): Target {
    const [, ...steps] = path.split('/').map(unescaped);
    const key = steps.pop();
    if (key === undefined) throw new DoesNotApply();
    let container = this.root;
    for (const step of steps) {
      if (typeof container !== 'object' || container === null) break;
      container = read({ container, key: step });
    }
    if (typeof container !== 'object' || container === null) throw new DoesNotApply();
    return { container, key };
  }
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function member(operation: JsonObject | null, name: string): JsonValue | undefined {
  return operation !== null && Object.hasOwn(operation, name) ? operation[name] : undefined;
}

function text(operation: JsonObject | null, name: string): string {
  const value = member(operation, name);
  if (typeof value !== 'string') throw new DoesNotApply();
  return value;
}

function copied(value: JsonValue | undefined): Tree {
  return value === undefined ? null : copyOf(value);
}

/** A missing member is null. */
function read({ container, key }: Target): Tree {
  if (!Array.isArray(container)) return Object.hasOwn(container, key) ? (container[key] ?? null) : null;
  return container[indexIn(key, container.length, container.length - 1)] ?? null;
}

function write({ container, key }: Target, value: Tree): void {
  if (Array.isArray(container)) container[indexIn(key, container.length, container.length - 1)] = value;
  else setOwn(container, key, value);
}

function add({ container, key }: Target, value: Tree): void {
  if (!Array.isArray(container)) setOwn(container, key, value);
  else if (key === '-') container.push(value);
  else container.splice(indexIn(key, container.length + 1, container.length), 0, value);
}

function remove({ container, key }: Target): void {
  if (Array.isArray(container)) container.splice(indexIn(key, container.length, container.length - 1), 1);
  else if (Object.hasOwn(container, key)) delete container[key];
  else throw new DoesNotApply();
}

/** A negative index counts back from `size`. */
function indexIn(key: string, size: number, last: number): number {
  if (!/^[+-]?\d+$/.test(key)) throw new DoesNotApply();
  const index = Number(key) < 0 ? Number(key) + size : Number(key);
  if (index < 0 || index > last) throw new DoesNotApply();
  return index;
}
