// SPDX-License-Identifier: AGPL-3.0-or-later
import L from 'leaflet';
import './leaflet.css';

// protomaps-leaflet reads a global, not an import.
Object.assign(window, { L });

export { L };
