// SARIF 2.1.0 (OASIS), as code scanning of GitHub reads it: places are relative to the checkout, each result names a rule
// of the tool.
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Problem, type SourcePosition, VERSION } from '../../../modules/common';

const LEVEL = { error: 'error', warning: 'warning', unrunnable: 'note' } as const;

/** The log as text, with a line end. */
export function sarifLog(problems: readonly Problem[]): string {
  const ids = [...new Set(problems.map(({ code }) => code))].sort();
  const results = problems.map(({ severity, code, message, position, path }) => ({
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: LEVEL[severity],
    message: { text: message },
    locations: [
      {
        ...placeOf(position),
        ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
    ...relatedTo(position),
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ork', version: VERSION, rules: ids.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function placeOf({ file, line, column }: SourcePosition): { readonly physicalLocation: object } {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column },
    },
  };
}

/** The places that bring the file in, from the inside out. */
function relatedTo({ usedAt }: SourcePosition): object {
  const places: SourcePosition[] = [];
  for (let at = usedAt; at !== undefined; at = at.usedAt) places.push(at);
  if (places.length === 0) return {};
  return {
    relatedLocations: places.map((at, index) => ({ id: index + 1, message: { text: 'used here' }, ...placeOf(at) })),
  };
}

/** A reference of RFC 3986: relative to the working directory, or absolute for what lies elsewhere. */
function uriOf(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//.test(file)) return encodeURI(file);
  if (isAbsolute(file)) return pathToFileURL(file).href;
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.replaceAll('%2C', ',');
}
