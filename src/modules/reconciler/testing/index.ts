/** The engine on caches in memory, for tests: nothing of this is built. */
export { compileBox, EngineHarness, KEY } from './engine-harness';
export { fails, mergePatch, noAnswer, type RecordedCall, RecordingKubeApi, refusal } from './recording-kube-api';
export { BOX } from './boxes';
