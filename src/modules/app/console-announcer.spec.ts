import { type Activity } from '../reconciler';
import { ConsoleAnnouncer } from './console-announcer';

function lines(...activities: readonly Partial<Activity>[]): readonly string[] {
  const printed: string[] = [];
  const announcer = new ConsoleAnnouncer((line) => printed.push(line.trimEnd().replace(/\u001b\[\d+m/g, '')));
  for (const activity of activities) {
    announcer.activity({ crd: 'website', key: 'default/hello', action: 'created', what: '', ...activity });
  }
  return printed;
}

describe('the live lines of a run', () => {
  it('say what was done to which object, and why', () => {
    const detail = 'spec.replicas';
    expect(lines({ action: 'corrected', what: 'deployments default/hello', detail })).toEqual([
      '~ website default/hello  corrected deployments default/hello (spec.replicas)',
    ]);
  });

  it('leave status writes out', () => {
    expect(lines({ action: 'status', what: 'phase' })).toEqual([]);
  });

  it('say a failure once, however often it is tried again', () => {
    const failed = { action: 'failed', what: 'no such field' } as const;
    expect(lines(failed, failed, { ...failed, key: 'default/other' }, failed)).toEqual([
      '✗ website default/hello  failed no such field',
      '✗ website default/other  failed no such field',
    ]);
  });

  it('show where in a template it failed', () => {
    const excerpt = '\n    {{ .spec.a.b }}\n            ^';
    expect(lines({ action: 'failed', what: 'katalog.yaml:9:5: no such field', excerpt })).toEqual([
      `✗ website default/hello  failed katalog.yaml:9:5: no such field${excerpt}`,
    ]);
  });

  it('say it again when another failure or a success came between', () => {
    const failed = { action: 'failed', what: 'no such field' } as const;
    const other = { action: 'failed', what: 'no such image' } as const;
    expect(lines(failed, other, failed, { action: 'ready' }, failed)).toEqual([
      '✗ website default/hello  failed no such field',
      '✗ website default/hello  failed no such image',
      '✗ website default/hello  failed no such field',
      '✓ website default/hello  ready',
      '✗ website default/hello  failed no such field',
    ]);
  });
});
