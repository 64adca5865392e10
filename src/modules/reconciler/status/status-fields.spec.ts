import { type JsonObject, type JsonValue, ManualClock, type MutableJsonObject } from '../../common';
import { ALWAYS, compileTemplate } from '../../expression';
import { type CompiledStatus, type StatusFieldType } from '../../katalog';
import { renderStatusFields } from './status-fields';

const warn = jest.fn();
const logger = { warn } as unknown as Parameters<typeof renderStatusFields>[5];
const evaluation = { clock: new ManualClock(), random: { next: () => 0.5 } };

/** What `status.x` becomes. */
function converted(type: StatusFieldType, template: string, data: JsonObject = {}): JsonValue | undefined {
  const value = compileTemplate(template);
  const position = { file: 'f', line: 1, column: 1 };
  const field = {
    path: ['x'],
    value,
    type,
    conditions: ALWAYS,
    clearOnFalse: false,
    position,
    purity: 'pure',
  } as const;
  const compiled = { fields: [field] } as unknown as CompiledStatus;
  const status: MutableJsonObject = {};
  renderStatusFields(compiled, data, evaluation, false, status, logger);
  return status['x'];
}

describe('the text of a status field becomes a value', () => {
  it.each<[StatusFieldType, string, JsonValue | undefined]>([
    ['string', '007', '007'],
    ['int', '3', 3],
    ['int', '+3', 3],
    ['int', '2.9', 2],
    ['int', '9007199254740993', 9007199254740993n],
    ['int', '-9223372036854775808', -9223372036854775808n],
    ['float', '9007199254740993', 9007199254740992],
    ['float', '.5', 0.5],
    ['auto', '9007199254740991', 9007199254740991],
    ['auto', '9007199254740993', 9007199254740993n],
    ['auto', '9223372036854775808', 9223372036854775808],
    ['auto', '1.50', 1.5],
    ['auto', 'true', true],
    ['auto', 'v1.5', 'v1.5'],
    ['bool', 'Yes', true],
    ['int', '', undefined],
  ])('%s of %j is %s', (type, text, value) => {
    expect(converted(type, text)).toStrictEqual(value);
  });

  it('with every digit that the custom resource has', () => {
    expect(converted('int', '{{ .spec.id }}', { spec: { id: 9007199254740993n } })).toBe(9007199254740993n);
  });

  it('or is left out, with a line in the log, when it is none', () => {
    expect(converted('int', 'many')).toBeUndefined();
    expect(warn).toHaveBeenCalledWith('status.field-failed', expect.objectContaining({ path: 'x', at: 'f:1:1' }));
  });
});
