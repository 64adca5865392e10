export { openApiPaths } from './openapi-paths';
