// SPDX-License-Identifier: AGPL-3.0-or-later
import L from 'leaflet';
import './leaflet.css';

export { L };
