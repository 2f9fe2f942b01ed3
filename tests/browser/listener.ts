import { createServer, type Server } from 'node:net';

/** Counts whoever connects to a port of this machine: nobody does, if a page cannot send anything. */
export class Listener {
  connections = 0;
  private readonly server: Server;
  private port = 0;

  constructor() {
    this.server = createServer((socket) => {
      this.connections++;
      socket.destroy();
    });
  }

  /** Starts listening; resolves with the address as an http origin. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port to listen on');
    this.port = address.port;
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
