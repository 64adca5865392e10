export { compareVersions } from './discovered-groups';
export { discoveryPaths } from './discovery-paths';
