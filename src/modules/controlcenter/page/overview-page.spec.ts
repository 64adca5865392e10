import { createHash } from 'node:crypto';
import { type CrdSummary, type CrSummary, type KatalogView } from '../../kordinator/http/contract';
import { type RuntimeOverview } from '../aggregate/overview';
import { overviewPage } from './overview-page';
import { STYLE_HASH } from './style';

const CR: CrSummary = { name: 'hello', namespace: 'default', phase: 'Ready', ready: true, age: '8s', generation: 1 };

function running(change: Partial<CrdSummary> = {}, crs: readonly CrSummary[] = [CR]): RuntimeOverview {
  const crd = {
    name: 'website',
    state: 'healthy',
    gvk: 'demo.orkestra.io/v1, Kind=Website',
    resourceCount: crs.length,
    workersActive: 3,
    workers: 8,
    queueDepth: 0,
    errorRate: 0,
    ...change,
  } as CrdSummary;
  const katalog = { name: 'hello-website', isKonductor: true } as KatalogView;
  return { url: 'http://127.0.0.1:8080', katalog, crds: [{ crd, crs, problem: undefined }] };
}

/** What a reader sees, in one line. */
function seen(...runtimes: readonly RuntimeOverview[]): string {
  return overviewPage(runtimes, '1.2.3')
    .replace(/^[^]*<body>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the page of the control center', () => {
  it('shows CRDs and their resources with their state', () => {
    expect(seen(running())).toBe(
      'Orkestra control center 1.2.3 hello-website leads http://127.0.0.1:8080/katalog website healthy ' +
        'demo.orkestra.io/v1, Kind=Website; resources: 1; workers: 3 of 8; waiting: 0; failed passes: 0 % ' +
        'Namespace Name Phase Ready Age default hello Ready yes 8s',
    );
  });

  it('says why a resource is not ready', () => {
    expect(seen(running({}, [{ ...CR, ready: false, readyReason: 'ChildrenPending' }]))).toContain(
      'no (ChildrenPending)',
    );
  });

  it('says that there is nothing yet, and what it leaves out', () => {
    expect(seen(running({}, []))).toContain('No resources yet.');
    const many = Array.from({ length: 203 }, (_item, index) => ({ ...CR, name: `site-${index}` }));
    const text = seen(running({}, many));
    expect(text).toContain('site-199');
    expect(text).not.toContain('site-200');
    expect(text).toContain('and 3 more');
  });

  it('says that a runtime is away, beside one that is not', () => {
    const text = seen({ url: 'http://a:8080', problem: 'no answer within 3 s' }, running());
    expect(text).toContain('The runtime is away http://a:8080: no answer within 3 s. This page looks again');
    expect(text).toContain('hello-website leads');
  });

  it('says that a runtime stands by, or what is degraded', () => {
    const { katalog, ...rest } = running() as Extract<RuntimeOverview, { readonly katalog: KatalogView }>;
    expect(seen({ ...rest, katalog: { ...katalog, isKonductor: false } })).toContain(
      'stands by: another runtime leads',
    );
    expect(seen({ ...rest, katalog: { ...katalog, degradedReason: '1 CRD is degraded' } })).toContain(
      '1 CRD is degraded',
    );
  });

  it('makes no markup of what a cluster says', () => {
    const page = overviewPage([running({ name: '<img src=x onerror=alert(1)>' })], '1.2.3');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<(?:img|script)/);
  });

  it('refreshes itself, and its style sheet is the one that the policy allows', () => {
    const page = overviewPage([], '1.2.3');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('<meta http-equiv="refresh" content="5" />');
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    expect(STYLE_HASH).toBe(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });
});
