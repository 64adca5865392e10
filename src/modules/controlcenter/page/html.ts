// HTML as a value: what a template inserts is escaped unless it is HTML itself, so that a name or a message of a cluster
// can never become markup.

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export class Html {
  constructor(readonly text: string) {}
}

export type Insert = Html | string | number | undefined | readonly Insert[];

/** A template literal: html`<td>${name}</td>`. Attributes are written in double quotes. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(parts.reduce((text, part, index) => text + insertText(inserts[index - 1]) + part));
}

function insertText(insert: Insert): string {
  if (insert === undefined) return '';
  if (insert instanceof Html) return insert.text;
  if (Array.isArray(insert)) return insert.map(insertText).join('');
  // What a foreign answer holds may be anything, whatever its type says.
  return (typeof insert === 'object' ? '?' : String(insert)).replace(
    /[&<>"']/g,
    (character) => ESCAPES[character] ?? '',
  );
}
