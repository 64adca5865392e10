// Changes of the sample Katalog that several tests need: a second kind, and a child that garbage collection can't reach.
import { CRD_MANIFEST } from './websites';

/** A CRD beside Website: the same in everything but its names. */
export const PAGES = CRD_MANIFEST.replaceAll('websites', 'pages')
  .replaceAll('website', 'page')
  .replaceAll('Website', 'Page');

const DEPLOYMENTS_KEY = '          deployments:\n';

/** A ConfigMap in the namespace `shared`; `extra` is one more line of its entry. For `katalog(...)`. */
export function sharedConfigMap(extra?: string): readonly [string, string] {
  return [
    DEPLOYMENTS_KEY,
    [
      '            - name: "{{ .metadata.name }}-shared"',
      '              namespace: shared',
      ...(extra === undefined ? [] : [`              ${extra}`]),
      '              data: { owner: "{{ .metadata.name }}" }',
      DEPLOYMENTS_KEY,
    ].join('\n'),
  ];
}

/** The Katalog with Page in the place of Website: the same name, another CRD. */
export function pagesInstead(katalogText: string, ...onReconcile: readonly string[]): string {
  return [
    ...katalogText.slice(0, katalogText.indexOf('    website:')).split('\n').slice(0, -1),
    '    page:',
    '      apiTypes: { group: demo.orkestra.io, version: v1, kind: Page, plural: pages }',
    '      operatorBox:',
    '        onReconcile:',
    ...onReconcile.map((line) => `          ${line}`),
    '',
  ].join('\n');
}
