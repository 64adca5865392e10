// The work of `ork validate` without the start of its process: loads a Katalog (argv: file), and writes to file descriptor 3
// how long it took, ms, and the most memory that the process ever had, KiB.
'use strict';
const { writeSync } = require('node:fs');
const { dirname, join } = require('node:path');

const { validate } = require(join(__dirname, '../../dist/cli/actions/validate.js'));
const [, , file] = process.argv;
const began = performance.now();
validate([file], dirname(file)).then(
  () => {
    const ms = performance.now() - began;
    writeSync(3, JSON.stringify({ ms, peakKiB: process.resourceUsage().maxRSS }));
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
