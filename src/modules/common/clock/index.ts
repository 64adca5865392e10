export { type Clock, ManualClock, pause, type Random, rfc3339, systemClock, systemRandom } from './clock';
