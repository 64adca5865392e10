// The page's own style sheet; the colours follow the reader's system.
import { createHash } from 'node:crypto';
import { Html } from './html';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: #777; --good: #1a7f37; --bad: #cf222e; --busy: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --quiet: #999; --good: #3fb950; --bad: #f85149; --busy: #d29922; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
.quiet { color: var(--quiet); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.busy { color: var(--busy); }
`;

export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** For `content-security-policy`: this style sheet and no other. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
