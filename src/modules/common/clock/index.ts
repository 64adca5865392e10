export { type Clock, ManualClock, pause, type Random, rfc3339, rfc3339Micro, systemClock, systemRandom } from './clock';
export { untilAborted } from './until-aborted';
