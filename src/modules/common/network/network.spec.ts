import { networkFailure } from './network-failure';
import { retryAfterMs } from './retry-after';

const coded = (code: string, over: object = {}): Error => Object.assign(new Error(code), { code, ...over });

describe('networkFailure', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENETUNREACH', 'unreachable'],
    ['EAI_AGAIN', 'dns'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UND_ERR_SOCKET', 'reset'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
  ])('takes %s for %s', (code, reason) => {
    expect(networkFailure(coded(code))).toEqual({ reason, codes: [code] });
  });

  it('looks at causes, and at each address that was tried', () => {
    expect(networkFailure(new TypeError('fetch failed', { cause: coded('ECONNRESET') })).reason).toBe('reset');
    const tried = coded('ETIMEDOUT', { errors: [coded('ECONNREFUSED'), coded('ETIMEDOUT')] });
    expect(networkFailure(tried).reason).toBe('refused');
    expect(networkFailure('text')).toEqual({ reason: 'protocol', codes: [] });
  });

  it('knows who gave up here', () => {
    expect(networkFailure(Object.assign(new Error('x'), { name: 'AbortError' })).reason).toBe('aborted');
  });
});

describe('retryAfterMs', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    [undefined, undefined],
    ['3', 3_000],
    [['2', '9'], 2_000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('of %j is %j', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
