// What the Go decoder calls the type of each field of the built-in kinds. No document says it: the server is asked with
// a value of a wrong form at each field (dry run) and names the type in its answer. Only answers that the schema does not
// tell already are kept: `goType` of the field, and `goPath` where the field belongs to an embedded struct.
'use strict';

const AT_A_TIME = 8;

/** What follows from the schema; must agree with `goTypeOf` in src/modules/schema/openapi/builtin-types.ts. */
function expectedGoType(node) {
  if (node.ref !== undefined) return node.ref.split('.').slice(-2).join('.');
  if (node.type === 'array') return `[]${expectedGoType(node.items ?? {})}`;
  if (node.type === 'object' && node.values !== undefined) return `map[string]${expectedGoType(node.values)}`;
  if (node.type === 'integer') return node.format ?? 'int64';
  if (node.type === 'number') return 'float64';
  if (node.type === 'boolean') return 'bool';
  return node.type === 'string' && node.format === 'byte' ? '[]uint8' : 'string';
}

/** Where objects of each kind are created: the first POST of the documents. */
function collections(documents) {
  const found = new Map();
  for (const [, text] of documents) {
    for (const [target, item] of Object.entries(JSON.parse(text).paths ?? {})) {
      const gvk = item.post?.['x-kubernetes-group-version-kind'];
      if (gvk === undefined || item.post['x-kubernetes-action'] !== 'post') continue;
      const key = `${gvk.group}/${gvk.version}/${gvk.kind}`;
      if (!found.has(key)) found.set(key, target.replace('{namespace}', 'default').replace('{name}', 'x'));
    }
  }
  return found;
}

/** One way to each field of each definition: a function that puts a value there, wrapped in a whole object. */
function probes(documents, { kinds, definitions }) {
  const paths = collections(documents);
  const seen = new Set();
  const wanted = [];
  for (const [group, version, kind, name] of kinds) {
    const target = paths.get(`${group}/${version}/${kind}`);
    if (target === undefined || /[{}]/.test(target)) continue;
    const head = { apiVersion: group === '' ? version : `${group}/${version}`, kind };
    const queue = [{ name, path: [], wrap: (fields) => ({ ...head, ...fields }) }];
    for (const { name: definition, path, wrap } of queue) {
      if (seen.has(definition)) continue;
      seen.add(definition);
      for (const [field, node] of Object.entries(definitions[definition]?.properties ?? {})) {
        if (field === 'apiVersion' || field === 'kind') continue;
        const fieldPath = [...path, field];
        wanted.push({ target, node, path: fieldPath, body: (value) => wrap({ [field]: value }) });
        const inner = inside(node);
        if (inner !== undefined) {
          queue.push({ name: inner.ref, path: fieldPath, wrap: (fields) => wrap({ [field]: inner.wrap(fields) }) });
        }
      }
    }
  }
  return wanted;
}

function inside(node) {
  if (node.ref !== undefined) return { ref: node.ref, wrap: (fields) => fields };
  if (node.items?.ref !== undefined) return { ref: node.items.ref, wrap: (fields) => [fields] };
  if (node.values?.ref !== undefined) return { ref: node.values.ref, wrap: (fields) => ({ x: fields }) };
  return undefined;
}

async function ask(server, { target, node, body }, definitions) {
  const form = node.ref === undefined ? node : (definitions[node.ref] ?? {});
  const wrong = form.type === 'object' ? [] : {};
  const { text } = await server.request('POST', `${target}?dryRun=All`, body(wrong));
  const match = / Go struct field [^.]+\.(\S+) of type (\S+)$/.exec(JSON.parse(text).message ?? '');
  return match === null ? undefined : { segments: match[1].split('.'), type: match[2] };
}

/** The names of embedded structs between the parent of a field and the field. */
function embeddedBefore(path, segments) {
  let between = [];
  let next = 0;
  for (const segment of segments) {
    if (segment === path[next]) {
      next++;
      if (next < path.length) between = [];
    } else between.push(segment);
  }
  return between;
}

/** Adds `goType` and `goPath` to the fields where they are not what the schema tells. Returns how many. */
async function goTypesOf(server, documents, types) {
  const waiting = probes(documents, types);
  let added = 0;
  const work = async () => {
    for (let probe = waiting.pop(); probe !== undefined; probe = waiting.pop()) {
      const answer = await ask(server, probe, types.definitions);
      if (answer === undefined) continue;
      const embedded = embeddedBefore(probe.path, answer.segments);
      if (embedded.length > 0) probe.node.goPath = [...embedded, probe.path.at(-1)].join('.');
      if (answer.type !== expectedGoType(probe.node)) probe.node.goType = answer.type;
      if (embedded.length > 0 || probe.node.goType !== undefined) added++;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return added;
}

module.exports = { goTypesOf };
