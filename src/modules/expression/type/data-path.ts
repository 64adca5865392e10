// A plain path into the data, as conditions and forEach have it, against the type of the data.
import { type ProblemList, type SourceText } from '../../common';
import { noField, unknownField } from './call-rules';
import { Findings } from './finding';
import { fieldOf } from './steps';
import { type Type, UNKNOWN } from './type';

/** The type of what the path leads to. A step that can't be there is a problem at its place; then it is unknown. */
export function checkDataPath({ text, node }: SourceText, data: Type, problems: ProblemList): Type {
  const findings = new Findings();
  const type = typeAt(text.split('.'), data, findings);
  for (const { code, severity, message, offset } of findings.all()) {
    problems.add({ severity, code, message, position: node.locate(offset), path: node.path });
  }
  return type;
}

function typeAt(path: readonly string[], data: Type, findings: Findings): Type {
  let type = data;
  let offset = 0;
  let words = 'the data';
  for (const name of path) {
    const step = fieldOf(type, name);
    if ('problem' in step) {
      if (step.problem === 'unknown field') unknownField(step.object, name, words, offset, findings);
      else noField(type, name, words, offset, findings);
      return UNKNOWN;
    }
    type = step;
    words = offset === 0 ? name : `${words}.${name}`;
    offset += name.length + 1;
  }
  return type;
}
