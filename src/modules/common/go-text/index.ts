export { bytesOf, compareGoText, hasLooseBytes, joinLooseBytes, textOf } from './go-bytes';
export { canBackquote, goQuote, goQuoteRune, isGoPrintable } from './go-quote';
