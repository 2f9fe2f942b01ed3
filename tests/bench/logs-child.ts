import { Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';

/** Runs the terminal's program on one file, without its output, and prints the most memory the process had, in KiB. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
process.exitCode = await run(process.argv.slice(2), { output: nowhere, errors: process.stderr });
console.log(process.resourceUsage().maxRSS);
