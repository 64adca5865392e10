export { isDnsLabel, isDnsSubdomain } from './dns-names';
export { apiVersionOf, groupKind, type Gvk, gvkString, parseApiVersion } from './gvk';
export { isConfigKey, isLabelValue, isQualifiedName, isVariableName } from './kube-names';
export { type ObjectKey, objectKey, splitObjectKey } from './object-key';
