export { Journal, type Recovered } from './journal';
