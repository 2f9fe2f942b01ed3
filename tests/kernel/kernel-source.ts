import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the AssemblyScript of the kernel lies, and what it is compiled into. */
export const SOURCES = path.resolve(import.meta.dirname, '../../src/analysis/scores/assembly');
export const COMPILED = path.resolve(SOURCES, '../rhythm-wasm.ts');
/** Too large to be installed by everybody for the few times that it is needed. */
export const COMPILER = 'assemblyscript@0.28.20';
export const OPTIONS = [
  '-O3',
  '--converge',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--noAssert',
  '--initialMemory',
  '4',
];

/** SHA-256 of all that decides on the kernel, in hexadecimal digits. */
export function kernelDigest(): string {
  const digest = createHash('sha256').update([COMPILER, ...OPTIONS].join(' '));
  for (const name of readdirSync(SOURCES).toSorted()) {
    const source = readFileSync(path.join(SOURCES, name));
    digest.update(`\n${name} ${source.length}\n`).update(source);
  }
  return digest.digest('hex');
}
