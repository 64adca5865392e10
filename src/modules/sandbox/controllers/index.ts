export { type ControllerPorts, startControllers } from './start-controllers';
