// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole worker with real cameras, database and Redis, and people who hold tickets. What the API would do is done here by hand.
import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Mount, type RtspServer, loadClip, startRtspServer } from '@louver/camsim';
import {
  type AimId,
  type CameraId,
  type FrameSize,
  type MaskPolygons,
  QUEUE_PREFIX,
  type SealedTicket,
  type TicketClaims,
  ViewingId,
  redisKeys,
  streamJobId,
} from '@louver/contract';
import { NOBODY, addressMac, appendRecord, createPool, inTx, sealCredentials, type Pool } from '@louver/db';
import { formatReceipt, peekCheckpoint, proveInclusionFromTiles, tilePath } from '@louver/ledger';
import { type TestDatabase, type TestRedis, type TestSealer, aCamera, aMaskSet, anAccount } from '@louver/testkit';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import type { Config } from '../config.ts';
import { requireSandbox } from '../media/sandbox.ts';
import { logFolder } from '../record/log-folder.ts';
import { LogTrust, type TrustFiles } from '../record/trust.ts';
import { type Parts, type RunningWorker, startWorker } from '../worker.ts';
import { ffmpeg } from './pictures.ts';
import { Watcher, until } from './watcher.ts';

export const FRAME: FrameSize = { width: 640, height: 360 };
/** Percent signs, quotes and slashes: whatever quotes badly is found. */
const CAMERA_USER = 'admin';
export const CAMERA_PASSWORD = 'Gh3-p@ss:w/o%rd"x';

export const LEFT_HALF: MaskPolygons = [
  [
    [0.1, 0.1],
    [0.4, 0.1],
    [0.4, 0.9],
    [0.1, 0.9],
  ],
];
export const RIGHT_HALF: MaskPolygons = [
  [
    [0.6, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.6, 0.9],
  ],
];

const clips = new Map<string, ReturnType<typeof loadClip>>();

/** Moving, colourful and nowhere darker than 100: what is not covered is told from what is. */
export function aClip({ width, height }: FrameSize = FRAME, codec: 'h264' | 'h265' = 'h264') {
  const name = `${width}x${height} ${codec}`;
  const made = clips.get(name) ?? makeClip(width, height, codec);
  clips.set(name, made);
  return made;
}

async function makeClip(width: number, height: number, codec: 'h264' | 'h265') {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(`${tmpdir()}/louver-clip-`);
  try {
    const picture = `testsrc2=s=${width}x${height}:r=15:d=4,lutyuv=y=clip(val\\,100\\,235)`;
    const file = `${folder}/clip.mp4`;
    await writeFile(
      file,
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        picture,
        '-pix_fmt',
        'yuv420p',
        '-c:v',
        'libx264',
        '-qp',
        '10',
        '-f',
        'mp4',
        '-movflags',
        'empty_moov',
        'pipe:1',
      ]),
    );
    return await loadClip(file, { codec });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Ticket {
  readonly text: string;
  readonly claims: TicketClaims;
  readonly sealed: SealedTicket;
}

export interface Asked {
  readonly kind?: 'live' | 'still';
  readonly session?: string;
  readonly claims?: Partial<TicketClaims>;
  /** False: nobody is told to fetch the camera's stream. */
  readonly stream?: boolean;
}

export class ControlRoom {
  readonly owner: Pool;
  readonly redis: Redis;
  readonly #queue: Queue;
  readonly #sealer: TestSealer;
  readonly #config: Omit<Config, 'logLevel'>;
  readonly #keys = generateKeyPairSync('ed25519');
  readonly #workers: RunningWorker[] = [];
  cameras: RtspServer | undefined;
  /** Everything that any worker logged. */
  log = '';

  constructor(database: TestDatabase, redis: TestRedis, sealer: TestSealer) {
    this.#sealer = sealer;
    this.owner = createPool(database.ownerUrl);
    this.redis = new Redis(redis.url, { maxRetriesPerRequest: null });
    this.#queue = new Queue('streams', { connection: this.redis, prefix: QUEUE_PREFIX });
    this.#config = {
      databaseUrl: database.workerUrl,
      redisUrl: redis.url,
      port: 0,
      host: '127.0.0.1',
      publicUrl: undefined,
      maxStreams: 8,
      ticketKey: this.#keys.publicKey,
      credentialsKey: randomBytes(32),
      logFolder: sealer.logDir,
      trust: { policy: undefined, vkeys: join(sealer.keyDir, 'log.vkey') },
    };
  }

  get config(): Config {
    return { ...this.#config, logLevel: 'debug' };
  }

  /** Folder with `keys/log.vkey` and the published log. */
  get logHome(): string {
    return this.#sealer.dataDir;
  }

  trust(files: TrustFiles = this.#config.trust): LogTrust {
    return new LogTrust(files, pino({ level: 'silent' }));
  }

  get ticketPublicPem(): string {
    return this.#keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  async startWorker(changes: Partial<Config> = {}, parts?: Parts): Promise<RunningWorker> {
    const write = (line: string) => (this.log += line);
    const worker = await startWorker(
      { ...this.config, ...changes },
      await requireSandbox(),
      pino({ level: 'debug' }, { write }),
      parts,
    );
    this.#workers.push(worker);
    return worker;
  }

  /** A simulated camera that is mounted, registered, sealed, and (unless `masks` is null) covered. */
  async aWatchableCamera({
    masks = LEFT_HALF,
    frame = FRAME,
    password = CAMERA_PASSWORD,
    state = 'active',
  }: { masks?: MaskPolygons | null; frame?: FrameSize; password?: string; state?: 'active' | 'approved' } = {}) {
    this.cameras ??= await startRtspServer({ credentials: { user: CAMERA_USER, password: CAMERA_PASSWORD } });
    const { cameraId, aimId, code } = await aCamera(this.owner, { frame, stream: false });
    const mount = new Mount(code, await aClip());
    this.cameras.mount(mount);
    const source = { url: `rtsp://127.0.0.1:${this.cameras.port}/${code}`, username: CAMERA_USER, password };
    await this.owner.query('INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, $2, $3)', [
      cameraId,
      sealCredentials(this.#config.credentialsKey, cameraId, source),
      addressMac(this.#config.credentialsKey, cameraId, source),
    ]);
    if (masks) await this.setMasks({ cameraId, aimId }, masks, { frame, state });
    return { cameraId, aimId, code, mount, source };
  }

  async setMasks(
    camera: { cameraId: CameraId; aimId: AimId },
    polygons: MaskPolygons,
    {
      version = 1,
      frame = FRAME,
      state = 'approved',
    }: { version?: number; frame?: FrameSize; state?: 'active' | 'approved' | 'proposed' } = {},
  ) {
    const made = await aMaskSet(this.owner, { ...camera, version, frame, state, polygons });
    await this.redis.publish(redisKeys.sealWanted, '');
    return made;
  }

  /** A viewing on the record, its job in the queue, and the ticket for it. */
  async aTicket(
    cameraId: CameraId,
    { kind = 'live', session = 'session-of-an', claims: changes = {}, stream = true }: Asked = {},
  ): Promise<Ticket> {
    const person = await anAccount(this.owner);
    const viewingId = ViewingId.parse(randomUUID());
    const [issuedAt, startBefore, endsAt] = [Date.now(), Date.now() + 60_000, changes.endsAt ?? Date.now() + 600_000];
    const receipt = await inTx(this.owner, NOBODY, (tx) =>
      appendRecord(tx, {
        action: 'viewing.open',
        actor: { accountId: person.accountId, role: 'operator' },
        subject: viewingId,
        cameraId,
        jurisdiction: 'vn.p66.hoa_sua',
        purpose: 'a test',
        detail: { kind, endsAt: new Date(endsAt).toISOString(), maskVersion: 1 },
      }),
    );
    await this.owner.query(
      `INSERT INTO viewings (id, camera_id, account_id, person_id, role, jurisdiction, kind, purpose, start_before, ends_at, record_seq)
       VALUES ($1, $2, $3, $4, 'operator', 'vn.p66.hoa_sua', $5, 'a test', $6, $7, $8)`,
      [
        viewingId,
        cameraId,
        person.accountId,
        person.personId,
        kind,
        new Date(startBefore).toISOString(),
        new Date(endsAt).toISOString(),
        receipt.seq,
      ],
    );
    if (stream) {
      const once = { jobId: streamJobId(cameraId), removeOnComplete: true, removeOnFail: true };
      await this.#queue.add('stream.run', { cameraId }, once);
    }
    const hash = createHash('sha256').update(session).digest('hex');
    const claims = {
      viewingId,
      cameraId,
      accountId: person.accountId,
      kind,
      session: hash,
      ...receipt,
      issuedAt,
      startBefore,
      endsAt,
      ...changes,
    };
    const sealed = { claims, ...(await this.#proofOf(receipt.seq)) };
    return { claims, sealed, text: this.signed(sealed) };
  }

  /** As the API hands it out: the entry, and its receipt against the newest checkpoint. */
  async #proofOf(seq: string): Promise<{ entry: string; receipt: string }> {
    await this.#sealer.sealer.sealNow();
    const { rows } = await this.owner.query<{ entry: Buffer; leaf: string }>(
      `SELECT entry, leaf_index AS leaf FROM records JOIN record_leaves ON record_seq = seq WHERE seq = $1`,
      [seq],
    );
    const [{ entry, leaf }] = rows as [{ entry: Buffer; leaf: string }];
    const checkpoint = readFileSync(join(this.#sealer.logDir, 'checkpoint'), 'utf8');
    const read = logFolder(this.#sealer.logDir);
    const index = Number(leaf);
    const proof = await proveInclusionFromTiles(
      (level, tile, width) => read(tilePath({ level, index: tile, width })),
      index,
      peekCheckpoint(checkpoint).size,
    );
    return { entry: entry.toString(), receipt: formatReceipt({ index, proof, checkpoint }) };
  }

  signed(sealed: SealedTicket, key = this.#keys.privateKey): string {
    const payload = deflateRawSync(Buffer.from(JSON.stringify(sealed))).toString('base64url');
    return `v2.${payload}.${sign(null, Buffer.from(`louver-ticket-v2\n${payload}`), key).toString('base64url')}`;
  }

  /** Where the camera's stream is held, once some worker holds it. */
  async locate(cameraId: CameraId, timeout = 20_000): Promise<string> {
    return until(`a worker holds ${cameraId}`, timeout, async () => {
      const text = await this.redis.get(redisKeys.streamLocation(cameraId));
      return text ? (JSON.parse(text) as { url: string }).url : undefined;
    });
  }

  async liveUrl(cameraId: CameraId, ticket: string): Promise<string> {
    return `${await this.locate(cameraId)}/live/${cameraId}?ticket=${ticket}`;
  }

  async watch(cameraId: CameraId, asked?: Asked): Promise<Watcher> {
    const ticket = await this.aTicket(cameraId, asked);
    return Watcher.open(await this.liveUrl(cameraId, ticket.text), ticket);
  }

  async viewing(viewingId: string) {
    const { rows } = await this.owner.query('SELECT * FROM viewings WHERE id = $1', [viewingId]);
    return rows[0] as {
      started_at: string | null;
      closed_at: string | null;
      end_reason: string | null;
      seconds_delivered: number | null;
      frames_delivered: number | null;
    };
  }

  async records(subject: string): Promise<{ action: string; detail: Record<string, unknown>; at: string }[]> {
    return (await this.owner.query('SELECT action, detail, at FROM records WHERE subject = $1 ORDER BY seq', [subject]))
      .rows;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.cameras?.close();
    await this.#queue.close();
    this.redis.disconnect();
    await this.owner.end();
  }
}
