import { type SourceNode } from '../../common';

/** What was found, for messages: `a map`, `a list`, `"3x"`, `nothing`. */
export function describeNode(node: SourceNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  return node.value === null ? 'nothing' : `"${node.text}"`;
}
