import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { AccessListEntry } from '../atlas/types.ts';
import type { AccessListWish, Service } from '../request.ts';
import type { Findings, Reader } from './findings.ts';
import { listOf } from './readers.ts';

const readWishes = listOf<AccessListWish>((text, context) =>
  text === 'current' ? text : readAddress(text, context),
);

/** The wishes for a new key's own access list; two spellings of one address are the same entry. */
export const accessList: Reader<readonly AccessListWish[]> = (text, context) => {
  const wishes = readWishes(text, context);
  return wishes && [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
};

/** An IPv4 or IPv6 address, or a block of them, read strictly and written in canonical form (RFC 5952). */
export const readAddress: Reader<AccessListEntry> = (text, { quote, fault }) => {
  const subject = `names ${quote(text)},`;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  // A zone (fe80::1%eth0) means something on one machine only.
  if (version === 0 || address.includes('%') || rest.length > 0) {
    return fault(
      `${subject} which is neither \`current\` nor an address (203.0.113.7) nor a block (203.0.113.0/24).`,
    );
  }
  // The URL parser writes RFC 5952; ipaddr.js takes `::203.0.113.7` for `::ffff:203.0.113.7`, so it never sees that form.
  const written = version === 4 ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [width, family] = version === 4 ? [32, ipaddr.IPv4] : [128, ipaddr.IPv6];
  if (prefix !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > width)) {
    return fault(`${subject} whose part after the slash must be a number from 1 to ${width}.`);
  }
  if (prefix === '0' || (prefix === undefined && ['0.0.0.0', '::'].includes(written))) {
    return fault(
      `${subject} which means every address, and Atlas refuses it: name the addresses that will call, or \`current\`; a key for everywhere takes \`0.0.0.0/1\` and \`128.0.0.0/1\`.`,
    );
  }
  // Atlas takes a block of one address for that address, too.
  if (prefix === undefined || Number(prefix) === width) return { ipAddress: written };
  const network = `${family.networkAddressFromCIDR(`${written}/${prefix}`)}`;
  return network === written
    ? { cidrBlock: `${network}/${prefix}` }
    : fault(
        `${subject} an address inside a block: write \`${network}/${prefix}\` for the block, or \`${written}\` for the address alone.`,
      );
};

const UNROUTABLE = ['private', 'carrierGradeNat', 'loopback', 'linkLocal', 'uniqueLocal'];

/** Warns of addresses that Atlas in the cloud never sees; a server of one's own, or on this machine (`http`), may. */
export function warnOfUnroutable(
  wishes: readonly AccessListWish[],
  service: Service,
  findings: Findings,
): void {
  if (service.surface === 'public/v1.0' || service.baseUrl.startsWith('http:')) return;
  for (const text of wishes.flatMap((wish) => (wish === 'current' ? [] : Object.values(wish)))) {
    const [address = ''] = text.split('/');
    if (!UNROUTABLE.includes(ipaddr.process(address).range())) continue;
    findings.warnings.push(
      `\`accessList\` names "${text}", a private address: Atlas sees the public one that calls arrive from; give that, or \`current\`.`,
    );
  }
}
