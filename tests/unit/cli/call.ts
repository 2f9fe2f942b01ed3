import { Writable } from 'node:stream';
// What the program loads when it is asked to is loaded before the tests: the first would wait for it.
import '../../../src/cli/analysis.ts';
import { run } from '../../../src/cli/run.ts';

class Text extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** Calls the program in this process: its exit status, and what it wrote. */
export async function call(...argumentsGiven: string[]): Promise<{ status: number; output: string; errors: string }> {
  const output = new Text();
  const errors = new Text();
  const status = await run(argumentsGiven, { output, errors });
  return { status, output: output.text, errors: errors.text };
}
