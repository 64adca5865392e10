/** Injects the CompiledKatalog of this process. */
export const COMPILED_KATALOG = Symbol('COMPILED_KATALOG');
