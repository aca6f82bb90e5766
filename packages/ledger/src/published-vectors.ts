// SPDX-License-Identifier: AGPL-3.0-or-later
// Test vectors: computed apart from this code and checked with golang.org/x/mod. Imported by tests only.
import { createPrivateKey, type KeyObject } from 'node:crypto';

export const ENTRIES = ['', 'a', 'b', 'c', 'd', 'e', 'f'].map((text) => Buffer.from(text));

export const LEAVES = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  '022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c',
  '57eb35615d47f34ec714cacdf5fd74608a5e8e102724e80b24b287c0c27b6a31',
  '597fcb31282d34654c200d3418fca5705c648ebf326ec73d8ddef11841f876d8',
  'd070dc5b8da9aea7dc0f5ad4c29d89965200059c9a0ceca3abd5da2492dcb71d',
  '2824a7ccda2caa720c85c9fba1e8b5b735eecfdb03878e4f8dfe6c3625030bc4',
  'f5a06d3c52937089c51b7c6c1cc1948ccdc5581328b2ebb578e8cca66a7b5221',
];

/** The root of the first i + 1 entries. */
export const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  '688dc6244b041199e7ab4990df6340ce3dc14caa5cd5a0e1131addaa1209e1a6',
  '652297b9504045a600942bcdf9ae5c2400be42d51139c7fb63ab3ee439ff110d',
  '4a9bab0b70e36b453e967468fc209705d9171fd05e9cf9e0ed6c2dff673fc790',
  'ff9cdaec73345d3896e37ff5681084b7be4097839f760e621412f9343d139f22',
  'bec9e504c1e7b6ae7d4acb0eae46fc8f87d56a1f443c022cc6080fd1c298d4e8',
  'b288f3b628b05d9b80ef38a7b643c5bb69e4a2131bd67b67fe5468a0a938d3a1',
];

export const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Node over leaves 4 and 5. */
export const NODE_4_5 = 'a02d13da9ee3ae1b85a659e4ddfd87583e3b3016f1d8b7b03d07fa81a6b9a847';
/** Node over leaves 2 and 3. */
export const NODE_2_3 = 'a5eb6e7bcfaaff4957c342e0cbfe88209dbe2058fc3e1a3455cc071922c85741';
/** Root of leaves 4 to 6. */
export const ROOT_4_6 = '831631fd70578546a038c3a5a4f5f957924d222e535473d3df0b7d159fd99bc5';

/** Base64, where entry i is the ASCII decimal of i. */
export const LARGE_ROOTS = new Map([
  [255, 'Mvhbyqh9e80Fco8J6a66NQumovczgwCH8Fl2goSL5cs='],
  [256, 'goUV0DPBnYyQHzfsy4rtkZZncDSG+NL/8c9wQDIcXbE='],
  [257, 'HtoEmkNR2G92JSvX7At3Rq11t/oDFq1fVB29pFijEsQ='],
  [512, '1LIWJJXKYJ3AY5DTU8oMVRB3ZcYJ4CJut0fYkQXcjVU='],
  [65535, 'dPE6Dhp1aJNy77mQz2jGZORMdj2TBIRJVbLq/2JOjfE='],
  [65536, '8CXQbtgEhZ/SdKG9rK3W5I6odjSqkeHtsgFD+UmM0Cs='],
  [65537, '3IeVol/UvVKguE9jn9MTm6FggkAj0YjkKOtdsPPOIho='],
  [70000, 'Gkzfy2Y3SgwNy+9JrL1JdtE+6GT7PLJB/JQ8rQTwL34='],
]);

export const LOG_NAME = 'log.example.org/access';
export const LOG_VKEY = 'log.example.org/access+72c27b87+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c3';
export const WITNESS_NAME = 'witness.example.org/w1';
export const WITNESS_VKEY = 'witness.example.org/w1+109b1ff7+BKCapfR6Z1mAL/lV+NwtKhSlyZ0jvpf4ZBJ/+Tg0VaTw';

export const CHECKPOINT_TEXT = 'log.example.org/access\n7\nsojztiiwXZuA7zintkPFu2nkohMb1ntn/lRooKk406E=\n';
export const LOG_LINE =
  '— log.example.org/access csJ7h6krRhMi6uYxdKNobCmxzSVI2Ahg7Hx9c70XAOm9UUTU3mBDLndCf+iFpC2QGmCWrSLzDSfRsk1jEk545B3YgQM=\n';
export const SIGNED_CHECKPOINT = `${CHECKPOINT_TEXT}\n${LOG_LINE}`;
export const COSIGNATURE_TIME = 1_700_000_000;
export const WITNESS_LINE =
  '— witness.example.org/w1 EJsf9wAAAABlU/EAMBfQsJlUp94CbnQmyFqQN3PeL23QyVqgsrUtPBEBxcrrgJaKRxRijOSOpho9OjeOTPimirIqnLgJQIts4qHeAQ==\n';

export const ADD_CHECKPOINT = `old 3
V+s1YV1H807HFMrN9f10YIpejhAnJOgLJLKHwMJ7ajE=
WX/LMSgtNGVMIA00GPylcFxkjr8ybsc9jd7xGEH4dtg=
aI3GJEsEEZnnq0mQ32NAzj3BTKpc1aDhExrdqhIJ4aY=
gxYx/XBXhUagOMOlpPX5V5JNIi5TVHPT3wt9FZ/Zm8U=

${SIGNED_CHECKPOINT}`;

export const RECEIPT = `c2sp.org/tlog-proof@v1
index 4
KCSnzNosqnIMhcn7oei1tzXuz9sDh45Pjf5sNiUDC8Q=
9aBtPFKTcInFG3xsHMGUjM3FWBMosuu1eOjMpmp7UiE=
SpurC3Dja0U+lnRo/CCXBdkXH9BenPng7Wwt/2c/x5A=

${SIGNED_CHECKPOINT}`;

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** The Ed25519 key whose seed is 32 times one byte: 0x11 the log's, 0x22 the witness's. */
export const privateKeyOf = (seedByte: number): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seedByte)]),
    format: 'der',
    type: 'pkcs8',
  });
