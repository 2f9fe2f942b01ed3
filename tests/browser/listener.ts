import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';

/**
 * Takes down what reaches a port of this machine. Bytes are what counts: a browser opens a connection for a frame or a
 * form before it asks the page's policy, and then sends nothing over it.
 */
export class Listener {
  /** What was sent, up to its first line break: "GET /image HTTP/1.1"; beginnings of anything else as they came, and "datagram". */
  readonly heard: string[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly datagrams: Datagrams = createSocket('udp4', () => this.heard.push('datagram'));

  constructor() {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        this.heard.push(data.toString('latin1').split('\r\n')[0]);
        socket.destroy();
      });
    });
  }

  /** Starts listening; resolves with the address as an http origin. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port to listen on');
    await new Promise<void>((resolve) => this.datagrams.bind(address.port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.datagrams.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
