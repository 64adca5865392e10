// The registry that `/metrics` prints: prom-client keeps one per process, and its default metrics live there too.
export { register as processRegistry } from 'prom-client';
