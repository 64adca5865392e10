export { formatDuration, parseDuration, parseExtendedDuration } from './duration';
