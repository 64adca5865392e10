// `npm run protobuf:vectors`: what Go clients send and what the same objects are in JSON, for the spec of
// src/modules/sandbox/request/protobuf.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');

const ROOT = path.join(__dirname, '..');
const PROGRAM = path.join(ROOT, 'test', 'kube', 'assets', 'clients');
const FILE = path.join(ROOT, 'src', 'modules', 'sandbox', 'request', 'protobuf', 'testing', 'vectors.br');

const lines = execFileSync('go', ['run', './protobuf-vectors'], { cwd: PROGRAM, maxBuffer: 64 * 1024 * 1024 });
const packed = brotliCompressSync(lines, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
fs.writeFileSync(FILE, packed);
console.log(`${lines.toString().trim().split('\n').length} vectors, ${packed.length} bytes compressed`);
