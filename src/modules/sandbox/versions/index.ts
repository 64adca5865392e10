export { toServed, toStorage } from './convert';
