export { startControllers } from './start-controllers';
