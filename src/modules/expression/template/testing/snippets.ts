// Templates in Markdown, with data and what they print: the snippets beside this file and docs/reference/templates*.md.
// The outputs are written by real Go (test/vectors/notes, `snippets`).
import { ManualClock, type JsonObject } from '../../../common';
import { compileTemplate } from '../compile';
import { TemplateExecutionError, TemplateSyntaxError } from '../template.errors';
import { goData } from './go-agreement';

export interface Snippet {
  readonly title: string;
  readonly template: string;
  readonly data: JsonObject;
  /** What it prints, or the words of the error with the line and the caret. */
  readonly expected: string;
}

/** The moment in which Go ran them. */
const NOW = Date.parse('2026-03-04T10:30:15.25Z');
const BLOCK = /^```(?<info>[^\n]*)\n(?<text>.*?)\n?^```$|^#+ (?<title>[^\n]*)$/gms;
/** Integers that a number of JavaScript can't hold. */
const LARGE = /(?<=[:[,]\s*)\d{16,}(?=\s*[,}\]])/g;

/** Data in a block json holds for the templates behind it; each template is followed by what comes of it. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const found: Snippet[] = [];
  let title = '';
  let data: JsonObject = {};
  let template: string | undefined;
  for (const { groups = {} } of markdown.matchAll(BLOCK)) {
    const { info, text = '' } = groups;
    if (groups['title'] !== undefined) title = groups['title'];
    if (template !== undefined && !isAnswer(info)) throw new Error(`"${title}" has a template without an output`);
    if (info === 'json') data = goData(JSON.parse(text.replace(LARGE, '{"$int":"$&"}'))) as JsonObject;
    else if (info === 'template') template = text;
    else if (template !== undefined) {
      found.push({ title, template, data, expected: text });
      template = undefined;
    }
  }
  return found;
}

function isAnswer(info: string | undefined): boolean {
  return info !== undefined && /^(output|error)( ours)?$/.test(info);
}

/** As a field of a Katalog resolves it; the words of the error when it fails. */
export function resolveSnippet({ template, data }: Snippet): string {
  const context = { clock: new ManualClock(NOW), random: { next: () => 0.5 } };
  try {
    return compileTemplate(template).resolve(data, context);
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError) && !(error instanceof TemplateExecutionError)) throw error;
    return `${error.message}${error.excerpt}`;
  }
}
