export { builtInKinds } from './built-in-kinds';
export type { KindStrategy, StorageView } from './kind-strategy';
