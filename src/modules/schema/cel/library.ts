// The CEL library, loaded when a schema has rules and not before: most schemas have none. It is an ES module; Node takes
// it by require, so that compiling a schema stays synchronous.
import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };

export type CelLibrary = typeof Cel;
export type CelEnvironment = Cel.Environment;
export type CelNode = Cel.ASTNode;

let loaded: CelLibrary | undefined;

export function celLibrary(): CelLibrary {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement would load it at start
  return (loaded ??= require('@marcbachmann/cel-js') as CelLibrary);
}
