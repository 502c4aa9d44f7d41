import { BlockList, isIP } from 'node:net';
import { Refusal } from './errors.ts';

/** An entry of a key's or a service account's own access list: from where the Admin API may be called with it. */
export interface AccessListEntry {
  /** Always there; `/32` or `/128` for a single address. */
  readonly cidrBlock: string;
  /** Only for a single address. */
  readonly ipAddress?: string;
  readonly createdAt: number;
  count: number;
  lastUsedAt?: number;
  lastUsedAddress?: string;
}

/** The entries of a request. Refuses what stands in it twice, and what is in the list already. */
export function readEntries(body: unknown, list: readonly AccessListEntry[], now: number): AccessListEntry[] {
  if (!Array.isArray(body)) throw new Refusal('INVALID_JSON');
  if (body.length === 0) throw new Refusal('MISSING_ATTRIBUTE', ['ipAddress']);
  const entries = body.map((one: unknown) => readEntry(one, now));
  for (const [index, entry] of entries.entries()) {
    const same = (other: AccessListEntry) => other.cidrBlock === entry.cidrBlock;
    if (entries.slice(0, index).some(same))
      throw new Refusal('DUPLICATE_ADDRESSES_IN_INPUT', [entryName(entry)]);
    if (list.some(same)) throw new Refusal('ADDRESS_ALREADY_IN_ACCESS_LIST', [entryName(entry)]);
  }
  return entries;
}

/** `{ipAddress}` or `{cidrBlock}`. */
function readEntry(value: unknown, now: number): AccessListEntry {
  const fields = (value ?? {}) as Record<string, unknown>;
  const [ipAddress, cidrBlock] = [fields.ipAddress ?? undefined, fields.cidrBlock ?? undefined];
  const text = ipAddress ?? cidrBlock;
  if (typeof text !== 'string') throw new Refusal('MISSING_ATTRIBUTE', ['ipAddress']);
  if (ipAddress !== undefined && cidrBlock !== undefined)
    throw new Refusal('INVALID_ATTRIBUTE', ['cidrBlock']);
  if ((cidrBlock !== undefined) !== text.includes('/'))
    throw new Refusal('INVALID_IP_ADDRESS_OR_CIDR_NOTATION', [text]);
  return parseEntry(text, now);
}

/** An entry out of an address or a CIDR block. */
export function parseEntry(text: string, now: number): AccessListEntry {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  const wellFormed = family !== 0 && rest.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix));
  if (!wellFormed || length > bits) throw new Refusal('INVALID_IP_ADDRESS_OR_CIDR_NOTATION', [text]);
  // A whole internet is no access list: the service refuses /0, though it takes two halves.
  if (length === 0) throw new Refusal('CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST', [text]);
  const entry = { cidrBlock: `${address}/${length}`, createdAt: now, count: 0 };
  return length === bits ? { ...entry, ipAddress: address } : entry;
}

/** How an entry is named in a path: its address, or the block with the slash encoded. */
export function entryName(entry: AccessListEntry): string {
  return entry.ipAddress ?? entry.cidrBlock;
}

/** The entry of this address or block. */
export function entryNamed(entries: readonly AccessListEntry[], name: string): AccessListEntry | undefined {
  return entries.find(({ ipAddress, cidrBlock }) => ipAddress === name || cidrBlock === name);
}

/** Whether an entry lets this address in. */
export function covers(entry: AccessListEntry, address: string): boolean {
  const [network = '', prefix = ''] = entry.cidrBlock.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if ((isIP(network) === 6 ? 'ipv6' : 'ipv4') !== family) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, family);
}
