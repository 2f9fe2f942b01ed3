import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SAMPLE_BEACONS, SAMPLE_SECONDS, SAMPLE_START, sampleCapture } from '../../builders/sample.ts';
import { SYN } from '../../builders/tcp.ts';
import { readRecords } from './records.ts';

const capture = sampleCapture();
const records = readRecords(capture);
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('sampleCapture', () => {
  it('is the same every time', () => {
    expect(hash(sampleCapture())).toBe(hash(capture));
  });

  it('is small, and smaller packed', () => {
    expect(capture.length).toBeGreaterThan(1_200_000);
    expect(capture.length).toBeLessThan(2_000_000);
    expect(gzipSync(capture).length).toBeLessThan(400_000);
  });

  it('runs from 08:00 to 12:00 UTC in time order', () => {
    expect(new Date(SAMPLE_START * 1000).toISOString()).toBe('2026-03-02T08:00:00.000Z');
    const times = records.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(SAMPLE_START);
    expect(times.at(-1)).toBeLessThan(SAMPLE_START + SAMPLE_SECONDS);
    expect(times.at(-1)).toBeGreaterThan(SAMPLE_START + SAMPLE_SECONDS - 60);
  });

  it('has only private, multicast and documentation addresses', () => {
    const addresses = new Set(records.flatMap(({ source, destination }) => [source, destination]));
    for (const address of addresses)
      expect(address).toMatch(/^(10\.0\.0|192\.0\.2|198\.51\.100|203\.0\.113|224\.0\.0)\.\d+$/);
  });

  it('mixes what an office sends', () => {
    const ports = new Set(
      records.map(({ protocol, destinationPort }) => `${protocol === 6 ? 'tcp' : 'udp'} ${destinationPort}`),
    );
    for (const port of [
      'udp 53',
      'udp 67',
      'udp 123',
      'udp 5353',
      'tcp 80',
      'tcp 88',
      'tcp 443',
      'tcp 445',
      'tcp 636',
      'tcp 993',
      'tcp 9100',
    ]) {
      expect(ports).toContain(port);
    }
  });

  it.each(SAMPLE_BEACONS)(
    'has every check-in of $name',
    ({ source, destination, port, name, intervalSeconds, jitter, checkIns }) => {
      const starts = records.filter(
        (record) =>
          record.tcpFlags === SYN &&
          record.source === source &&
          record.destination === destination &&
          record.destinationPort === port,
      );
      expect(starts).toHaveLength(checkIns);
      expect(new Set(starts.map(({ sourcePort }) => sourcePort)).size).toBe(checkIns);
      const gaps = starts.slice(1).map(({ time }, index) => time - starts[index].time);
      const sleeps = gaps.filter((gap) => gap < 1.5 * intervalSeconds);
      for (const sleep of sleeps) {
        expect(sleep).toBeGreaterThan(intervalSeconds * (1 - jitter) - 0.2);
        expect(sleep).toBeLessThan(intervalSeconds + 0.2);
      }
      expect(gaps.length - sleeps.length).toBe(intervalSeconds === 300 ? 3 : 0);
      const named = records.filter(
        (record) => record.destination === destination && Buffer.from(record.frame).includes(name),
      );
      expect(named).toHaveLength(checkIns);
    },
  );
});
