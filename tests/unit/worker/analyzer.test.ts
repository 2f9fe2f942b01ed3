import { describe, expect, it, vi } from 'vitest';
import { MOST_FLOWS } from '../../../src/analysis/flows/table.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Analyzer } from '../../../src/worker/protocol.ts';
import { steadyCapture } from '../cli/captures.ts';

const { exposed, asked } = vi.hoisted(() => ({ exposed: [] as unknown[], asked: [] as unknown[][] }));
vi.mock('comlink', async (original) => {
  const expose = (own: unknown) => exposed.push(own);
  return { ...(await original<typeof import('comlink')>()), expose, transfer: (value: unknown) => value };
});
vi.mock('../../../src/analysis/pipeline.ts', async (original) => {
  const pipeline = await original<typeof import('../../../src/analysis/pipeline.ts')>();
  const analyze = (...given: Parameters<typeof pipeline.analyze>) => {
    asked.push(given);
    return pipeline.analyze(...given);
  };
  return { ...pipeline, analyze };
});

const WORKER = '../../../src/worker/analyzer.worker.ts';

describe('the worker', () => {
  it('keeps half as many flows as the terminal: tabs end where they take some gigabytes', async () => {
    // By a name that is not looked into: it is checked against what workers have.
    await vi.importActual(WORKER);
    const [analyzer] = exposed as [Analyzer];
    const file = new File([steadyCapture(12)], 'a.pcap');
    const keys = { passwords: [], leaveOutLocked: false };
    const outcome = await analyzer.analyze(
      [file],
      DEFAULT_SETTINGS,
      keys,
      () => {},
      () => {},
    );
    expect(outcome.ok).toBe(true);
    expect(asked.map((given) => given[5])).toEqual([MOST_FLOWS / 2]);
  });
});
