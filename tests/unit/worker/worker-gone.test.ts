import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerOn, watchWorker } from '../../../src/worker/worker-gone.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const HOUR_MS = 3_600_000;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const never = new Promise<never>(() => {});

/** Lets time pass, and what was asked be answered. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 60_000) {
    vi.advanceTimersByTime(60_000);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

it('hears of a worker without locks by its port, at once', async () => {
  let own: MessagePort | null = null;
  let gone = 0;
  const hold = async (_: string, port: MessagePort): Promise<boolean> => {
    answerOn((own = port));
    return false;
  };
  void watchWorker(hold, never, () => gone++, undefined);
  await pass(HOUR_MS);
  expect(gone).toBe(0);
  (own as MessagePort | null)?.close();
  await settled();
  expect(gone).toBe(1);
});

it('takes a worker without locks that answers no more for gone, not before ten minutes', async () => {
  let gone = 0;
  void watchWorker(
    () => never,
    never,
    () => gone++,
    undefined,
  );
  await pass(590_000);
  expect(gone).toBe(0);
  await pass(120_000);
  expect(gone).toBeGreaterThan(0);
});

it('asks no more once the worker has ended, or holds a lock', async () => {
  let gone = 0;
  const onGone = (): void => void gone++;
  void watchWorker(() => never, Promise.resolve(), onGone, undefined);
  let asked = '';
  const locks = { request: async (name: string): Promise<never> => ((asked = name), never) };
  let held = '';
  await watchWorker(async (lock) => ((held = lock), true), never, onGone, locks);
  await pass(HOUR_MS);
  expect(gone).toBe(0);
  expect(asked).toBe(held);
  expect(held).not.toBe('');
});
