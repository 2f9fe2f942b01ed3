import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';
import type { Measurements } from './child.ts';

const CHILD = path.join(import.meta.dirname, 'child.ts');

/** The parser as it lies here, never an earlier build of it. */
export const PARSER = { 'pcap-ts-parser': path.resolve(import.meta.dirname, '../../src/pcap-ts-parser/index.ts') };

/** Takes a measurement in a process of its own. */
export type Measure = <K extends keyof Measurements>(
  name: K,
  ...parameters: Parameters<Measurements[K]>
) => Awaited<ReturnType<Measurements[K]>>;

/**
 * Builds the code that is measured, as the page's is built, into a folder: what translates single files while they are
 * loaded names every function anew each time that it is made, which a user never waits for. In one process, code that
 * is compiled for two measurements would be slower than either.
 */
export async function builtMeasurements(folder: string): Promise<Measure> {
  await build({
    configFile: false,
    logLevel: 'warn',
    // What lies beside the project's modules, they may import by name; all else is bundled.
    ssr: { noExternal: true },
    resolve: { alias: PARSER },
    publicDir: false,
    build: { ssr: CHILD, outDir: folder, emptyOutDir: true, target: 'es2022', minify: false },
  });
  const child = path.join(folder, 'child.js');
  return (name, ...parameters) =>
    JSON.parse(execFileSync(process.execPath, [child, name, ...parameters], { encoding: 'utf8' })) as never;
}
