// Fields that name a file. A path is meant from the file that it stands in: a Katalog that is printed somewhere else
// writes it anew (model/typed-json.ts).
import { type Field, format, literal } from '../../schema';
import { type SourceText } from '../../common';

/** A path relative to the file, an absolute one, or a URL. */
export const filePath: Field<SourceText> = { ...literal };

/** A path relative to the file, which begins with `.`, or the name of a package. */
export const modulePath = format({
  words: 'a package, or a path relative to the file',
  test: (text) => /^[^\s{}]+$/.test(text),
});
