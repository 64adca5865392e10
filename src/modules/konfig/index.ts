/** L2: the environment as frozen, typed settings. */
export { KonfigModule } from './konfig.module';
export { SETTINGS } from './konfig.tokens';
export { isDebugRequested } from './debug';
export { readSettings, type Settings, type SmtpSettings } from './settings';
