/** Prints the counts of a report of vitest's JSON reporter on one line; fails unless tests ran and all is well. */
const { existsSync, readFileSync } = require('node:fs');

const file = process.argv[2];
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const {
  success = false,
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
  numTodoTests = 0,
} = report;

console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`);
// A file that does not load has no test to count, and still `success` is false.
if (!success || numPassedTests === 0) process.exitCode = 1;
