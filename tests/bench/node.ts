import { open } from 'node:fs/promises';
import { fileHandleSource } from 'pcap-ts-parser';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import type { Measurement } from './passes.ts';
import { type PassSeconds, passSeconds } from './passes.ts';

const ROUNDS = 3;
const CHUNK_BYTES = 1 << 22;

/** The best of three rounds of reading alone and of the whole analysis, in turn. */
export async function inNode(file: string): Promise<Measurement> {
  const best: Measurement = {
    readSeconds: Number.POSITIVE_INFINITY,
    analyzeSeconds: Number.POSITIVE_INFINITY,
    packets: 0,
  };
  const handle = await open(file);
  const { size } = await handle.stat();
  for (let round = 0; round < ROUNDS; round++) {
    const source = fileHandleSource(handle, size, file);
    const startedMs = performance.now();
    const reader = source.open();
    const space = new Uint8Array(CHUNK_BYTES);
    while ((await reader.read(space)).length > 0);
    const readMs = performance.now();
    const analysis = await analyze([source], DEFAULT_SETTINGS);
    const doneMs = performance.now();
    best.readSeconds = Math.min(best.readSeconds, (readMs - startedMs) / 1000);
    best.analyzeSeconds = Math.min(best.analyzeSeconds, (doneMs - readMs) / 1000);
    best.packets = analysis.captures[0].packets;
  }
  await handle.close();
  return best;
}

/** Processor time of each pass, in which what else the machine does counts little. */
export async function passesInNode(file: string): Promise<PassSeconds> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const passes = await passSeconds(fileHandleSource(handle, size, file), () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  await handle.close();
  return passes;
}
