export { CustomResources } from './custom-resources';
