import { type JsonObject, jsonText } from '../../common';
import { type ApiRequest, type BodyAnswer } from './api.types';
import { type Accepted } from './negotiate';
import { isTrue } from './request-info';
import { writeYaml } from './yaml';

/** JSON, or YAML when that was asked for. People (curl, browsers, `pretty`) get it with line breaks. */
export function bodyAnswer(
  code: number,
  value: JsonObject,
  { format }: Accepted,
  request: ApiRequest,
  query: URLSearchParams,
): BodyAnswer {
  if (format === 'yaml') {
    return { code, contentType: 'application/yaml', body: writeYaml(value) };
  }
  const body = isPretty(request, query) ? `${jsonText(value, 2)}\n` : `${jsonText(value)}\n`;
  return { code, contentType: 'application/json', body };
}

function isPretty(request: ApiRequest, query: URLSearchParams): boolean {
  const asked = query.get('pretty');
  if (asked !== null) return isTrue(asked);
  const agent = request.headers['user-agent'];
  return typeof agent === 'string' && /^(curl|Wget|Mozilla\/5\.0)/.test(agent);
}
