// SPDX-License-Identifier: AGPL-3.0-or-later
// One camera as a device: its masks, which it really burns into what its mount serves, and all the ways in which devices
// in the field do not do what they say.
import type { Clip } from '../rtsp/annexb.ts';
import type { Credentials } from '../rtsp/auth.ts';
import type { Mount } from '../rtsp/mount.ts';
import { type BurntMask, type MaskColour, burnMasks } from './burn.ts';
import type { SimulatedHead } from './head.ts';
import { TokenCheck } from './username-token.ts';

export interface DeviceMask {
  readonly token: string;
  /** ONVIF's own: -1 … 1, origin in the middle, y upwards. */
  readonly polygon: readonly (readonly [x: number, y: number])[];
  readonly type: string;
  readonly colour: MaskColour;
  readonly enabled: boolean;
}

/** What the device can do, as its options say. */
export interface DeviceTraits {
  readonly maxMasks: number;
  readonly maxPoints: number;
  readonly rectangleOnly: boolean;
  readonly types: readonly string[];
  /** Undefined: any. */
  readonly colours: readonly MaskColour[] | undefined;
  /** The device's clock, ahead of ours. */
  readonly clockAheadMs: number;
}

/** What a test makes a device do wrong. One at a time; `heal()` ends it. */
export type DeviceFault =
  | { readonly kind: 'refuse' } // 401, whatever the token
  | { readonly kind: 'slow'; readonly ms: number } // answers late
  | { readonly kind: 'no-burn' } // reads back masks that lie over nothing
  | { readonly kind: 'upside-down' } // takes y as if it grew downwards
  | { readonly kind: 'forgetful' }; // says yes to a mask and keeps none

const TRAITS: DeviceTraits = {
  maxMasks: 8,
  maxPoints: 10,
  rectangleOnly: false,
  types: ['Color', 'Blurred'],
  colours: undefined,
  clockAheadMs: 0,
};

export interface DeviceOptions {
  readonly mount: Mount;
  /** What it sees without masks. */
  readonly clip: Clip;
  readonly frame: { readonly width: number; readonly height: number };
  /** Where its RTSP server says that it is. */
  readonly streamUrl: string;
  readonly credentials: Credentials;
  readonly traits?: Partial<DeviceTraits>;
  /** Only of one that turns. */
  readonly head?: SimulatedHead;
}

export const VIDEO_SOURCE_TOKEN = 'source-1';
export const PROFILE_TOKEN = 'profile-1';

export class SimulatedDevice {
  readonly name: string;
  readonly streamUrl: string;
  readonly frame: DeviceOptions['frame'];
  readonly credentials: Credentials;
  readonly traits: DeviceTraits;
  readonly head: SimulatedHead | undefined;
  readonly #mount: Mount;
  #clip: Clip;
  #tokens = new TokenCheck();
  #masks: readonly DeviceMask[] = [];
  #made = 0;
  #fault: DeviceFault | undefined;
  #drawing: Promise<void> = Promise.resolve();
  #drawn = 0;
  /** Every operation that was asked for, in its order. */
  readonly asked: string[] = [];

  constructor({ mount, clip, frame, streamUrl, credentials, traits, head }: DeviceOptions) {
    this.head = head;
    this.name = mount.name;
    this.#mount = mount;
    this.#clip = clip;
    this.frame = frame;
    this.streamUrl = streamUrl;
    this.credentials = credentials;
    this.traits = { ...TRAITS, ...traits };
  }

  get fault(): DeviceFault | undefined {
    return this.#fault;
  }

  get tokens(): TokenCheck {
    return this.#tokens;
  }

  get masks(): readonly DeviceMask[] {
    return this.#masks;
  }

  /** Milliseconds since 1970. */
  get clock(): number {
    return Date.now() + this.traits.clockAheadMs;
  }

  addMask(mask: Omit<DeviceMask, 'token'>): string {
    const token = `mask-${++this.#made}`;
    if (this.#fault?.kind !== 'forgetful') this.#change([...this.#masks, { ...mask, token }]);
    return token;
  }

  replaceMask(mask: DeviceMask): void {
    this.#change(this.#masks.map((each) => (each.token === mask.token ? mask : each)));
  }

  removeMask(token: string): void {
    this.#change(this.#masks.filter((each) => each.token !== token));
  }

  /** Somebody at the device's own page. */
  switchMasksOff(): void {
    this.#change(this.#masks.map((mask) => ({ ...mask, enabled: false })));
  }

  /** Masks are gone and connections cut. */
  reboot(): void {
    this.#tokens = new TokenCheck();
    this.#change([]);
    this.#mount.disconnect();
  }

  /** Serves another profile from now on: one that has no masks, whatever is read back. */
  serveWithoutMasks(clip: Clip = this.#clip): void {
    this.#drawn++;
    this.#mount.switchTo(clip);
  }

  /** Somebody knocks the camera: it sees this from now on, under the same masks. */
  turnTo(clip: Clip): void {
    this.#clip = clip;
    this.#change(this.#masks);
  }

  inject(fault: DeviceFault): void {
    this.#fault = fault;
    this.#change(this.#masks);
  }

  heal(): void {
    this.#fault = undefined;
    this.#change(this.#masks);
  }

  /** Resolves when what is served is what the masks say. */
  async settled(): Promise<void> {
    for (let drawing; drawing !== this.#drawing;) {
      drawing = this.#drawing;
      await drawing;
    }
  }

  #change(masks: readonly DeviceMask[]): void {
    this.#masks = masks;
    const turn = ++this.#drawn;
    this.#drawing = this.#drawing.then(async () => {
      // Several masks that are made one after another are drawn once.
      if (turn !== this.#drawn) return;
      const burnt = this.#burnt();
      const clip = burnt.length > 0 ? await burnMasks(this.#clip, this.frame, burnt) : this.#clip;
      if (turn === this.#drawn) this.#mount.switchTo(clip);
    });
  }

  #burnt(): BurntMask[] {
    if (this.#fault?.kind === 'no-burn') return [];
    const up = this.#fault?.kind === 'upside-down' ? 1 : -1;
    const { width, height } = this.frame;
    return this.#masks
      .filter(({ enabled }) => enabled)
      .map(({ polygon, colour }) => ({
        colour,
        points: polygon.map(([x, y]) => [((x + 1) / 2) * width, ((up * y + 1) / 2) * height] as const),
      }));
  }
}
