// Tests against a real control plane: two files at a time, each with servers of its own. Much of a test is waiting.
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/kube'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/kube/support/global-setup.js',
  maxWorkers: 2,
  testTimeout: 90_000,
};
