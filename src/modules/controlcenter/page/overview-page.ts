// The one page of the control center: everything is in the HTML, nothing runs in the browser. Pure.
import { type CrSummary } from '../../kordinator/http/contract';
import { type CrdOverview, type RuntimeOverview } from '../aggregate/overview';
import { type Html, html } from './html';
import { STYLE_ELEMENT } from './style';

/** The browser asks again. */
const REFRESH_SECONDS = 5;
/** Rows of one CRD; the rest is counted. */
const MAX_ROWS = 200;

export function overviewPage(runtimes: readonly RuntimeOverview[], version: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="refresh" content="${REFRESH_SECONDS}" />
        <title>Orkestra control center</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <h1>Orkestra control center <span class="quiet">${version}</span></h1>
        ${runtimes.map(runtimeSection)}
      </body>
    </html> `.text;
}

function runtimeSection(runtime: RuntimeOverview): Html {
  if ('problem' in runtime) {
    return html`<section>
      <h2 class="bad">The runtime is away</h2>
      <p>${runtime.url}: ${runtime.problem}. This page looks again every ${REFRESH_SECONDS} seconds.</p>
    </section>`;
  }
  const { katalog, url, crds } = runtime;
  return html`<section>
    <h2>${katalog.name ?? 'Katalog'} ${katalogState(katalog)}</h2>
    <p class="quiet">${katalog.description ?? ''}</p>
    <p class="quiet"><a href="${url}/katalog">${url}/katalog</a></p>
    ${crds.map(crdSection)}
  </section>`;
}

function katalogState(katalog: { readonly isKonductor: boolean; readonly degradedReason?: string }): Html {
  if (!katalog.isKonductor) return html`<small class="busy">stands by: another runtime leads</small>`;
  if (katalog.degradedReason !== undefined) return html`<small class="bad">${katalog.degradedReason}</small>`;
  return html`<small class="good">leads</small>`;
}

function crdSection({ crd, crs, problem }: CrdOverview): Html {
  return html`<h3>${crd.name} <small class="${stateClass(crd.state)}">${crd.state}</small></h3>
    <p class="quiet">
      ${crd.gvk}; resources: ${crd.resourceCount}; workers: ${crd.workersActive} of ${crd.workers}; waiting:
      ${crd.queueDepth}; failed passes: ${Math.round(crd.errorRate)} %
    </p>
    ${problem === undefined ? crTable(crs) : html`<p class="busy">${problem}</p>`}`;
}

function crTable(crs: readonly CrSummary[]): Html {
  if (crs.length === 0) return html`<p>No resources yet.</p>`;
  const hidden = crs.length - MAX_ROWS;
  return html`<table>
      <thead>
        <tr>
          <th>Namespace</th>
          <th>Name</th>
          <th>Phase</th>
          <th>Ready</th>
          <th>Age</th>
        </tr>
      </thead>
      <tbody>
        ${crs.slice(0, MAX_ROWS).map(crRow)}
      </tbody>
    </table>
    ${hidden > 0 ? html`<p class="quiet">and ${hidden} more</p>` : undefined}`;
}

function crRow({ namespace, name, phase, ready, readyReason, age }: CrSummary): Html {
  const why = readyReason === undefined || ready ? '' : ` (${readyReason})`;
  return html`<tr>
    <td>${namespace ?? ''}</td>
    <td>${name}</td>
    <td>${phase ?? ''}</td>
    <td class="${ready ? 'good' : 'busy'}">${ready ? 'yes' : 'no'}${why}</td>
    <td>${age}</td>
  </tr>`;
}

function stateClass(state: string): string {
  if (state === 'healthy') return 'good';
  return state === 'degraded' ? 'bad' : 'busy';
}
