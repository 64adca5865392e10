// Protobuf by hand, for bodies that no client library would write.

/** A field with a length: text, bytes or a message. */
export function field(number: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([varint(number * 8 + 2), varint(body.length), body]);
}

/** What Kubernetes puts around an object. */
export function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  const typeMeta = field(1, field(1, Buffer.from(apiVersion)), field(2, Buffer.from(kind)));
  return Buffer.concat([Buffer.from('k8s\0', 'latin1'), typeMeta, field(2, raw)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}
