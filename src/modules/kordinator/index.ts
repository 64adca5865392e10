/** L4: conducts the lanes: one queue and a set of workers for each CRD, caches, election, inventories, `/katalog`. */
export type { Announcer } from './activity';
export { Kordinator, type KordinatorOptions } from './kordinator';
export { KordinatorModule, type KordinatorModuleOptions } from './kordinator.module';
export { KordinatorMetrics } from './kordinator.metrics';
