// SPDX-License-Identifier: AGPL-3.0-or-later
export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';
