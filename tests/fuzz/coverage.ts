import { type Profiler, Session } from 'node:inspector/promises';

/** Tells which places of the code an input reached first, by the engine's own counts of blocks. */
export class Coverage {
  private readonly session = new Session();
  private readonly known = new Set<string>();

  async start(): Promise<void> {
    this.session.connect();
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** How many places were reached since the last call that never were before. */
  async news(): Promise<number> {
    const { result } = await this.session.post('Profiler.takePreciseCoverage');
    const before = this.known.size;
    for (const script of result) if (/\/src\//.test(script.url)) this.take(script);
    return this.known.size - before;
  }

  get places(): number {
    return this.known.size;
  }

  private take({ scriptId, functions }: Profiler.ScriptCoverage): void {
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        // How often, to the power of two: a loop that runs longer is news as well.
        if (count > 0) this.known.add(`${scriptId} ${startOffset} ${endOffset} ${Math.floor(Math.log2(count))}`);
      }
    }
  }
}
