// Tests against a real control plane: one file at a time, each with servers of its own.
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/kube'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/kube/support/global-setup.js',
  maxWorkers: 1,
  testTimeout: 90_000,
};
