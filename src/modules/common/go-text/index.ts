export { bytesOf, compareGoText, hasLooseBytes, joinLooseBytes, textOf } from './go-bytes';
export { goJsonText } from './go-json';
export { canBackquote, GO_ESCAPES, goQuote, goQuoteRune, isGoPrintable } from './go-quote';
