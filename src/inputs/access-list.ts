import { BlockList, isIP } from 'node:net';
import type { AccessListEntry } from '../atlas/types.ts';
import type { AccessListWish, Service } from '../request.ts';
import { type Environment, readInput } from './environment.ts';
import type { Findings } from './findings.ts';
import { parseList } from './lists.ts';
import { isLoopback } from './origin.ts';

type Family = 4 | 6;
const WIDTH = { 4: 32, 6: 128 } as const;

/** An address or a block that is written as it should be, or the end of the sentence that says how it is not. */
export type ParsedAddress = { readonly entry: AccessListEntry } | { readonly fault: string };

/** The wishes for a new key's own access list. */
export function readAccessList(environment: Environment, findings: Findings): readonly AccessListWish[] {
  const wishes: AccessListWish[] = [];
  const { items } = parseList(readInput(environment, 'accessList'));
  for (const item of items) {
    const parsed = item === 'current' ? undefined : parseAddress(item);
    if (parsed === undefined) {
      wishes.push('current');
    } else if ('fault' in parsed) {
      findings.problem(`\`accessList\` names ${findings.quote(item)}, ${parsed.fault}`);
    } else {
      wishes.push(parsed.entry);
    }
  }
  // Two spellings of one address are the same entry.
  return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}

/** Warns of addresses that Atlas in the cloud never sees; a server of one's own, or on this machine, may. */
export function warnOfUnroutable(
  wishes: readonly AccessListWish[],
  service: Service,
  findings: Findings,
): void {
  if (service.surface === 'public/v1.0' || isLoopback(URL.parse(service.baseUrl)?.hostname ?? '')) return;
  for (const text of wishes.flatMap((wish) => (wish === 'current' ? [] : Object.values(wish)))) {
    const [address = ''] = text.split('/');
    if (!UNROUTABLE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) continue;
    findings.warning(
      `\`accessList\` names ${findings.quote(text)}, a private address: Atlas sees the public one that calls arrive from; give that, or \`current\`.`,
    );
  }
}

/** Reads an IPv4 or IPv6 address, or a block of them, strictly; the answer is in canonical form. */
export function parseAddress(text: string): ParsedAddress {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = familyOf(address);
  if (family === undefined || rest.length > 0) {
    return { fault: 'which is neither `current` nor an address (203.0.113.7) nor a block (203.0.113.0/24).' };
  }
  const width = WIDTH[family];
  const bits = toBits(address, family);
  if (prefix === undefined) {
    if (bits === 0n) return { fault: EVERYWHERE };
    return { entry: { ipAddress: fromBits(bits, family) } };
  }
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > width) {
    return { fault: `whose part after the slash must be a number from 1 to ${width}.` };
  }
  if (prefix === '0') return { fault: EVERYWHERE };
  const hostBits = BigInt(width - Number(prefix));
  const network = fromBits((bits >> hostBits) << hostBits, family);
  if (toBits(network, family) !== bits) {
    return {
      fault: `an address inside a block: write \`${network}/${prefix}\` for the block, or \`${fromBits(bits, family)}\` for the address alone.`,
    };
  }
  // Atlas takes a block of one address for that address, too.
  return { entry: hostBits === 0n ? { ipAddress: network } : { cidrBlock: `${network}/${prefix}` } };
}

const EVERYWHERE =
  'which means every address, and Atlas refuses it: name the addresses that will call, or `current`; a key for everywhere takes `0.0.0.0/1` and `128.0.0.0/1`.';

function familyOf(address: string): Family | undefined {
  const family = isIP(address);
  // A zone (fe80::1%eth0) means something on one machine only.
  return family === 0 || address.includes('%') ? undefined : (family as Family);
}

function toBits(address: string, family: Family): bigint {
  if (family === 4) return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
  const [head = '', tail] = canonicalV6(address).split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

function fromBits(bits: bigint, family: Family): string {
  const [count, width, radix] = family === 4 ? ([4, 8n, 10] as const) : ([8, 16n, 16] as const);
  const parts = Array.from({ length: count }, (_, index) =>
    ((bits >> (BigInt(count - 1 - index) * width)) & ((1n << width) - 1n)).toString(radix),
  );
  return family === 4 ? parts.join('.') : canonicalV6(parts.join(':'));
}

/** RFC 5952, as the URL parser writes it. */
function canonicalV6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

const UNROUTABLE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  UNROUTABLE.addSubnet(network, prefix, 'ipv4');
}
UNROUTABLE.addAddress('::1', 'ipv6');
UNROUTABLE.addSubnet('fc00::', 7, 'ipv6');
UNROUTABLE.addSubnet('fe80::', 10, 'ipv6');
