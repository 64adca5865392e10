import { PassThrough } from 'node:stream';
import { onClosedOutput } from './closed-output';

describe('a reader that goes away', () => {
  it('is reported, and not thrown', () => {
    const output = new PassThrough();
    let told = 0;
    onClosedOutput([output], () => told++);
    output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(told).toBe(1);
  });

  it('is nobody’s business after the end', () => {
    const output = new PassThrough();
    onClosedOutput([output], () => undefined)();
    expect(output.listenerCount('error')).toBe(0);
  });
});
