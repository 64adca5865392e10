/** L2: the environment as frozen, typed settings. */
export { KonfigModule } from './konfig.module';
export { SETTINGS } from './konfig.tokens';
export { isDebugRequested } from './debug';
export { type OciMirror, type OciSettings, type OutboundSettings } from './outbound';
export { readSettings, type Settings, type SmtpSettings } from './settings';
