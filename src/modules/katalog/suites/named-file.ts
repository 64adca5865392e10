// The files that a file of tests names: each has to be there, beside the file that names it.
import { existsSync } from 'node:fs';
import { type SourceText } from '../../common';
import { isRemote, locationFrom } from '../source/location';
import { CODE } from '../validate/codes';
import { type Findings } from '../validate/rule';

/** The absolute path of a file of this machine that is there; undefined after a problem. */
export function namedFile({ text, node }: SourceText, findings: Findings): string | undefined {
  const location = locationFrom(node.position.file, text);
  if (location === undefined || isRemote(location)) {
    findings.error(node, CODE.source, `${text}: tests name files of this machine`);
    return undefined;
  }
  if (existsSync(location)) return location;
  findings.error(node, CODE.source, `${text}: no such file`);
  return undefined;
}
