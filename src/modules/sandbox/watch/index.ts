export { lineOf, type ObjectForm, wholeForm } from './watch-lines';
export { type WatchItem, type WatchOptions, WatchSession } from './watch-session';
export { startTimers } from './watch-timers';
