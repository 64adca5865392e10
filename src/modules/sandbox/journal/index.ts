export { Journal } from './journal';
