// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Layer } from 'leaflet';
import { API } from '../api/call.ts';
import { BaseLayer } from './base-layer.ts';
import { BASE_TOKENS, type BaseColours } from './base-style.ts';

/** Streets, water and houses from our own tiles, in as few tones as can be told apart, so that cameras stand out. */
export function baseMap(): Layer {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(
    BASE_TOKENS.map((name) => [name, style.getPropertyValue(name).trim()]),
  ) as BaseColours;
  return new BaseLayer(`${location.origin}${API}/map/tiles/{z}/{x}/{y}`, colours, window.devicePixelRatio);
}
