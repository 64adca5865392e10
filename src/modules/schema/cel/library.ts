// The CEL library, loaded when a schema has rules and not before: it is an ES module, and most schemas have none.
import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };

export type CelLibrary = typeof Cel;
export type CelEnvironment = Cel.Environment;
export type CelNode = Cel.ASTNode;

let loaded: Promise<CelLibrary> | undefined;

export function loadCelLibrary(): Promise<CelLibrary> {
  return (loaded ??= import('@marcbachmann/cel-js'));
}
