import { describe, expect, it } from 'vitest';
import { partWorthReading } from '../../../../src/views/reading/failure-text.ts';
import type { Failure, Progress } from '../../../../src/worker/protocol.ts';

const failure = (kind: string): Failure => ({ kind, message: '', file: null, offset: null });
const PROGRESS: Progress = {
  file: 'a.pcap',
  fileNumber: 1,
  fileCount: 1,
  bytesRead: 1001,
  bytesTotal: 5000,
  packets: 9,
  elapsedMs: 1,
};

describe('what may be read alone after a failure', () => {
  it('is half of what was read where memory ran out, or the browser ended the worker', () => {
    for (const kind of ['crashed', 'out-of-memory']) expect(partWorthReading(failure(kind), PROGRESS)).toBe(500);
  });

  it('is nothing where the file itself is at fault, or nothing was read', () => {
    for (const kind of ['empty', 'not-a-capture', 'locked', 'unreadable'])
      expect(partWorthReading(failure(kind), PROGRESS)).toBe(0);
    expect(partWorthReading(failure('crashed'), null)).toBe(0);
  });
});
