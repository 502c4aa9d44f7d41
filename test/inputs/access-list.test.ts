import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/inputs/access-list.ts';
import { Findings } from '../../src/inputs/findings.ts';
import { read, refuses, type Spoilt } from './workflow.ts';

describe('the access list', () => {
  test.each([
    ['', []],
    ['current', ['current']],
    ['203.0.113.7', [{ ipAddress: '203.0.113.7' }]],
    ['203.0.113.0/24, current', [{ cidrBlock: '203.0.113.0/24' }, 'current']],
    ['203.0.113.7/32', [{ ipAddress: '203.0.113.7' }]],
    ['0.0.0.0/1\n128.0.0.0/1', [{ cidrBlock: '0.0.0.0/1' }, { cidrBlock: '128.0.0.0/1' }]],
    ['2001:DB8:0:0::1', [{ ipAddress: '2001:db8::1' }]],
    ['2001:db8::/32', [{ cidrBlock: '2001:db8::/32' }]],
    ['2001:db8::1/128, 2001:DB8::1', [{ ipAddress: '2001:db8::1' }]],
    ['::ffff:203.0.113.7', [{ ipAddress: '::ffff:cb00:7107' }]],
    ['::203.0.113.7, ::/1', [{ ipAddress: '::cb00:7107' }, { cidrBlock: '::/1' }]],
  ])('%j', (text, entries) => {
    expect(read({ accessList: text }).request).toHaveProperty('handover.accessList', entries);
  });

  const NEITHER = ' which is neither `current` nor an address (203.0.113.7) nor a block (203.0.113.0/24).';
  const EVERYWHERE =
    ' which means every address, and Atlas refuses it: name the addresses that will call, or `current`; a key for everywhere takes `0.0.0.0/1` and `128.0.0.0/1`.';
  const bad: [string, string][] =
    // biome-ignore format: a table, one row a line
    [
      ['runner.example', NEITHER],
      ['Current', NEITHER],
      ['203.0.113.007', NEITHER],
      ['203.0.113', NEITHER],
      ['203.0.113.256', NEITHER],
      ['203.0.113.1-203.0.113.9', NEITHER],
      ['203.0.113.0/24/8', NEITHER],
      ['/24', NEITHER],
      ['fe80::1%eth0', NEITHER],
      ['2001:db8:::1', NEITHER],
      ['0.0.0.0/0', EVERYWHERE],
      ['::/0', EVERYWHERE],
      ['203.0.113.7/0', EVERYWHERE],
      ['0.0.0.0', EVERYWHERE],
      ['203.0.113.0/33', ' whose part after the slash must be a number from 1 to 32.'],
      ['203.0.113.0/', ' whose part after the slash must be a number from 1 to 32.'],
      ['203.0.113.0/024', ' whose part after the slash must be a number from 1 to 32.'],
      ['203.0.113.0/-1', ' whose part after the slash must be a number from 1 to 32.'],
      ['2001:db8::/129', ' whose part after the slash must be a number from 1 to 128.'],
      ['203.0.113.7/24', ' an address inside a block: write `203.0.113.0/24` for the block, or `203.0.113.7` for the address alone.'],
      ['2001:db8::7/64', ' an address inside a block: write `2001:db8::/64` for the block, or `2001:db8::7` for the address alone.'],
    ];
  refuses(
    bad.map(([accessList, fault]) => [{ accessList }, [`\`accessList\` names "${accessList}",${fault}`]]),
  );

  test.each(['10.1.2.3', '192.168.0.0/16', '100.64.1.1', '127.0.0.1', 'fd00::1', '::1', '::ffff:10.0.0.1'])(
    'warns of %s, which Atlas in the cloud never sees',
    (text) => {
      const { warnings } = read({ accessList: text });
      const address = text.replace('::ffff:10.0.0.1', '::ffff:a00:1');
      expect(warnings).toEqual([
        `\`accessList\` names "${address}", a private address: Atlas sees the public one that calls arrive from; give that, or \`current\`.`,
      ]);
    },
  );

  test.each<Spoilt>([
    { accessList: '10.1.2.3', api: 'public/v1.0', baseUrl: 'https://ops.example' },
    { accessList: '127.0.0.1', baseUrl: 'http://localhost:8080' },
    { accessList: '203.0.113.7' },
  ])('does not warn of what may be seen: %j', (inputs) => {
    expect(read(inputs).warnings).toEqual([]);
  });
});

/** The entry that is made of a text, or what is wrong with it. */
function parse(text: string) {
  const findings = new Findings([]);
  const entry = readAddress(text, findings.contextOf('accessList', {}));
  return { entry, fault: findings.problems.join() };
}

describe('any address', () => {
  const v4 = fc.ipV4();
  const v6 = fc.ipV6();

  test('is read back as itself', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), (address) => {
        fc.pre(!/^[0.:]+$/.test(address));
        const once = parse(address);
        const written = once.entry?.ipAddress ?? '';
        expect(isIP(written)).toBe(isIP(address));
        expect(parse(written)).toEqual(once);
        if (isIP(address) === 4) expect(written).toBe(address);
      }),
    );
  });

  test('with any prefix is a block, or leads to the block that holds it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(v4, fc.integer({ min: 1, max: 31 })),
          fc.tuple(v6, fc.integer({ min: 1, max: 127 })),
        ),
        ([address, prefix]) => {
          const { entry, fault } = parse(`${address}/${prefix}`);
          const block = entry?.cidrBlock ?? /write `([^`]*)`/.exec(fault)?.[1];
          expect(parse(block ?? '').entry).toEqual({ cidrBlock: block });
        },
      ),
    );
  });

  test('and any text is an entry or a fault, never an exception', () => {
    const almost = fc.stringMatching(/^[0-9a-f.:%/]{0,40}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        const { entry, fault } = parse(text);
        expect(entry ? Object.keys(entry).length === 1 && fault === '' : fault.endsWith('.')).toBe(true);
      }),
    );
  });
});
