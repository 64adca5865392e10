import * as fc from 'fast-check';
import { type Html, html } from './html';

describe('the html template', () => {
  it('escapes what it inserts, unless it is HTML', () => {
    expect(html`<b title="${'"a" & \'b\''}">${'<script>'}</b>${html`<i>${1}</i>`}${undefined}`.text).toBe(
      '<b title="&quot;a&quot; &amp; &#39;b&#39;">&lt;script&gt;</b><i>1</i>',
    );
  });

  it('inserts lists, each item by its own rule', () => {
    expect(html`${['<', html`<hr />`, ['>']]}`.text).toBe('&lt;<hr />&gt;');
  });

  it('lets no text out of the element or the attribute that holds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: made } = html`<a href="${text}">${text}</a>`;
        expect(made.match(/[<>"]/g)).toEqual(['<', '"', '"', '>', '<', '>']);
      }),
    );
  });

  it('makes no markup of an object in a foreign answer', () => {
    const hostile = { text: '<script>' } as unknown as Html;
    expect(html`${hostile}`.text).toBe('?');
  });
});
