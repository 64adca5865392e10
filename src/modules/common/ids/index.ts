export { isDnsLabel, isDnsSubdomain } from './dns-names';
export { apiVersionOf, type Gvk, gvkString, parseApiVersion } from './gvk';
export { type ObjectKey, objectKey, splitObjectKey } from './object-key';
