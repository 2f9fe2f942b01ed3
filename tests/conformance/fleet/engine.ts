import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../../src/fleet/engine/engine.ts';
import { openTarget } from '../../../src/fleet/engine/open.ts';

/** An engine in this process over a folder of its own, and what ends both; null where it cannot be installed. */
export async function testEngine(): Promise<{ engine: Engine; end: () => Promise<void> } | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-fleet-'));
  const end = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const { engine } = await openTarget(folder, (line) => console.log(line));
    return {
      engine,
      end: async () => {
        await engine.close();
        end();
      },
    };
  } catch (error) {
    end();
    console.log(`the embedded engine is not to be had here: ${String(error)}`);
    return null;
  }
}
