// Stands between browser and server, as a company's proxy does, and cuts what a test wants cut.
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Proxy {
  private readonly open = new Map<ServerResponse, string>();
  private cuts: string | null = null;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async start(target: string): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server, new URL(target));
    server.on('request', (asked, answer) => proxy.pass(asked, answer));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  /** Scheme, address and port, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on a request for this path gets no answer, and what is open there is dropped. */
  cut(path: string): void {
    this.cuts = path;
    for (const [answer, asked] of this.open) if (this.isCut(asked)) answer.destroy();
  }

  /** From now on everything passes. */
  mend(): void {
    this.cuts = null;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private isCut(path: string): boolean {
    return this.cuts !== null && path.startsWith(this.cuts);
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? '/';
    if (this.isCut(path)) {
      asked.socket.destroy();
      return;
    }
    const { hostname: host, port } = this.target;
    const onward = request({ host, port, path, method: asked.method, headers: asked.headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    this.open.set(answer, path);
    answer.on('close', () => {
      this.open.delete(answer);
      onward.destroy();
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  }
}
