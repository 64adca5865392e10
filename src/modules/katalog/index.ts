/**
 * L3: from YAML files to a CompiledKatalog. Everything that a user can get wrong is found here, with
 * file:line:column, before any watch starts.
 */
export type {
  CompiledBlock,
  CompiledCrd,
  CompiledDeletion,
  CompiledDeletionStage,
  CompiledKatalog,
  CompiledStatus,
  CompiledStatusField,
  CustomKind,
  KatalogMetadata,
  Setting,
  StatusFieldType,
} from './compile/compiled-katalog';
export { childResources, staysBehind, withCustomKinds } from './compile/child-resources';
export { compileKatalog, type CompileKatalogOptions } from './compile/compile-katalog';
export { type ExplainedField, explainKatalog, type Explanation, schemaAt, type UnusableField } from './describe';
export { loadMotif, type MotifSummary } from './compile/check-motif';
export { loadKatalog, type LoadKatalogOptions } from './compile/load-katalog';
export { type CrdProfileUse, type UserProfile } from './profiles/compile-profiles';
export { PROFILE_CLASSES } from './profiles/profile-classes';
export { type Migration, migrateText } from './generations';
export { KatalogModule } from './katalog.module';
export { COMPILED_KATALOG } from './katalog.tokens';
export { statusValue } from './compile/status-value';
export { requireRunnable } from './compile/require-runnable';
export { deriveCrdRules, deriveRuntimeRules, type ResourceName } from './rbac/derive-rules';
export { type PolicyRule } from './rbac/policy-rule';
export { missingRules, ruleText } from './rbac/missing-rules';
export { type LendKubeApi } from './remote/fetch-ports';
export { processFetcher, type ProcessFetcherOptions } from './remote/process-fetcher';
export { type SourceFetcher } from './source/fetched-texts';
export { type SourceFiles, type SourceRequest } from './source/source-texts';
export { type OtherFileKind, otherFileKind } from './source/file-kind';
export { parseYamlDocuments } from './source/parse-yaml';
export { readTextFile, resolveKatalogFiles } from './source/read-files';
export { readManifests } from './source/read-manifests';
export { enrichedCrd, enrichedKatalog, rawCrd, rawKatalog } from './views/definition';
export { toJson } from './source/to-json';
export { toYaml } from './source/to-yaml';
export { checkSuite, type SuiteKind } from './suites/check-suite';
export type { E2eSummary, SimulateSummary, SuiteSummary } from './suites/suite-summary';
