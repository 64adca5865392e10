export { decodeEnvelope, type ExpectedKind, hasMessage, ProtobufObjectError } from './envelope';
export { ProtobufError } from './wire-reader';
