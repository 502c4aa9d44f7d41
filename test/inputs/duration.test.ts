import { expect, test } from 'vitest';
import { problemsIn, read, step } from './workflow.ts';

test.each([
  ['0', 0],
  ['0s', 0],
  ['120s', 120_000],
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['007d', 604_800_000],
])('%s is %d ms', (rotateAfter, milliseconds) => {
  expect(read({ mode: 'rotate', rotateAfter }).request).toMatchObject({ rotateAfter: milliseconds });
});

test.each(['300', '1.5h', '-1h', '1h30m', '24 h', '24H', '1w', 'h', '٣h', '1e3s'])(
  '%j is no duration',
  (timeout) => {
    expect(problemsIn(step({ timeout }))).toEqual([
      `\`timeout\` is "${timeout}", which is not a duration: write a whole number and its unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`,
    ]);
  },
);

const ttl = (text: string) =>
  `\`ttl\` is "${text}", but must be from 1s to 365d: it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older.`;
const timeout = (text: string) =>
  `\`timeout\` is "${text}", but must be from 5s to 10m: Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over.`;
const rotateAfter = (text: string) =>
  `\`rotateAfter\` is "${text}", but must be from 0 to 3650d: beyond ten years no key would ever be rotated.`;
test.each([
  [{ ttl: '0' }, ttl('0')],
  [{ ttl: '366d' }, ttl('366d')],
  [{ ttl: `${'9'.repeat(400)}d` }, ttl(`${'9'.repeat(59)}…`)],
  [{ rotateAfter: '3651d' }, rotateAfter('3651d')],
  [{ timeout: '4s' }, timeout('4s')],
  [{ timeout: '11m' }, timeout('11m')],
])('out of its bounds is %j', (inputs, problem) => {
  expect(problemsIn(step({ mode: 'rotate', ...inputs }))).toEqual([problem]);
});

test.each([
  ['5s', 5000],
  ['10m', 600_000],
  ['', 120_000],
])('timeout: %j is %d ms', (timeout, milliseconds) => {
  expect(read({ timeout }).timeout).toBe(milliseconds);
});
