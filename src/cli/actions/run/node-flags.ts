/**
 * How Node runs the long-lived processes; the images say the same. The young generation of V8 grows to 3 x 16 MiB while
 * the modules are loaded and never shrinks again; an operator keeps most of what it allocates, so that more room for
 * short-lived objects saves nothing (docs/benchmarks.md).
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];
