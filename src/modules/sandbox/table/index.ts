export { Tables } from './tables';
