// Loaded before a program: when it ends, the most memory that it ever had is written to file descriptor 3, in KiB.
'use strict';
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
