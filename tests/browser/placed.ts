import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Puts a saved page where a browser can open it: on a server of its own, or on the disk. */
export async function placed(
  html: string,
  where: 'hostedPage' | 'singleFile',
): Promise<{ url: string; end: () => void }> {
  if (where === 'hostedPage') {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/report.html`,
      end: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  const file = path.join(folder, 'report.html');
  writeFileSync(file, html);
  return { url: pathToFileURL(file).href, end: () => rmSync(folder, { recursive: true }) };
}
