// The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/), with the errors of the
// generated Go code that reads it in the real server.
import { int64Of } from '../../../common';

/** Bytes that are no such message; the text is that of the real server. */
export class ProtobufError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtobufError';
  }
}

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const;

export interface Tag {
  readonly field: number;
  readonly wireType: number;
}

const UNEXPECTED_END = 'unexpected EOF';
const NEGATIVE_LENGTH = 'proto: negative length found during unmarshaling';
const OVERFLOW = 'proto: integer overflow';
/** Bytes of a varint that a number holds exactly. */
const EXACT_BYTES = 7;
const MAX_BYTES = 10;
const LONGEST = 2 ** 63;

export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** `message`: its name, for errors. */
  tag(message: string): Tag {
    const wire = this.unsigned();
    const wireType = wire % 8;
    const field = Math.floor(wire / 8) | 0;
    if (wireType === WIRE.groupEnd) throw new ProtobufError(`proto: ${message}: wiretype end group for non-group`);
    if (field <= 0) throw new ProtobufError(`proto: ${message}: illegal tag ${field} (wire type ${wire})`);
    return { field, wireType };
  }

  /** Two's complement of 64 bits. */
  integer(): number | bigint {
    const first = this.at;
    const end = this.endOfVarint();
    if (end - first <= EXACT_BYTES) return this.unsigned();
    let value = 0n;
    for (let at = end - 1; at >= first; at--) value = (value << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    this.at = end;
    const whole = BigInt.asIntN(64, value);
    return int64Of(whole) ?? whole;
  }

  double(): number {
    this.skipBytes(8);
    return this.bytes.readDoubleLE(this.at - 8);
  }

  /** A view of the next field with a length. */
  chunk(): Buffer {
    const length = this.unsigned();
    if (length >= LONGEST) throw new ProtobufError(NEGATIVE_LENGTH);
    this.skipBytes(length);
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Over the value of a field that nobody asked for. Groups may hold groups. */
  skip(wireType: number): void {
    let depth = 0;
    for (let type = wireType; ; type = this.unsigned() % 8) {
      if (type === WIRE.groupStart) depth++;
      else if (type === WIRE.groupEnd) {
        if (depth === 0) throw new ProtobufError('proto: unexpected end of group');
        depth--;
      } else this.skipValue(type);
      if (depth === 0) return;
    }
  }

  private skipValue(wireType: number): void {
    switch (wireType) {
      case WIRE.varint:
        this.at = this.endOfVarint();
        break;
      case WIRE.fixed64:
        this.skipBytes(8);
        break;
      case WIRE.bytes:
        this.chunk();
        break;
      case WIRE.fixed32:
        this.skipBytes(4);
        break;
      default:
        throw new ProtobufError(`proto: illegal wireType ${wireType}`);
    }
  }

  private unsigned(): number {
    const end = this.endOfVarint();
    let value = 0;
    for (let at = end - 1; at >= this.at; at--) value = value * 128 + ((this.bytes[at] ?? 0) & 0x7f);
    this.at = end;
    return value;
  }

  private endOfVarint(): number {
    for (let at = this.at; ; at++) {
      if (at - this.at >= MAX_BYTES) throw new ProtobufError(OVERFLOW);
      const byte = this.bytes[at];
      if (byte === undefined) throw new ProtobufError(UNEXPECTED_END);
      if (byte < 0x80) return at + 1;
    }
  }

  private skipBytes(amount: number): void {
    if (amount > this.bytes.length - this.at) throw new ProtobufError(UNEXPECTED_END);
    this.at += amount;
  }
}
