/** The built-in kinds as a real API server publishes them. */
export { type BuiltinKind, builtinDefinition, builtinKinds, builtinSchema, kubernetesVersion } from './builtin-types';
export { type OpenApiDocument, openApiV2Document, openApiV3Documents } from './documents';
