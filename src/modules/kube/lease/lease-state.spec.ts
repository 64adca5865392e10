import { FencedError } from '../kube.errors';
import { LeaseState, threadMonotonicMs } from './lease-state';

const START = Date.parse('2026-01-01T00:00:00Z');
const HOLD_MS = 10_000;

let state: LeaseState;

function hold(isNew = true): void {
  state.hold(threadMonotonicMs() + HOLD_MS, Date.now() + HOLD_MS, isNew);
}

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  state = new LeaseState();
});

afterEach(() => jest.useRealTimers());

it('is not held before it was ever acquired', () => {
  expect(state.isHeld).toBe(false);
  expect(state.epoch).toBe(0);
  expect(() => state.assertHeld(0)).toThrow(FencedError);
});

it('is held to its end, not at it', () => {
  hold();
  jest.advanceTimersByTime(HOLD_MS - 1);
  expect(() => state.assertHeld(1)).not.toThrow();
  jest.advanceTimersByTime(1);
  expect(state.isHeld).toBe(false);
  expect(() => state.assertHeld(1)).toThrow(FencedError);
});

it('ends by the monotonic clock alone: the date was set back', () => {
  hold();
  jest.advanceTimersByTime(HOLD_MS);
  jest.setSystemTime(START);
  expect(() => state.assertHeld(1)).toThrow(FencedError);
});

it('ends by the wall clock alone: the machine slept and its monotonic clock with it', () => {
  hold();
  jest.setSystemTime(START + HOLD_MS);
  expect(() => state.assertHeld(1)).toThrow(FencedError);
});

it('is held longer after a renewal, as the same hold', () => {
  hold();
  jest.advanceTimersByTime(HOLD_MS - 1);
  hold(false);
  jest.advanceTimersByTime(HOLD_MS - 1);
  expect(state.epoch).toBe(1);
  expect(() => state.assertHeld(1)).not.toThrow();
});

it('fences what was begun under an earlier hold, although it is held', () => {
  hold();
  state.drop();
  expect(() => state.assertHeld(1)).toThrow(FencedError);
  hold();
  expect(state.isHeld).toBe(true);
  expect(() => state.assertHeld(1)).toThrow(FencedError);
  expect(() => state.assertHeld(2)).not.toThrow();
});

it('is one memory for all threads that share its buffer', () => {
  const other = new LeaseState(state.buffer);
  hold();
  expect(() => other.assertHeld(1)).not.toThrow();
  other.drop();
  expect(state.isHeld).toBe(false);
  hold();
  expect(other.epoch).toBe(2);
});

it('knows how long ago the main loop gave a sign of life', () => {
  state.beat();
  expect(state.heartbeatAgeMs).toBe(0);
  jest.advanceTimersByTime(1_500);
  expect(state.heartbeatAgeMs).toBeCloseTo(1_500);
  state.beat();
  expect(new LeaseState(state.buffer).heartbeatAgeMs).toBeCloseTo(0);
});

it('counts a main loop that never beat as one that hangs', () => {
  jest.advanceTimersByTime(HOLD_MS);
  expect(state.heartbeatAgeMs).toBeGreaterThanOrEqual(HOLD_MS);
});
