export { writeYaml } from './write-yaml';
