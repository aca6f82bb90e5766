// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Socket as UdpSocket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import type { Credentials } from './auth.ts';
import type { Mount } from './mount.ts';
import { Session } from './session.ts';

export interface RtspServerOptions {
  /** Default 127.0.0.1: a simulated camera is nobody else's business. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Without them everybody may look. */
  readonly credentials?: Credentials;
}

export interface RtspServer {
  readonly port: number;
  /** Adds or replaces the mount of that name; clients of a replaced one are disconnected. */
  mount(mount: Mount): void;
  find(name: string): Mount | undefined;
  names(): string[];
  close(): Promise<void>;
}

const REALM = 'camsim';
const MAX_CONNECTIONS = 1024;

async function bind(host: string, port: number): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.bind(port, host);
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  // A client's port that is gone answers with ICMP; that is its own affair.
  socket.on('error', () => undefined);
  return socket;
}

/** RTP wants an even port and RTCP the next one. */
async function bindPair(host: string): Promise<{ rtp: UdpSocket; rtcp: UdpSocket; port: number }> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 15_000);
    const rtp = await bind(host, port).catch(() => undefined);
    if (!rtp) continue;
    const rtcp = await bind(host, port + 1).catch(() => undefined);
    if (rtcp) return { rtp, rtcp, port };
    rtp.close();
  }
  throw new Error("couldn't find a free pair of UDP ports");
}

/** RTSP 1.0 over TCP, with interleaved or UDP transport. Resolves when it listens. */
export async function startRtspServer(options: RtspServerOptions = {}): Promise<RtspServer> {
  const { host = '127.0.0.1', port = 0, credentials } = options;
  const mounts = new Map<string, Mount>();
  const connections = new Set<Socket>();
  let pair: ReturnType<typeof bindPair> | undefined;
  const udp = (): ReturnType<typeof bindPair> => (pair ??= bindPair(host));

  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    void new Session(socket, { realm: REALM, credentials, findMount: (name) => mounts.get(name), udp });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    mount(mount) {
      mounts.get(mount.name)?.disconnect();
      mounts.set(mount.name, mount);
    },
    find: (name) => mounts.get(name),
    names: () => [...mounts.keys()],
    async close() {
      for (const socket of connections) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
      const sockets = await pair?.catch(() => undefined);
      sockets?.rtp.close();
      sockets?.rtcp.close();
    },
  };
}
