export type { ListNode, MapEntry, MapNode, ScalarNode, SourceNode, SourceText } from './source-node';
