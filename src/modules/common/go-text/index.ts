export { canBackquote, goQuote, goQuoteRune, isGoPrintable } from './go-quote';
