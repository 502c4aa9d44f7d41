/**
 * Prints the counts of vitest's JSON reports, all together, on one line; fails unless tests ran and all is well. The
 * first report has to be there.
 */
const { existsSync, readFileSync } = require('node:fs');

const reports = process.argv
  .slice(2)
  .filter((file, index) => index === 0 || existsSync(file))
  .map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}));
const sum = (...fields) =>
  reports.flatMap((one) => fields.map((name) => one[name] ?? 0)).reduce((a, b) => a + b, 0);
const passed = sum('numPassedTests');

console.log(
  `${passed} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests', 'numTodoTests')} skipped`,
);
// A file that does not load has no test to count, and still `success` is false.
if (passed === 0 || !reports.every(({ success }) => success === true)) process.exitCode = 1;
