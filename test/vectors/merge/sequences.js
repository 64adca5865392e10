// What is asked of the real server: sequences of writes to one object each. See record.js.
'use strict';

const sequences = {
  ...require('./sequences/updates'),
  ...require('./sequences/applies'),
  ...require('./sequences/refused'),
  ...require('./sequences/json-and-merge'),
  ...require('./sequences/strategic'),
  ...require('./sequences/scale'),
};

module.exports = { sequences };
