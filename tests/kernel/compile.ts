import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPILED, COMPILER, kernelDigest, OPTIONS, SOURCES } from './kernel-source.ts';

/** `npm run kernel`: fetches the compiler and writes the kernel anew, as text that is part of the code. */
const LINE = 100;

const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-kernel-'));
try {
  const file = path.join(folder, 'rhythm.wasm');
  const asc = ['--yes', '--package', COMPILER, 'asc', path.join(SOURCES, 'rhythm.ts'), '--outFile', file, ...OPTIONS];
  execFileSync('npx', asc, { stdio: ['ignore', 'inherit', 'ignore'] });
  const text = readFileSync(file).toString('base64');
  const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, line) =>
    text.slice(line * LINE, (line + 1) * LINE),
  );
  writeFileSync(
    COMPILED,
    [
      '/** SHA-256 of the sources in `assembly/` and of how `npm run kernel` compiled them. */',
      `export const SOURCE_DIGEST = '${kernelDigest()}';`,
      '',
      '/** The kernel in WebAssembly, as base64. */',
      'export const RHYTHM_WASM = [',
      ...lines.map((line) => `  '${line}',`),
      "].join('');",
      '',
    ].join('\n'),
  );
} finally {
  rmSync(folder, { recursive: true });
}
