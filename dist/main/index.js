import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 99:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:sqlite");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 7830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 7997:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 8280:
/***/ (function(module) {

(function (root) {
    'use strict';
    // A list of regular expressions that match arbitrary IPv4 addresses,
    // for which a number of weird notations exist.
    // Note that an address like 0010.0xa5.1.1 is considered legal.
    const ipv4Part = '(0?\\d+|0x[a-f0-9]+)';
    const ipv4Regexes = {
        fourOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, 'i'),
        threeOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, 'i'),
        twoOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}$`, 'i'),
        longValue: new RegExp(`^${ipv4Part}$`, 'i')
    };

    // Regular Expression for checking Octal numbers
    const octalRegex = new RegExp(`^0[0-7]+$`, 'i');
    const hexRegex = new RegExp(`^0x[a-f0-9]+$`, 'i');

    const zoneIndex = '%[0-9a-z]{1,}';

    // IPv6-matching regular expressions.
    // For IPv6, the task is simpler: it is enough to match the colon-delimited
    // hexadecimal IPv6 and a transitional variant with dotted-decimal IPv4 at
    // the end.
    const ipv6Part = '(?:[0-9a-f]+::?)+';
    const ipv6Regexes = {
        zoneIndex: new RegExp(zoneIndex, 'i'),
        'native': new RegExp(`^(::)?(${ipv6Part})?([0-9a-f]+)?(::)?(${zoneIndex})?$`, 'i'),
        deprecatedTransitional: new RegExp(`^(?:::)(${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?)$`, 'i'),
        transitional: new RegExp(`^((?:${ipv6Part})|(?:::)(?:${ipv6Part})?)${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?$`, 'i')
    };

    // Expand :: in an IPv6 address or address part consisting of `parts` groups.
    function expandIPv6 (string, parts) {
        // More than one '::' means invalid address
        if (string.indexOf('::') !== string.lastIndexOf('::')) {
            return null;
        }

        let colonCount = 0;
        let lastColon = -1;
        let zoneId = (string.match(ipv6Regexes.zoneIndex) || [])[0];
        let replacement, replacementCount;

        // Remove zone index and save it for later
        if (zoneId) {
            zoneId = zoneId.substring(1);
            string = string.replace(/%.+$/, '');
        }

        // How many parts do we already have?
        while ((lastColon = string.indexOf(':', lastColon + 1)) >= 0) {
            colonCount++;
        }

        // 0::0 is two parts more than ::
        if (string.substr(0, 2) === '::') {
            colonCount--;
        }

        if (string.substr(-2, 2) === '::') {
            colonCount--;
        }

        // An address must not contain more separators than available parts,
        // and :: must compress at least one part.
        if (colonCount >= parts) {
            return null;
        }

        // replacement = ':' + '0:' * (parts - colonCount)
        replacementCount = parts - colonCount;
        replacement = ':';
        while (replacementCount--) {
            replacement += '0:';
        }

        // Insert the missing zeroes
        string = string.replace('::', replacement);

        // Trim any garbage which may be hanging around if :: was at the edge in
        // the source string
        if (string[0] === ':') {
            string = string.slice(1);
        }

        if (string[string.length - 1] === ':') {
            string = string.slice(0, -1);
        }

        parts = (function () {
            const ref = string.split(':');
            const results = [];

            for (let i = 0; i < ref.length; i++) {
                results.push(ref[i].length > 4 ? NaN : parseInt(ref[i], 16));
            }

            return results;
        })();

        return {
            parts: parts,
            zoneId: zoneId
        };
    }

    // A generic CIDR (Classless Inter-Domain Routing) RFC1518 range matcher.
    function matchCIDR (first, second, partSize, cidrBits) {
        if (first.length !== second.length) {
            throw new Error('ipaddr: cannot match CIDR for objects with different lengths');
        }

        let part = 0;
        let shift;

        while (cidrBits > 0) {
            shift = partSize - cidrBits;
            if (shift < 0) {
                shift = 0;
            }

            if (first[part] >> shift !== second[part] >> shift) {
                return false;
            }

            cidrBits -= partSize;
            part += 1;
        }

        return true;
    }

    function parseIntAuto (string) {
        // Hexadecimal base 16 (0x#)
        if (hexRegex.test(string)) {
            return parseInt(string, 16);
        }
        // While octal representation is discouraged by ECMAScript 3
        // and forbidden by ECMAScript 5, we silently allow it to
        // work only if the rest of the string has numbers less than 8.
        if (string[0] === '0' && !isNaN(parseInt(string[1], 10))) {
        if (octalRegex.test(string)) {
            return parseInt(string, 8);
        }
            throw new Error(`ipaddr: cannot parse ${string} as octal`);
        }
        // Always include the base 10 radix!
        return parseInt(string, 10);
    }

    function padPart (part, length) {
        while (part.length < length) {
            part = `0${part}`;
        }

        return part;
    }

    const ipaddr = {};

    // An IPv4 address (RFC791).
    ipaddr.IPv4 = (function () {
        // Constructs a new IPv4 address from an array of four octets
        // in network order (MSB first)
        // Verifies the input.
        function IPv4 (octets) {
            if (octets.length !== 4) {
                throw new Error('ipaddr: ipv4 octet count should be 4');
            }

            let i, octet;

            for (i = 0; i < octets.length; i++) {
                octet = octets[i];
                if (!((0 <= octet && octet <= 255))) {
                    throw new Error('ipaddr: ipv4 octet should fit in 8 bits');
                }
            }

            this.octets = octets;
        }

        // Special IPv4 address ranges.
        // See also https://en.wikipedia.org/wiki/Reserved_IP_addresses
        IPv4.prototype.SpecialRanges = {
            unspecified: [[new IPv4([0, 0, 0, 0]), 8]],
            broadcast: [[new IPv4([255, 255, 255, 255]), 32]],
            // RFC3171
            multicast: [[new IPv4([224, 0, 0, 0]), 4]],
            // RFC3927
            linkLocal: [[new IPv4([169, 254, 0, 0]), 16]],
            // RFC5735
            loopback: [[new IPv4([127, 0, 0, 0]), 8]],
            // RFC6598
            carrierGradeNat: [[new IPv4([100, 64, 0, 0]), 10]],
            // RFC1918
            'private': [
                [new IPv4([10, 0, 0, 0]), 8],
                [new IPv4([172, 16, 0, 0]), 12],
                [new IPv4([192, 168, 0, 0]), 16]
            ],
            // Reserved and testing-only ranges; RFCs 5735, 5737, 2544, 1700
            reserved: [
                [new IPv4([192, 0, 0, 0]), 24],
                [new IPv4([192, 0, 2, 0]), 24],
                [new IPv4([192, 88, 99, 0]), 24],
                [new IPv4([198, 18, 0, 0]), 15],
                [new IPv4([198, 51, 100, 0]), 24],
                [new IPv4([203, 0, 113, 0]), 24],
                [new IPv4([240, 0, 0, 0]), 4]
            ],
            // RFC7534, RFC7535
            as112: [
                [new IPv4([192, 175, 48, 0]), 24],
                [new IPv4([192, 31, 196, 0]), 24],
            ],
            // RFC7450
            amt: [
                [new IPv4([192, 52, 193, 0]), 24],
            ],
        };

        // The 'kind' method exists on both IPv4 and IPv6 classes.
        IPv4.prototype.kind = function () {
            return 'ipv4';
        };

        // Checks if this address matches other one within given CIDR range.
        IPv4.prototype.match = function (other, cidrRange) {
            let ref;
            if (cidrRange === undefined) {
                ref = other;
                other = ref[0];
                cidrRange = ref[1];
            }

            if (other.kind() !== 'ipv4') {
                throw new Error('ipaddr: cannot match ipv4 address with non-ipv4 one');
            }

            return matchCIDR(this.octets, other.octets, 8, cidrRange);
        };

        // returns a number of leading ones in IPv4 address, making sure that
        // the rest is a solid sequence of 0's (valid netmask)
        // returns either the CIDR length or null if mask is not valid
        IPv4.prototype.prefixLengthFromSubnetMask = function () {
            let cidr = 0;
            // non-zero encountered stop scanning for zeroes
            let stop = false;
            // number of zeroes in octet
            const zerotable = {
                0: 8,
                128: 7,
                192: 6,
                224: 5,
                240: 4,
                248: 3,
                252: 2,
                254: 1,
                255: 0
            };
            let i, octet, zeros;

            for (i = 3; i >= 0; i -= 1) {
                octet = this.octets[i];
                if (octet in zerotable) {
                    zeros = zerotable[octet];
                    if (stop && zeros !== 0) {
                        return null;
                    }

                    if (zeros !== 8) {
                        stop = true;
                    }

                    cidr += zeros;
                } else {
                    return null;
                }
            }

            return 32 - cidr;
        };

        // Checks if the address corresponds to one of the special ranges.
        IPv4.prototype.range = function () {
            return ipaddr.subnetMatch(this, this.SpecialRanges);
        };

        // Returns an array of byte-sized values in network order (MSB first)
        IPv4.prototype.toByteArray = function () {
            return this.octets.slice(0);
        };

        // Converts this IPv4 address to an IPv4-mapped IPv6 address.
        IPv4.prototype.toIPv4MappedAddress = function () {
            return ipaddr.IPv6.parse(`::ffff:${this.toString()}`);
        };

        // Symmetrical method strictly for aligning with the IPv6 methods.
        IPv4.prototype.toNormalizedString = function () {
            return this.toString();
        };

        // Returns the address in convenient, decimal-dotted format.
        IPv4.prototype.toString = function () {
            return this.octets.join('.');
        };

        return IPv4;
    })();

    // A utility function to return broadcast address given the IPv4 interface and prefix length in CIDR notation
    ipaddr.IPv4.broadcastAddressFromCIDR = function (string) {

        try {
            const cidr = this.parseCIDR(string);
            const ipInterfaceOctets = cidr[0].toByteArray();
            const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            const octets = [];
            let i = 0;
            while (i < 4) {
                // Broadcast address is bitwise OR between ip interface and inverted mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv4 CIDR format', { cause: e });
        }
    };

    // Checks if a given string is formatted like IPv4 address.
    ipaddr.IPv4.isIPv4 = function (string) {
        return this.parser(string) !== null;
    };

    // Checks if a given string is a valid IPv4 address.
    ipaddr.IPv4.isValid = function (string) {
        try {
            new this(this.parser(string));
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a valid IPv4 address in CIDR notation.
    ipaddr.IPv4.isValidCIDR = function (string) {
        try {
            this.parseCIDR(string);
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a full four-part IPv4 Address.
    ipaddr.IPv4.isValidFourPartDecimal = function (string) {
        if (ipaddr.IPv4.isValid(string) && string.match(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}$/)) {
            return true;
        } else {
            return false;
        }
    };

    // Checks if a given string is a full four-part IPv4 Address with CIDR prefix.
    ipaddr.IPv4.isValidCIDRFourPartDecimal = function (string) {
        const match = string.match(/^(.+)\/(\d+)$/);

        if (!ipaddr.IPv4.isValidCIDR(string) || !match) {
            return false;
        }

        return ipaddr.IPv4.isValidFourPartDecimal(match[1]);
    };

    // A utility function to return network address given the IPv4 interface and prefix length in CIDR notation
    ipaddr.IPv4.networkAddressFromCIDR = function (string) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;

        try {
            cidr = this.parseCIDR(string);
            ipInterfaceOctets = cidr[0].toByteArray();
            subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            octets = [];
            i = 0;
            while (i < 4) {
                // Network address is bitwise AND between ip interface and mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv4 CIDR format', { cause: e });
        }
    };

    // Tries to parse and validate a string with IPv4 address.
    // Throws an error if it fails.
    ipaddr.IPv4.parse = function (string) {
        const parts = this.parser(string);

        if (parts === null) {
            throw new Error('ipaddr: string is not formatted like an IPv4 Address');
        }

        return new this(parts);
    };

    // Parses the string as an IPv4 Address with CIDR Notation.
    ipaddr.IPv4.parseCIDR = function (string) {
        let match;

        if ((match = string.match(/^(.+)\/(\d+)$/))) {
            const maskLength = parseInt(match[2]);
            if (maskLength >= 0 && maskLength <= 32) {
                const parsed = [this.parse(match[1]), maskLength];
                Object.defineProperty(parsed, 'toString', {
                    value: function () {
                        return this.join('/');
                    }
                });
                return parsed;
            }
        }

        throw new Error('ipaddr: string is not formatted like an IPv4 CIDR range');
    };

    // Classful variants (like a.b, where a is an octet, and b is a 24-bit
    // value representing last three octets; this corresponds to a class C
    // address) are omitted due to classless nature of modern Internet.
    ipaddr.IPv4.parser = function (string) {
        let match, part, value;

        // parseInt recognizes all that octal & hexadecimal weirdness for us
        if ((match = string.match(ipv4Regexes.fourOctet))) {
            return (function () {
                const ref = match.slice(1, 6);
                const results = [];

                for (let i = 0; i < ref.length; i++) {
                    part = ref[i];
                    results.push(parseIntAuto(part));
                }

                return results;
            })();
        } else if ((match = string.match(ipv4Regexes.longValue))) {
            value = parseIntAuto(match[1]);
            if (value > 0xffffffff || value < 0) {
                throw new Error('ipaddr: address outside defined range');
            }

            return ((function () {
                const results = [];
                let shift;

                for (shift = 0; shift <= 24; shift += 8) {
                    results.push((value >> shift) & 0xff);
                }

                return results;
            })()).reverse();
        } else if ((match = string.match(ipv4Regexes.twoOctet))) {
            return (function () {
                const ref = match.slice(1, 4);
                const results = [];

                value = parseIntAuto(ref[1]);
                if (value > 0xffffff || value < 0) {
                    throw new Error('ipaddr: address outside defined range');
                }

                results.push(parseIntAuto(ref[0]));
                results.push((value >> 16) & 0xff);
                results.push((value >>  8) & 0xff);
                results.push( value        & 0xff);

                return results;
            })();
        } else if ((match = string.match(ipv4Regexes.threeOctet))) {
            return (function () {
                const ref = match.slice(1, 5);
                const results = [];

                value = parseIntAuto(ref[2]);
                if (value > 0xffff || value < 0) {
                    throw new Error('ipaddr: address outside defined range');
                }

                results.push(parseIntAuto(ref[0]));
                results.push(parseIntAuto(ref[1]));
                results.push((value >> 8) & 0xff);
                results.push( value       & 0xff);

                return results;
            })();
        } else {
            return null;
        }
    };

    // A utility function to return subnet mask in IPv4 format given the prefix length
    ipaddr.IPv4.subnetMaskFromPrefixLength = function (prefix) {
        prefix = parseInt(prefix);
        if (Number.isNaN(prefix) || prefix < 0 || prefix > 32) {
            throw new Error('ipaddr: invalid IPv4 prefix length');
        }

        const octets = [0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);

        while (j < filledOctetCount) {
            octets[j] = 255;
            j++;
        }

        if (filledOctetCount < 4) {
            octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - (prefix % 8);
        }

        return new this(octets);
    };

    // An IPv6 address (RFC2460)
    ipaddr.IPv6 = (function () {
        // Constructs an IPv6 address from an array of eight 16 - bit parts
        // or sixteen 8 - bit parts in network order(MSB first).
        // Throws an error if the input is invalid.
        function IPv6 (parts, zoneId) {
            let i, part;

            if (parts.length === 16) {
                this.parts = [];
                for (i = 0; i <= 14; i += 2) {
                    this.parts.push((parts[i] << 8) | parts[i + 1]);
                }
            } else if (parts.length === 8) {
                this.parts = parts;
            } else {
                throw new Error('ipaddr: ipv6 part count should be 8 or 16');
            }

            for (i = 0; i < this.parts.length; i++) {
                part = this.parts[i];
                if (!((0 <= part && part <= 0xffff))) {
                    throw new Error('ipaddr: ipv6 part should fit in 16 bits');
                }
            }

            if (zoneId) {
                this.zoneId = zoneId;
            }
        }

        // Special IPv6 ranges
        IPv6.prototype.SpecialRanges = {
            // RFC4291, here and after
            unspecified: [new IPv6([0, 0, 0, 0, 0, 0, 0, 0]), 128],
            linkLocal: [new IPv6([0xfe80, 0, 0, 0, 0, 0, 0, 0]), 10],
            multicast: [new IPv6([0xff00, 0, 0, 0, 0, 0, 0, 0]), 8],
            loopback: [new IPv6([0, 0, 0, 0, 0, 0, 0, 1]), 128],
            uniqueLocal: [new IPv6([0xfc00, 0, 0, 0, 0, 0, 0, 0]), 7],
            ipv4Mapped: [new IPv6([0, 0, 0, 0, 0, 0xffff, 0, 0]), 96],
            // RFC3879
            deprecatedSiteLocal: [new IPv6([0xfec0, 0, 0, 0, 0, 0, 0, 0]), 10],
            // RFC6666
            discard: [new IPv6([0x100, 0, 0, 0, 0, 0, 0, 0]), 64],
            // RFC6145
            rfc6145: [new IPv6([0, 0, 0, 0, 0xffff, 0, 0, 0]), 96],
            rfc6052: [
                // RFC6052
                [new IPv6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0]), 96],
                // RFC8215
                [new IPv6([0x64, 0xff9b, 0x1, 0, 0, 0, 0, 0]), 48],
            ],
            // RFC3056
            '6to4': [new IPv6([0x2002, 0, 0, 0, 0, 0, 0, 0]), 16],
            // RFC6052, RFC6146
            teredo: [new IPv6([0x2001, 0, 0, 0, 0, 0, 0, 0]), 32],
            // RFC5180
            benchmarking: [new IPv6([0x2001, 0x2, 0, 0, 0, 0, 0, 0]), 48],
            // RFC7450
            amt: [new IPv6([0x2001, 0x3, 0, 0, 0, 0, 0, 0]), 32],
            as112v6: [
                // RFC7535
                [new IPv6([0x2001, 0x4, 0x112, 0, 0, 0, 0, 0]), 48],
                // RFC7534
                [new IPv6([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0]), 48],
            ],
            // RFC4843
            deprecatedOrchid: [new IPv6([0x2001, 0x10, 0, 0, 0, 0, 0, 0]), 28],
            // RFC7343
            orchid2: [new IPv6([0x2001, 0x20, 0, 0, 0, 0, 0, 0]), 28],
            // RFC9374
            droneRemoteIdProtocolEntityTags: [new IPv6([0x2001, 0x30, 0, 0, 0, 0, 0, 0]), 28],
            // RFC9602
            segmentRouting: [new IPv6([0x5f00, 0, 0, 0, 0, 0, 0, 0]), 16],
            reserved: [
                // RFC3849
                [new IPv6([0x2001, 0, 0, 0, 0, 0, 0, 0]), 23],
                // RFC2928
                [new IPv6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]), 32],
                // RFC9637
                [new IPv6([0x3fff, 0, 0, 0, 0, 0, 0, 0]), 20],
            ],
        };

        // Checks if this address is an IPv4-mapped IPv6 address.
        IPv6.prototype.isIPv4MappedAddress = function () {
            return this.range() === 'ipv4Mapped';
        };

        // The 'kind' method exists on both IPv4 and IPv6 classes.
        IPv6.prototype.kind = function () {
            return 'ipv6';
        };

        // Checks if this address matches other one within given CIDR range.
        IPv6.prototype.match = function (other, cidrRange) {
            let ref;

            if (cidrRange === undefined) {
                ref = other;
                other = ref[0];
                cidrRange = ref[1];
            }

            if (other.kind() !== 'ipv6') {
                throw new Error('ipaddr: cannot match ipv6 address with non-ipv6 one');
            }

            return matchCIDR(this.parts, other.parts, 16, cidrRange);
        };

        // returns a number of leading ones in IPv6 address, making sure that
        // the rest is a solid sequence of 0's (valid netmask)
        // returns either the CIDR length or null if mask is not valid
        IPv6.prototype.prefixLengthFromSubnetMask = function () {
            let cidr = 0;
            // non-zero encountered stop scanning for zeroes
            let stop = false;
            // number of zeroes in octet
            const zerotable = {
                0: 16,
                32768: 15,
                49152: 14,
                57344: 13,
                61440: 12,
                63488: 11,
                64512: 10,
                65024: 9,
                65280: 8,
                65408: 7,
                65472: 6,
                65504: 5,
                65520: 4,
                65528: 3,
                65532: 2,
                65534: 1,
                65535: 0
            };
            let part, zeros;

            for (let i = 7; i >= 0; i -= 1) {
                part = this.parts[i];
                if (part in zerotable) {
                    zeros = zerotable[part];
                    if (stop && zeros !== 0) {
                        return null;
                    }

                    if (zeros !== 16) {
                        stop = true;
                    }

                    cidr += zeros;
                } else {
                    return null;
                }
            }

            return 128 - cidr;
        };


        // Checks if the address corresponds to one of the special ranges.
        IPv6.prototype.range = function () {
            return ipaddr.subnetMatch(this, this.SpecialRanges);
        };

        // Returns an array of byte-sized values in network order (MSB first)
        IPv6.prototype.toByteArray = function () {
            let part;
            const bytes = [];
            const ref = this.parts;
            for (let i = 0; i < ref.length; i++) {
                part = ref[i];
                bytes.push(part >> 8);
                bytes.push(part & 0xff);
            }

            return bytes;
        };

        // Returns the address in expanded format with all zeroes included, like
        // 2001:0db8:0008:0066:0000:0000:0000:0001
        IPv6.prototype.toFixedLengthString = function () {
            const addr = ((function () {
                const results = [];
                for (let i = 0; i < this.parts.length; i++) {
                    results.push(padPart(this.parts[i].toString(16), 4));
                }

                return results;
            }).call(this)).join(':');

            let suffix = '';

            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }

            return addr + suffix;
        };

        // Converts this address to IPv4 address if it is an IPv4-mapped IPv6 address.
        // Throws an error otherwise.
        IPv6.prototype.toIPv4Address = function () {
            if (!this.isIPv4MappedAddress()) {
                throw new Error('ipaddr: trying to convert a generic ipv6 address to ipv4');
            }

            const ref = this.parts.slice(-2);
            const high = ref[0];
            const low = ref[1];

            return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
        };

        // Returns the address in expanded format with all zeroes included, like
        // 2001:db8:8:66:0:0:0:1
        //
        // Deprecated: use toFixedLengthString() instead.
        IPv6.prototype.toNormalizedString = function () {
            const addr = ((function () {
                const results = [];

                for (let i = 0; i < this.parts.length; i++) {
                    results.push(this.parts[i].toString(16));
                }

                return results;
            }).call(this)).join(':');

            let suffix = '';

            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }

            return addr + suffix;
        };

        // Returns the address in compact, human-readable format like
        // 2001:db8:8:66::1
        // in line with RFC 5952 (see https://tools.ietf.org/html/rfc5952#section-4)
        IPv6.prototype.toRFC5952String = function () {
            const regex = /((^|:)(0(:|$)){2,})/g;
            // The zone identifier (RFC 4007) is not part of the address; match
            // against the address alone so a trailing zero run right before the
            // "%" suffix still gets compressed (RFC 5952, 4.2.2).
            let suffix = '';
            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }
            const normalized = this.toNormalizedString();
            const string = normalized.slice(0, normalized.length - suffix.length);
            let bestMatchIndex = 0;
            let bestMatchLength = -1;
            let bestMatchGroups = -1;
            let match;

            while ((match = regex.exec(string))) {
                // Compare by the number of zero groups, not the matched length:
                // a run that is not at the start carries a leading ":" in the
                // match, so an equal-length run later in the address would
                // otherwise be preferred over the leftmost one (RFC 5952, 4.2.3).
                const groups = (match[0].match(/0/g) || []).length;
                if (groups > bestMatchGroups) {
                    bestMatchGroups = groups;
                    bestMatchIndex = match.index;
                    bestMatchLength = match[0].length;
                }
            }

            if (bestMatchLength < 0) {
                return string + suffix;
            }

            return `${string.substring(0, bestMatchIndex)}::${string.substring(bestMatchIndex + bestMatchLength)}${suffix}`;
        };

        // Returns the address in compact, human-readable format like
        // 2001:db8:8:66::1
        // Calls toRFC5952String under the hood.
        IPv6.prototype.toString = function () {
            return this.toRFC5952String();
        };

        return IPv6;

    })();

    // A utility function to return broadcast address given the IPv6 interface and prefix length in CIDR notation
    ipaddr.IPv6.broadcastAddressFromCIDR = function (string) {
        try {
            const cidr = this.parseCIDR(string);
            const ipInterfaceOctets = cidr[0].toByteArray();
            const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            const octets = [];
            let i = 0;
            while (i < 16) {
                // Broadcast address is bitwise OR between ip interface and inverted mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv6 CIDR format', { cause: e });
        }
    };

    // Checks if a given string is formatted like IPv6 address.
    ipaddr.IPv6.isIPv6 = function (string) {
        return this.parser(string) !== null;
    };

    // Checks to see if string is a valid IPv6 Address
    ipaddr.IPv6.isValid = function (string) {

        // Since IPv6.isValid is always called first, this shortcut
        // provides a substantial performance gain.
        if (typeof string === 'string' && string.indexOf(':') === -1) {
            return false;
        }

        try {
            const addr = this.parser(string);
            new this(addr.parts, addr.zoneId);
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a valid IPv6 address in CIDR notation.
    ipaddr.IPv6.isValidCIDR = function (string) {

        // See note in IPv6.isValid
        if (typeof string === 'string' && string.indexOf(':') === -1) {
            return false;
        }

        try {
            this.parseCIDR(string);
            return true;
        } catch {
            return false;
        }
    };

    // A utility function to return network address given the IPv6 interface and prefix length in CIDR notation
    ipaddr.IPv6.networkAddressFromCIDR = function (string) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;

        try {
            cidr = this.parseCIDR(string);
            ipInterfaceOctets = cidr[0].toByteArray();
            subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            octets = [];
            i = 0;
            while (i < 16) {
                // Network address is bitwise AND between ip interface and mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv6 CIDR format', { cause: e });
        }
    };

    // Tries to parse and validate a string with IPv6 address.
    // Throws an error if it fails.
    ipaddr.IPv6.parse = function (string) {
        const addr = this.parser(string);

        if (addr === null) {
            throw new Error('ipaddr: string is not formatted like an IPv6 Address');
        }

        return new this(addr.parts, addr.zoneId);
    };

    ipaddr.IPv6.parseCIDR = function (string) {
        let maskLength, match, parsed;

        if ((match = string.match(/^(.+)\/(\d+)$/))) {
            maskLength = parseInt(match[2]);
            if (maskLength >= 0 && maskLength <= 128) {
                parsed = [this.parse(match[1]), maskLength];
                Object.defineProperty(parsed, 'toString', {
                    value: function () {
                        return this.join('/');
                    }
                });
                return parsed;
            }
        }

        throw new Error('ipaddr: string is not formatted like an IPv6 CIDR range');
    };

    // Parse an IPv6 address.
    ipaddr.IPv6.parser = function (string) {
        let addr, i, match, octet, octets, zoneId;

        if ((match = string.match(ipv6Regexes.deprecatedTransitional))) {
            return this.parser(`::ffff:${match[1]}`);
        }
        if (ipv6Regexes.native.test(string)) {
            return expandIPv6(string, 8);
        }
        if ((match = string.match(ipv6Regexes.transitional))) {
            zoneId = match[6] || '';
            addr = match[1]
            if (!match[1].endsWith('::')) {
                addr = addr.slice(0, -1)
            }
            addr = expandIPv6(addr + zoneId, 6);
            if (addr && addr.parts) {
                octets = [
                    parseInt(match[2]),
                    parseInt(match[3]),
                    parseInt(match[4]),
                    parseInt(match[5])
                ];
                for (i = 0; i < octets.length; i++) {
                    octet = octets[i];
                    if (!((0 <= octet && octet <= 255))) {
                        return null;
                    }
                }

                addr.parts.push(octets[0] << 8 | octets[1]);
                addr.parts.push(octets[2] << 8 | octets[3]);
                return {
                    parts: addr.parts,
                    zoneId: addr.zoneId
                };
            }
        }

        return null;
    };

    // A utility function to return subnet mask in IPv6 format given the prefix length
    ipaddr.IPv6.subnetMaskFromPrefixLength = function (prefix) {
        prefix = parseInt(prefix);
        if (Number.isNaN(prefix) || prefix < 0 || prefix > 128) {
            throw new Error('ipaddr: invalid IPv6 prefix length');
        }

        const octets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);

        while (j < filledOctetCount) {
            octets[j] = 255;
            j++;
        }

        if (filledOctetCount < 16) {
            octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - (prefix % 8);
        }

        return new this(octets);
    };

    // Try to parse an array in network order (MSB first) for IPv4 and IPv6
    ipaddr.fromByteArray = function (bytes) {
        const length = bytes.length;

        if (length === 4) {
            return new ipaddr.IPv4(bytes);
        } else if (length === 16) {
            return new ipaddr.IPv6(bytes);
        } else {
            throw new Error('ipaddr: the binary input is neither an IPv6 nor IPv4 address');
        }
    };

    // Checks if the address is valid IP address
    ipaddr.isValid = function (string) {
        return ipaddr.IPv6.isValid(string) || ipaddr.IPv4.isValid(string);
    };

    // Checks if the address is valid IP address in CIDR notation
    ipaddr.isValidCIDR = function (string) {
        return ipaddr.IPv6.isValidCIDR(string) || ipaddr.IPv4.isValidCIDR(string);
    };


    // Attempts to parse an IP Address, first through IPv6 then IPv4.
    // Throws an error if it could not be parsed.
    ipaddr.parse = function (string) {
        if (ipaddr.IPv6.isValid(string)) {
            return ipaddr.IPv6.parse(string);
        } else if (ipaddr.IPv4.isValid(string)) {
            return ipaddr.IPv4.parse(string);
        } else {
            throw new Error('ipaddr: the address has neither IPv6 nor IPv4 format');
        }
    };

    // Attempt to parse CIDR notation, first through IPv6 then IPv4.
    // Throws an error if it could not be parsed.
    ipaddr.parseCIDR = function (string) {
        try {
            return ipaddr.IPv6.parseCIDR(string);
        } catch {
            try {
                return ipaddr.IPv4.parseCIDR(string);
            } catch (e) {
                throw new Error('ipaddr: the address has neither IPv6 nor IPv4 CIDR format', { cause: e });
            }
        }
    };

    // Parse an address and return plain IPv4 address if it is an IPv4-mapped address
    ipaddr.process = function (string) {
        const addr = this.parse(string);

        if (addr.kind() === 'ipv6' && addr.isIPv4MappedAddress()) {
            return addr.toIPv4Address();
        } else {
            return addr;
        }
    };

    // An utility function to ease named range matching. See examples below.
    // rangeList can contain both IPv4 and IPv6 subnet entries and will not throw errors
    // on matching IPv4 addresses to IPv6 ranges or vice versa.
    ipaddr.subnetMatch = function (address, rangeList, defaultName) {
        let i, rangeName, rangeSubnets, subnet;

        if (defaultName === undefined || defaultName === null) {
            defaultName = 'unicast';
        }

        for (rangeName in rangeList) {
            if (Object.prototype.hasOwnProperty.call(rangeList, rangeName)) {
                rangeSubnets = rangeList[rangeName];
                // ECMA5 Array.isArray isn't available everywhere
                if (rangeSubnets[0] && !(rangeSubnets[0] instanceof Array)) {
                    rangeSubnets = [rangeSubnets];
                }

                for (i = 0; i < rangeSubnets.length; i++) {
                    subnet = rangeSubnets[i];
                    if (address.kind() === subnet[0].kind() && address.match.apply(address, subnet)) {
                        return rangeName;
                    }
                }
            }
        }

        return defaultName;
    };

    // Export for both the CommonJS and browser-like environment
    if ( true && module.exports) {
        module.exports = ipaddr;

    } else {
        root.ipaddr = ipaddr;
    }

}(this));


/***/ }),

/***/ 5901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   L0: () => (/* binding */ cleaned),
/* harmony export */   P9: () => (/* binding */ retryAfter),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   ni: () => (/* binding */ readRefusal),
/* harmony export */   nu: () => (/* binding */ errorCodeIn)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9030);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4018);



/** Reads an answer's error body: `{error, errorCode, detail, reason, parameters}`, or whatever else came. */
function readRefusal({ status, headers, text }) {
    const json = parseObject(text);
    const code = json && (errorCodeIn(json) ?? oauthErrorIn(json));
    const errorCode = code === (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSecrets */ .cT)(code ?? '', text) ? code : undefined;
    const sentence = json?.detail ?? json?.error_description;
    const detail = typeof sentence === 'string' ? cleaned((0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSecrets */ .cT)(sentence, text)) : '';
    const parameters = Array.isArray(json?.parameters) ? json.parameters : [];
    /** As many tokens of the service account are alive as may be. It has no code of its own. */
    const isTokenLimit = errorCode === 'ACCESS_DENIED' && /\btoken limit\b/i.test(detail);
    // `["api/atlas/v2/orgs",55,10,5,60]`: 55 seconds. https://www.mongodb.com/docs/atlas/api/api-rate-limit/
    const seconds = errorCode === 'RATE_LIMITED_TOKEN_BUCKET' ? parameters[1] : undefined;
    const host = (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSecrets */ .cT)(URL.parse(headers.location ?? '')?.host ?? '', text);
    return {
        status,
        errorCode,
        /** What it means to the caller. */
        kind: isTokenLimit ? 'rateLimited' : kindOf(status, errorCode, json !== undefined),
        isTokenLimit,
        /** The service's sentence, cleaned, or empty. */
        detail,
        /** The address that the service saw, when it names one. */
        address: addressIn([...parameters, detail]),
        /** After how many milliseconds to ask again, when it says so. */
        retryAfter: retryAfter(headers) ?? (typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined),
        /** The host that a redirect leads to. */
        redirect: /^[\w.:[\]-]{1,100}$/.test(host) ? host : undefined,
        /** Anything else is HTML of a proxy, text, or cut JSON. */
        isJson: json !== undefined,
        isEmpty: text.trim() === '',
    };
}
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ and the recordings; the status alone decides nothing.
const KINDS = [
    [/^(?:INVALID_CLIENT|UNAUTHORIZED_CLIENT|INVALID_GRANT|INVALID_TOKEN)$/, 'credentials'],
    [/^(?:NOT_ATLAS_GROUP|ATLAS_GROUP|NOT_ATLAS_ORG)$/, 'wrongSurface'],
    [/^(?:USER_UNAUTHORIZED|USER_CANNOT_ACCESS_\w+|NOT_\w+|API_KEY_\w+_ACCESS_DENIED)$/, 'notAllowed'],
    [/^(?:IP_ADDRESS_NOT_ON|ORG_REQUIRES|RESOURCE_REQUIRES)_(?:ACCESS_LIST|WHITELIST)$/, 'addressRefused'],
    [/^(?:API_KEY|API_KEY_ACCESS_LIST|RESOURCE|GROUP|ORG)_NOT_FOUND$/, 'gone'],
    [/^(?:API_KEY_ALREADY_IN_GROUP|ADDRESS_ALREADY_IN_ACCESS_LIST)$/, 'alreadyThere'],
    [/^(?:MAX_PUBLIC_API_KEY_REACHED|MAX_(?:API_KEYS|SERVICE_ACCOUNTS)_PER_ORG_EXCEEDED)$/, 'full'],
    [/^ACCOUNT_SUSPENDED$/, 'suspended'],
    [/^CANNOT_ADD_(?:ORG|GROUP|GLOBAL)_ROLE$/, 'badRequest'],
    [/^RATE_LIMITED(?:_TOKEN_BUCKET)?$/, 'rateLimited'],
    [/^(?:WRITES_NOT_ALLOWED_DURING_APP_UPGRADES|DATA_CONCURRENCY_ERROR)$/, 'unavailable'],
];
function kindOf(status, errorCode, isJson) {
    const known = KINDS.find(([pattern]) => errorCode !== undefined && pattern.test(errorCode));
    if (known !== undefined)
        return known[1];
    // Wrong credentials come with the challenge's own code, or with none; any other code is for someone known.
    if (status === 401)
        return (errorCode ?? 'UNEXPECTED_ERROR') === 'UNEXPECTED_ERROR' ? 'credentials' : 'notAllowed';
    if (status === 407)
        return 'network';
    if (status === 429)
        return 'rateLimited';
    if (status >= 500)
        return 'unavailable';
    // A 403 or 404 that is not the service's own may come from a proxy, and says nothing about the key.
    if (status < 400 || !isJson)
        return 'unintelligible';
    if (status === 403)
        return 'notAllowed';
    if (status === 404)
        return 'gone';
    if (status === 409)
        return 'alreadyThere';
    return 'badRequest';
}
/**
 * `Retry-After` in milliseconds: seconds, or a date, which is compared with the answer's own `Date` since this
 * machine's clock may be wrong (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
 */
function retryAfter(headers) {
    const value = headers['retry-after']?.trim() ?? '';
    if (/^\d{1,9}$/.test(value))
        return Number(value) * 1000;
    const until = (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .parseHttpDate */ .m6)(value);
    const now = (0,_time_js__WEBPACK_IMPORTED_MODULE_2__/* .parseHttpDate */ .m6)(headers.date);
    return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}
function addressIn(texts) {
    return texts
        .filter((text) => typeof text === 'string')
        .slice(0, 20)
        .flatMap((text) => text.slice(0, 1000).split(/[\s,;()[\]"']/))
        .map((word) => word.replace(/[.:]+$/, '').replace(/\/\d+$/, ''))
        .find((word) => (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(word) > 0);
}
/** A text from the service as one line of at most 300 characters, none of them a control or invisible one. */
function cleaned(text) {
    const line = text
        .slice(0, 2000)
        .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    const characters = Array.from(line);
    return characters.length <= 300 ? line : `${characters.slice(0, 299).join('')}…`;
}
/** The JSON object in a text, or undefined for anything else. */
function parseObject(text) {
    const value = (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text);
    return isObject(value) ? value : undefined;
}
/** Whether a value is a JSON object. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The `errorCode` of an error body, when it has the form of one. */
function errorCodeIn({ errorCode }) {
    return typeof errorCode === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(errorCode) ? errorCode : undefined;
}
/** The token endpoint's own errors, `invalid_client` for one: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function oauthErrorIn({ error }) {
    return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error.toUpperCase() : undefined;
}


/***/ }),

/***/ 7236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   WK: () => (/* binding */ ChallengeError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   qL: () => (/* binding */ AtlasError),
/* harmony export */   yH: () => (/* binding */ isAtlasError)
/* harmony export */ });
/**
 * One error class for everything that can go wrong between us and Atlas. Callers branch on `kind`, which is
 * decided by the service's `errorCode` and not by the status: Atlas answers 401 for "not allowed", too.
 */
class AtlasError extends Error {
    name = 'AtlasError';
    kind;
    errorCode;
    constructor(message, details) {
        const { kind, errorCode, cause } = details;
        super(message, cause === undefined ? undefined : { cause });
        this.kind = kind;
        this.errorCode = errorCode;
    }
}
/** A server asks to be signed in to in a way that cannot be read, or that we do not know. */
class ChallengeError extends Error {
    name = 'ChallengeError';
}
/** The sentence of whatever was thrown. */
function messageOf(thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
}
/** Whether this is an Atlas error of one of these kinds. */
function isAtlasError(error, ...kinds) {
    return error instanceof AtlasError && (kinds.length === 0 || kinds.includes(error.kind));
}


/***/ }),

/***/ 1893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LH: () => (/* binding */ troubleOf),
/* harmony export */   S4: () => (/* binding */ isLimit),
/* harmony export */   XJ: () => (/* binding */ TROUBLES),
/* harmony export */   jm: () => (/* binding */ troubleOfFault),
/* harmony export */   jy: () => (/* binding */ waitBeforeRetry)
/* harmony export */ });
/* harmony import */ var _wire_wire_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3112);

/**
 * What kept a try from succeeding, of the things that may pass: how often a call is tried at most, and what the log
 * says of a long wait. A host that is not there, or is not Atlas, is mostly a mistake, and said soon.
 */
const TROUBLES = {
    /** The request never left. */
    unreachable: { tries: 5, told: 'no complete answer came' },
    /** It left, and no whole answer came. */
    broken: { tries: 8, told: 'no complete answer came' },
    /** 500, 502, 503, 504. */
    serverFault: { tries: 8, told: 'the service does not serve this right now' },
    /** 429. */
    rateLimited: { tries: 20, told: 'the rate limit is reached' },
    /** 403 of the token endpoint. */
    tokenLimit: { tries: 20, told: 'as many tokens of this service account are alive as Atlas allows' },
    /** 405 with `WRITES_NOT_ALLOWED_DURING_APP_UPGRADES`. */
    upgrade: { tries: 20, told: 'Atlas is being upgraded and takes no changes' },
    /** What came is no answer of the service: a page of a proxy, a garbled challenge, JSON of another shape. */
    unintelligible: { tries: 5, told: "the answer was not the service's own" },
};
/** The trouble of a refusal; undefined when another try would not do better. */
function troubleOf({ status, errorCode, kind, isTokenLimit }) {
    if (errorCode === 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES')
        return 'upgrade';
    // Two secrets of one service account were asked for at once: https://www.mongodb.com/docs/atlas/api/service-accounts/
    if (errorCode === 'DATA_CONCURRENCY_ERROR')
        return 'serverFault';
    if (isTokenLimit)
        return 'tokenLimit';
    if (kind === 'rateLimited' || kind === 'unintelligible')
        return kind;
    return kind === 'unavailable' && [500, 502, 503, 504].includes(status) ? 'serverFault' : undefined;
}
/** The trouble of a request without a whole answer; undefined when another try would not do better. */
function troubleOfFault({ reason, sent, code }) {
    if (reason === 'unreachable' || reason === 'broken')
        return reason;
    if (reason === 'aborted')
        return sent ? 'broken' : 'unreachable';
    if (reason === 'notHttp')
        return 'unintelligible';
    // A proxy that refuses (4xx), or has a wrong certificate, will again; one that has no way (5xx) may have one soon.
    const isFinal = code.startsWith('status 4') || (0,_wire_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .isCertificateCode */ .TR)(code);
    return reason === 'proxy' && !isFinal ? 'unreachable' : undefined;
}
/** Whether it is a limit that many share, and whose end may be waited for beyond the deadline. */
function isLimit(trouble) {
    return trouble === 'rateLimited' || trouble === 'tokenLimit';
}
/**
 * Milliseconds to wait before the next try, or undefined when there should be none: too many tries, or the
 * wait would outlast the deadline, and then it is better to fail now than then. `retryAfter` is what the service asks
 * for, `random` at least 0 and below 1.
 */
function waitBeforeRetry(trouble, tries, retryAfter, deadline, random) {
    if (tries >= TROUBLES[trouble].tries)
        return undefined;
    const patience = isLimit(trouble) ? deadline.patience() : 0;
    const time = deadline.remaining() + patience;
    const wait = retryAfter === undefined
        ? backoff(trouble, tries, patience) * (1 - random / 2)
        : retryAfter + 250 + spread(retryAfter, patience, time) * random;
    return wait < time ? wait : undefined;
}
/**
 * Doubles with each try. For a limit it starts at ten seconds and stays at forty, as MongoDB advises without
 * `Retry-After` (https://www.mongodb.com/docs/atlas/api/api-rate-limit/). With patience it waits several times as
 * long, and so leaves what the limit allows to those who have none.
 */
function backoff(trouble, tries, patience) {
    const [usual, longest] = isLimit(trouble) ? [10_000, 40_000] : [400, 10_000];
    const [first, most] = patience > 0 ? [80_000, 120_000] : [usual, longest];
    return Math.min(first * 2 ** (tries - 1), most);
}
/**
 * Chosen by chance, because all who were told the same time would come back at the same moment. At most half of that
 * time more, or with patience as much again, as far as the deadline allows.
 */
function spread(retryAfter, patience, time) {
    const wanted = Math.max(250, patience > 0 ? retryAfter : retryAfter / 2);
    return Math.max(0, Math.min(wanted, (time - retryAfter - 250) / 2));
}


/***/ }),

/***/ 9030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VY: () => (/* binding */ secretsIn),
/* harmony export */   cT: () => (/* binding */ withoutSecrets),
/* harmony export */   gB: () => (/* binding */ isTooMuch),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/** Secrets of one answer that are masked. An honest answer holds one; many more are an attack on the log. */
const MOST_SECRETS = 20;
/** Values of an answer that are looked at; one that shows a secret for the only time has a few dozen. */
const MOST_VALUES = 10_000;
/** A private key, and a client secret. */
const SHAPES = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mdb_sa_sk_[\w-]{16,}/gi;
const NAMES = ['privateKey', 'access_token', 'secret'];
const NAMED = new RegExp(String.raw `"(?:${NAMES.join('|')})"\s*:\s*"((?:[^"\\]|\\.)*)`, 'g');
/**
 * Finds what must be masked in an answer, before anything else is done with it: in its raw text, also when the JSON is
 * broken, cut, or of an odd content type. A redacted value (`********-****-****-01bdd56c8977`) is no secret and is
 * never returned. `created` is for an answer that shows a secret for the only time: it is also read as a parser reads
 * it, and whatever has the shape of a secret is taken. Twenty at most, the outermost ones first.
 */
function secretsIn(text, created) {
    return allSecretsIn(text, created).slice(0, MOST_SECRETS);
}
/** A piece of an answer, as it was parsed, without any secret of that answer: it goes into errors. */
function withoutSecrets(piece, answer) {
    if (piece === '')
        return '';
    const secrets = allSecretsIn(answer, true);
    if (secrets.length > MOST_SECRETS)
        return '***';
    return secrets
        .flatMap((secret) => [secret, secret.toLowerCase()])
        .reduce((text, secret) => text.replaceAll(secret, '***'), piece)
        .replace(SHAPES, '***');
}
/** One more than `MOST_SECRETS` at most. */
function allSecretsIn(text, created) {
    const found = new Set();
    for (const value of candidatesIn(text, created)) {
        if (isSecret(value))
            found.add(value);
        if (found.size > MOST_SECRETS)
            break;
    }
    return [...found];
}
function* candidatesIn(text, created) {
    if (created)
        yield* parsedSecretsIn(text);
    for (const [, written = ''] of text.matchAll(NAMED)) {
        yield written;
        yield String(parseJson(`"${written}"`) ?? written);
    }
    if (created)
        for (const [shaped] of text.matchAll(SHAPES))
            yield shaped;
}
/** The secrets that a parser finds, the outermost first. */
function* parsedSecretsIn(json) {
    const queue = [['', parseJson(json)]];
    // The queue grows while it is gone through.
    for (const [name, value] of queue) {
        if (typeof value === 'string') {
            if (NAMES.includes(name))
                yield value;
            yield* value.match(SHAPES) ?? [];
        }
        else if (typeof value === 'object' && value !== null)
            queue.push(...Object.entries(value).slice(0, MOST_VALUES - queue.length));
    }
}
/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
function isSecret(value) {
    return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}
/** Braces, brackets and commas: a full page of keys has fewer. What a parser makes of each takes far more memory. */
const MOST_MARKS = 250_000;
/** Whether a parser would make more of this text than of any answer of Atlas or GitHub. */
function isTooMuch(text) {
    return text.split(/[{[,]/, MOST_MARKS).length === MOST_MARKS;
}
/** What a text of JSON says, or undefined where it is broken, or too much. */
function parseJson(text) {
    if (isTooMuch(text))
        return undefined;
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 6437:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dj: () => (/* binding */ readLongestSecret),
/* harmony export */   GM: () => (/* binding */ readAccount),
/* harmony export */   Li: () => (/* binding */ readKeyPage),
/* harmony export */   Qr: () => (/* binding */ readNewAccount),
/* harmony export */   Wh: () => (/* binding */ readProject),
/* harmony export */   XC: () => (/* binding */ isClientId),
/* harmony export */   YZ: () => (/* binding */ readKey),
/* harmony export */   bS: () => (/* binding */ readProjectId),
/* harmony export */   eQ: () => (/* binding */ isId),
/* harmony export */   fh: () => (/* binding */ readNewSecret),
/* harmony export */   hB: () => (/* binding */ readEntry),
/* harmony export */   iO: () => (/* binding */ readNewKey),
/* harmony export */   wW: () => (/* binding */ readCaller),
/* harmony export */   x8: () => (/* binding */ readResults),
/* harmony export */   zq: () => (/* binding */ readAddress)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5901);


/**
 * Reads the service's shapes out of parsed JSON. Each function returns undefined when the value is not what
 * the API documents: an id ends up in a path, a public key in an output, so nothing is taken on trust.
 */
/** Whether this is the id of a key, a project or an organisation. */
const isId = textLike(/^[0-9a-f]{24}$/);
/** Whether this is the client id of a service account. */
const isClientId = textLike(/^mdb_sa_id_[0-9a-fA-F]{24}$/);
const isRoleName = textLike(/^[A-Z][A-Z0-9_]{0,99}$/);
/** Letters, digits and hyphens today, and harmless wherever an output is pasted. */
const isPublicKey = textLike(/^[0-9A-Za-z_-]{1,128}$/);
const isPrivateKey = textLike(/^[0-9A-Za-z_-]{16,128}$/);
/** What a header and an output can carry. */
const isClientSecret = textLike(/^[A-Za-z0-9._~+/-]{16,512}$/);
/** A key, its private key reduced to the tail that stays in clear: `********-****-****-01bdd56c8977`. */
function readKey(value) {
    const { id, publicKey, desc, roles: all, privateKey } = fieldsOf(value);
    const roles = readEach(all, readRole);
    if (!isId(id) || !isPublicKey(publicKey) || typeof desc !== 'string' || roles === undefined)
        return undefined;
    const privateKeyTail = endOf(privateKey, /\*[*-]*([0-9A-Za-z]{1,12})$/) ?? '';
    return { id, publicKey, desc, roles, privateKeyTail };
}
/**
 * A key in the answer that made it, with its secret; undefined also when the secret is redacted, or stands once more in
 * a field that is printed.
 */
function readNewKey(value) {
    const key = readKey(value);
    const { privateKey } = fieldsOf(value);
    if (key === undefined || !isPrivateKey(privateKey) || JSON.stringify(key).includes(privateKey))
        return undefined;
    return { ...key, privateKey };
}
/** The organisation that a project belongs to. */
function readProject(value) {
    const { orgId } = fieldsOf(value);
    return isId(orgId) ? { orgId } : undefined;
}
/** The signed-in key of `GET /api/{surface}`; null for a service account, and where the surface tells none. */
function readCaller(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { apiKey } = value;
    if (apiKey === undefined || apiKey === null)
        return null;
    const roles = readEach(fieldsOf(apiKey).roles, readRole);
    return roles && { roles };
}
/** The address of `GET /api/private/ipinfo`. */
function readAddress(value) {
    const { currentIpv4Address: address } = fieldsOf(value);
    return typeof address === 'string' && (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(address) ? address : undefined;
}
/** One page of keys, and the service's estimate of how many there are in all. */
function readKeyPage(value) {
    const { results: listed, totalCount } = fieldsOf(value);
    // The API promises neither description nor roles, and somebody else's key without must not spoil the list.
    const results = readEach(listed, (key) => {
        const fields = fieldsOf(key);
        return readKey({ ...fields, desc: fields.desc ?? '', roles: fields.roles ?? [] });
    });
    return results && { results, totalCount: typeof totalCount === 'number' ? totalCount : 0 };
}
function readRole(value) {
    const { roleName, groupId = null, orgId = null } = fieldsOf(value);
    if (!isRoleName(roleName))
        return undefined;
    if ((groupId !== null && !isId(groupId)) || (orgId !== null && !isId(orgId)))
        return undefined;
    return { roleName, ...(groupId !== null && { groupId }), ...(orgId !== null && { orgId }) };
}
/** A service account. */
function readAccount(value) {
    const { clientId, name = '', description = '', roles = [], secrets = [] } = fieldsOf(value);
    if (!isClientId(clientId) || typeof name !== 'string' || typeof description !== 'string')
        return undefined;
    const roleNames = readEach(roles, (role) => (isRoleName(role) ? role : undefined));
    const known = readEach(secrets, readSecret);
    return roleNames && known && { clientId, name, description, roles: roleNames, secrets: known };
}
/** A service account in the answer that made it, with its secret. */
function readNewAccount(value) {
    const account = readAccount(value);
    const { secrets } = fieldsOf(value);
    const secret = Array.isArray(secrets) ? readNewSecret(secrets[0]) : undefined;
    return account && secret && { ...account, secret };
}
/** A secret of a service account in the answer that made it. */
function readNewSecret(value) {
    const known = readSecret(value);
    const { secret } = fieldsOf(value);
    return known && isClientSecret(secret) ? { ...known, secret } : undefined;
}
/** An entry of a service account's access list. */
function readEntry(value) {
    const { ipAddress, cidrBlock, createdAt, lastUsedAt } = fieldsOf(value);
    const usedAt = Math.max(readTime(createdAt) ?? 0, readTime(lastUsedAt) ?? 0);
    if (typeof ipAddress === 'string')
        return { ipAddress, usedAt };
    return typeof cidrBlock === 'string' ? { cidrBlock, usedAt } : undefined;
}
/** The id of a project among those that an account is in. */
function readProjectId(value) {
    const { groupId, id } = fieldsOf(value);
    return [groupId, id].find(isId);
}
/** The hours that a secret may live at most, of the organisation's settings; infinite where there is no limit. */
function readLongestSecret(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { maxServiceAccountSecretValidityInHours: hours } = value;
    return typeof hours === 'number' && hours > 0 ? hours : Number.POSITIVE_INFINITY;
}
function readSecret(value) {
    const { id, createdAt: made, expiresAt: end, maskedSecretValue } = fieldsOf(value);
    const [createdAt, expiresAt] = [readTime(made), readTime(end)];
    if (!isId(id) || createdAt === undefined || expiresAt === undefined)
        return undefined;
    const tail = endOf(maskedSecretValue, /\.\.\.([\w-]{4,})$/);
    return { id, createdAt, expiresAt, ...(tail !== undefined && { tail }) };
}
function readTime(value) {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
}
/** Each of the `results` of a list. */
function readResults(read) {
    return (value) => readEach(fieldsOf(value).results, read);
}
/** Each of a list, or undefined when it is none, or one of them is not read. */
function readEach(value, read) {
    if (!Array.isArray(value))
        return undefined;
    const items = value.map(read).filter((item) => item !== undefined);
    return items.length === value.length ? items : undefined;
}
/** What stands in clear at the end of a redacted secret. */
function endOf(redacted, form) {
    return typeof redacted === 'string' ? form.exec(redacted)?.[1] : undefined;
}
function textLike(form) {
    return (value) => typeof value === 'string' && form.test(value);
}
/** The fields of a JSON object; none for anything else. */
function fieldsOf(value) {
    return (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value : {};
}


/***/ }),

/***/ 4018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   db: () => (/* binding */ startDeadline),
/* harmony export */   jc: () => (/* binding */ followServiceClock),
/* harmony export */   m6: () => (/* binding */ parseHttpDate)
/* harmony export */ });
/** Time and chance, which are passed in, so that tests own them. */
/**
 * Starts a deadline of this many milliseconds. `cancelled` ends it early, when the run is cancelled. `patience` is
 * what waiting for a rate limit may take beyond it. Its timer does not keep the process alive.
 */
function startDeadline(milliseconds, clock, cancelled, patience = 0) {
    let end = clock.now() + milliseconds;
    let left = patience;
    const over = new AbortController();
    const watch = () => {
        const wait = Math.ceil(end - clock.now());
        if (wait > 0)
            setTimeout(watch, wait).unref();
        else
            over.abort(new DOMException('Timed out', 'TimeoutError'));
    };
    setTimeout(watch, Math.max(0, milliseconds)).unref();
    return {
        signal: cancelled === undefined ? over.signal : AbortSignal.any([over.signal, cancelled]),
        remaining: () => Math.max(0, end - clock.now()),
        patience: () => left,
        postpone(wait) {
            const more = Math.min(wait, left);
            left -= more;
            end += more;
        },
    };
}
/** A clock that follows the service's: the last `Date` header plus the time since; before it, this machine's time. */
function followServiceClock(clock) {
    let told;
    return {
        /** Takes note of an answer's `Date` header; anything that is no date is left aside. */
        note(date) {
            const service = parseHttpDate(date);
            if (service !== undefined)
                told = { service, here: clock.now() };
        },
        /** Milliseconds since 1970. */
        now: () => (told === undefined ? clock.wall() : told.service + (clock.now() - told.here)),
    };
}
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** Milliseconds since 1970 of a date as senders must write it: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
function parseHttpDate(text) {
    if (text === undefined || !HTTP_DATE.test(text))
        return undefined;
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? undefined : milliseconds;
}


/***/ }),

/***/ 4074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ SURFACES)
/* harmony export */ });
/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */
/** The path after `/api/`. */
const SURFACES = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'];


/***/ }),

/***/ 3661:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LH: () => (/* binding */ troubleOf),
/* harmony export */   PQ: () => (/* binding */ waitAskedFor),
/* harmony export */   Pm: () => (/* binding */ delayBeforeRetry),
/* harmony export */   Qm: () => (/* binding */ TRIES),
/* harmony export */   a: () => (/* binding */ startPace),
/* harmony export */   dM: () => (/* binding */ timeOfWrites)
/* harmony export */ });
/* harmony import */ var _atlas_answer_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5901);
/* harmony import */ var _atlas_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1893);
/* harmony import */ var _atlas_time_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4018);
/* harmony import */ var _wire_wire_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3112);




/** How often one call is tried. */
const TRIES = 5;
/**
 * In milliseconds. A longer wait is not worth a job's minutes: it is told instead. So long is also what GitHub's
 * documentation asks for where GitHub says "too many" and not for how long.
 */
const LONGEST_WAIT = 60_000;
const FIRST_BACKOFF = 500;
/**
 * Milliseconds to wait before the next try, or undefined where another try cannot help.
 * Both calls that we make may be repeated: one reads, the other puts.
 */
function delayBeforeRetry(outcome, tried, random) {
    const trouble = troubleOf(outcome);
    if (tried >= TRIES || trouble === undefined)
        return undefined;
    const backoff = FIRST_BACKOFF * 2 ** (tried - 1) * (0.5 + random() / 2);
    if (outcome instanceof _wire_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .WireFault */ .ML)
        return backoff;
    const asked = waitAskedFor(outcome);
    // Jitter on top: everybody who was sent away was told the same number.
    const delay = trouble === 'rateLimit' ? (asked ?? LONGEST_WAIT) : (asked ?? 0) + backoff;
    return delay <= LONGEST_WAIT ? delay : undefined;
}
/** What may pass: a limit, a fault, or two writes of one secret at once (409), of which this one did nothing. */
function troubleOf(outcome) {
    if (outcome instanceof _wire_wire_js__WEBPACK_IMPORTED_MODULE_0__/* .WireFault */ .ML)
        return (0,_atlas_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .troubleOfFault */ .jm)(outcome) && 'passing';
    const { status, headers, message } = outcome;
    if (status >= 500 || status === 408 || status === 409)
        return 'passing';
    // A 403 may as well be a missing permission, which no waiting cures.
    // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
    const isForSpeed = 'retry-after' in headers ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit|abuse detection/i.test(message);
    return status === 429 || (status === 403 && isForSpeed) ? 'rateLimit' : undefined;
}
/**
 * The wait that an answer asks for, in milliseconds. A moment is compared with the answer's own `Date`, so that a wrong
 * clock on this machine does not matter.
 */
function waitAskedFor({ headers }) {
    const asked = (0,_atlas_answer_js__WEBPACK_IMPORTED_MODULE_2__/* .retryAfter */ .P9)(headers);
    if (asked !== undefined || headers['x-ratelimit-remaining'] !== '0')
        return asked;
    const wait = Number(headers['x-ratelimit-reset']) * 1000 - ((0,_atlas_time_js__WEBPACK_IMPORTED_MODULE_3__/* .parseHttpDate */ .m6)(headers.date) ?? Number.NaN);
    return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
/** So many writes follow each other as fast as they can. */
const FEW = 20;
/**
 * Milliseconds between the others.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const BETWEEN_WRITES = 1000;
/**
 * When the calls that share one token may be sent.
 * @param writes how many are to come
 */
function startPace(writes, pause) {
    let last = Promise.resolve();
    let held = Promise.resolve();
    let written = 0;
    return {
        /** Why no call may be sent any more: it would be refused, and GitHub bans those who go on. */
        exhausted: undefined,
        /** Resolves when this call may be sent. */
        turn(method) {
            if (method === 'PUT' && writes > FEW && written++ > 0) {
                last = last.then(() => pause(BETWEEN_WRITES)).then(() => held);
            }
            // Whether calls are held back is known only when the turn has come.
            return last.then(() => held);
        },
        /** No call may be sent for so many milliseconds: that is how GitHub answers one that came too fast. */
        hold(milliseconds) {
            const over = pause(milliseconds);
            held = held.then(() => over);
        },
    };
}
/** How long so many writes take at the least, in milliseconds. */
function timeOfWrites(writes) {
    return writes > FEW ? (writes - 1) * BETWEEN_WRITES : 0;
}


/***/ }),

/***/ 96:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ readRequest)
});

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: ./node_modules/ipaddr.js/lib/ipaddr.js
var ipaddr = __nccwpck_require__(8280);
// EXTERNAL MODULE: ./lib/inputs/readers.js
var readers = __nccwpck_require__(625);
;// CONCATENATED MODULE: ./lib/inputs/access-list.js



const readWishes = (0,readers/* listOf */.c3)((text, context) => text === 'current' ? text : readAddress(text, context));
/** The wishes for a new key's own access list; two spellings of one address are the same entry. */
const accessList = (text, context) => {
    const wishes = readWishes(text, context);
    return wishes && [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
};
/** An IPv4 or IPv6 address, or a block of them, read strictly and written in canonical form (RFC 5952). */
const readAddress = (text, { quote, fault }) => {
    const subject = `names ${quote(text)},`;
    const [address = '', prefix, ...rest] = text.split('/');
    const version = (0,external_node_net_.isIP)(address);
    // A zone (fe80::1%eth0) means something on one machine only.
    if (version === 0 || address.includes('%') || rest.length > 0) {
        return fault(`${subject} which is neither \`current\` nor an address (203.0.113.7) nor a block (203.0.113.0/24).`);
    }
    // The URL parser writes RFC 5952; ipaddr.js takes `::203.0.113.7` for `::ffff:203.0.113.7`, so it never sees that form.
    const written = version === 4 ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
    const [width, family] = version === 4 ? [32, ipaddr.IPv4] : [128, ipaddr.IPv6];
    if (prefix !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > width)) {
        return fault(`${subject} whose part after the slash must be a number from 1 to ${width}.`);
    }
    if (prefix === '0' || (prefix === undefined && ['0.0.0.0', '::'].includes(written))) {
        return fault(`${subject} which means every address, and Atlas refuses it: name the addresses that will call, or \`current\`; a key for everywhere takes \`0.0.0.0/1\` and \`128.0.0.0/1\`.`);
    }
    // Atlas takes a block of one address for that address, too.
    if (prefix === undefined || Number(prefix) === width)
        return { ipAddress: written };
    const network = `${family.networkAddressFromCIDR(`${written}/${prefix}`)}`;
    return network === written
        ? { cidrBlock: `${network}/${prefix}` }
        : fault(`${subject} an address inside a block: write \`${network}/${prefix}\` for the block, or \`${written}\` for the address alone.`);
};
const UNROUTABLE = ['private', 'carrierGradeNat', 'loopback', 'linkLocal', 'uniqueLocal'];
/** Warns of addresses that Atlas in the cloud never sees; a server of one's own, or on this machine (`http`), may. */
function warnOfUnroutable(wishes, service, findings) {
    if (service.surface === 'public/v1.0' || service.baseUrl.startsWith('http:'))
        return;
    for (const text of wishes.flatMap((wish) => (wish === 'current' ? [] : Object.values(wish)))) {
        const [address = ''] = text.split('/');
        if (!UNROUTABLE.includes(ipaddr.process(address).range()))
            continue;
        findings.warnings.push(`\`accessList\` names "${text}", a private address: Atlas sees the public one that calls arrive from; give that, or \`current\`.`);
    }
}

// EXTERNAL MODULE: ./lib/inputs/credentials.js
var inputs_credentials = __nccwpck_require__(8863);
// EXTERNAL MODULE: ./lib/inputs/findings.js
var inputs_findings = __nccwpck_require__(3867);
// EXTERNAL MODULE: ./lib/request.js
var request = __nccwpck_require__(5834);
// EXTERNAL MODULE: ./lib/atlas/types.js
var types = __nccwpck_require__(4074);
// EXTERNAL MODULE: ./lib/inputs/identifiers.js
var identifiers = __nccwpck_require__(8213);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __nccwpck_require__(3043);
;// CONCATENATED MODULE: ./lib/inputs/names.js
/** What the user calls things: keys and service accounts in Atlas, and on GitHub secrets and where they are kept. */



// Control characters, line and paragraph separators, halves of surrogate pairs, and the marks that turn the
// direction of text: none survives the way through Atlas, a log and a table unharmed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
/** The key's description; empty when none is given and the mode can do without. */
const description = (text, context) => {
    const { quote, mode, fault } = context;
    if (text === '' && (mode === 'ephemeral' || mode === 'rotate')) {
        fault(`is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`);
    }
    checkShown(text, mark/* DESC_LIMIT */.qw, context);
    if (UNPRINTABLE.test(text)) {
        fault(`is ${quote(text)} and holds a line break or another control character: write it as one line of plain text.`);
    }
    if ((0,mark/* looksLikeMark */.B2)(text)) {
        fault(`is ${quote(text)} and holds \`[atlas-key/\`, which this action writes behind the descriptions of keys it has not finished with: choose another text.`);
    }
    return text;
};
/** The name of the service account, of 1 to 64 characters; every mode finds it by that. */
const accountName = (text, context) => {
    const { quote, fault } = context;
    if (text === '') {
        fault('is missing: it is the name of the service account; give 1 to 64 characters.');
    }
    checkShown(text, 64, context);
    if (!/^[\p{L}\p{N}\-_.,' ]*$/u.test(text)) {
        fault(`is ${quote(text)}, but the name of a service account holds letters, digits, blanks and \`-_.,'\` alone: write it with these.`);
    }
    return text;
};
function checkShown(text, limit, { holdsSecret, fault }) {
    if (holdsSecret(text)) {
        fault('holds one of the secrets given to this step, and Atlas shows it to everybody in the organisation: choose another text.');
    }
    // Atlas counts characters; the limit is kept in UTF-16 units too, so that no way of counting exceeds it.
    if (text.length > limit) {
        fault(`has ${text.length} characters (an emoji counts as two), but Atlas takes at most ${limit} here: shorten it.`);
    }
}
const githubToken = (0,readers/* textLike */.r1)(/^[\x21-\x7e]*$/, () => 'holds a blank, a line break or another character that cannot be part of it: store it again.');
/** The name of a secret. The text is never repeated: with `${{ secrets.NAME }}` people give the secret itself. */
const secretName = (0,readers/* textLike */.r1)(/^(?!GITHUB_)([A-Z_][A-Z0-9_]*)?$/i, () => `is not the name of a secret: give the bare name (letters, digits and \`_\`; no digit and no \`GITHUB_\` first), not \`\${{ secrets.… }}\`.`);
/** The name of a deployment environment. */
const environmentName = (0,readers/* textLike */.r1)(/^\P{C}{0,255}$/u, () => 'is not the name of an environment: it has at most 255 characters in one line.');
/** The name of an organisation; empty when none is given. */
const organizationName = (0,readers/* textLike */.r1)(/^([A-Za-z0-9][A-Za-z0-9-]{0,38})?$/, (quoted) => `is ${quoted}, which is not the name of an organisation: write it as its address on GitHub has it.`);
const readRepositories = (0,readers/* listOf */.c3)((0,readers/* textLike */.r1)(
// `..` would lead to another address.
/^[A-Za-z0-9_-]{1,39}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/, (quoted) => `is ${quoted}, which is no repository: write its owner and its name, \`owner/name\`.`));
/** Repositories, each once; a step writes to a hundred at the most. */
const secretRepositories = (text, context) => {
    const read = readRepositories(text, context);
    // GitHub's names compare without case.
    const repositories = read && [...new Map(read.map((name) => [name.toLowerCase(), name])).values()];
    if (repositories === undefined || repositories.length <= 100)
        return repositories;
    return context.fault(`names ${repositories.length} repositories, and 100 are the most: for more, store an organisation's secret, and choose on GitHub who else sees it.`);
};
/** Whose secrets are written, each kind once. */
const secretKinds = (text, context) => {
    const kinds = (0,readers/* listOf */.c3)((0,readers/* choice */.Yq)(request/* SECRET_KINDS */.d2))(text, context);
    // The text holds nothing but commas.
    return kinds?.length === 0 ? context.fault('is empty: write `actions`.') : kinds;
};

;// CONCATENATED MODULE: ./lib/inputs/roles.js


// What Atlas, Cloud Manager and Ops Manager know today. The list moves, so a role beyond it only warns.
const KNOWN_ROLES = [
    ...['OWNER', 'READ_ONLY', 'ACCESS_MANAGER', 'CLUSTER_MANAGER', 'CLUSTER_CREATOR', 'CLUSTER_LOG_VIEWER'],
    ...['CLUSTER_RESILIENCE_TESTER', 'REPLICA_SET_MANAGER', 'STREAM_PROCESSING_OWNER', 'DATA_ACCESS_ADMIN'],
    ...['DATA_ACCESS_READ_WRITE', 'DATA_ACCESS_READ_ONLY', 'DATABASE_ACCESS_ADMIN', 'BACKUP_MANAGER'],
    ...['BACKUP_CREATOR', 'BACKUP_RECOVERY_OPERATOR', 'BACKUP_EXPORT_OPERATOR', 'NETWORK_ACCESS_MANAGER'],
    ...['OBSERVABILITY_VIEWER', 'TRIGGER_MANAGER', 'INDEX_MANAGER', 'SEARCH_INDEX_EDITOR'],
    ...['REAL_TIME_PERFORMANCE_OPERATOR', 'SUPPORT_ACCESS_MANAGER', 'ALERTS_MANAGER', 'MODEL_OWNER'],
    ...['AUTOMATION_ADMIN', 'BACKUP_ADMIN', 'MONITORING_ADMIN', 'USER_ADMIN'],
].map((name) => `GROUP_${name}`);
const readRoles = (0,readers/* listOf */.c3)((role, { quote, fault, warning }) => {
    if (KNOWN_ROLES.includes(role))
        return role;
    if (/^ORG_/i.test(role)) {
        return fault(`names ${quote(role)}, an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (\`GROUP_…\`) only.`);
    }
    const suggestion = suggestRole(role);
    if (!/^GROUP_[A-Z0-9_]+$/.test(role)) {
        return fault(`names ${quote(role)}, which is not a project role: each begins with \`GROUP_\` and stands on a line of its own or between commas${suggestion}`);
    }
    warning(`names ${quote(role)}, which is not a role known here: Atlas decides${suggestion}`);
    return role;
});
/** The project roles; empty when none is given and the mode makes no key. */
const projectRoles = (text, context) => {
    const roles = readRoles(text, context);
    const { mode, fault } = context;
    if (roles?.length !== 0 || mode === undefined || !request/* MAKING_MODES */.XS.includes(mode))
        return roles;
    return fault(`is missing: mode \`${mode}\` needs the project roles to give, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`);
};
/** The question after the role that differs in case, separators or prefix only, as in "Project Read Only" or `- group_owner`. */
function suggestRole(role) {
    const wanted = squash(role).replace(/^(GROUP|PROJECT)/, '');
    const meant = KNOWN_ROLES.find((known) => squash(known) === `GROUP${wanted}`);
    return meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
}
function squash(text) {
    return text.toUpperCase().replace(/[^A-Z]/g, '');
}

;// CONCATENATED MODULE: ./lib/inputs/table.js
/**
 * Every input of action.yml, in its order: its default, the modes that read it, how its text becomes a value, and why a
 * mode refuses it. What only several inputs together tell is in modes.ts, credentials.ts and secret-store.ts.
 */







const STORED = {
    modes: ['ensure', 'rotate'],
    refused: {
        ephemeral: 'what it makes dies with the job, and the stored secret would be dead; leave that out, or use mode `rotate`.',
    },
};
const STORED_KEY = {
    ...STORED,
    refused: {
        ...STORED.refused,
        serviceAccount: 'the client id stays the same; give `secretName` for the client secret alone, or `combinedSecret` for both.',
    },
};
/** The inputs that ask for a new credential to be stored. */
const STORING = {
    githubToken: { ...STORED, read: githubToken },
    combinedSecret: { ...STORED, read: secretName },
    secretName: {
        ...STORED,
        read: secretName,
        refused: {
            ...STORED.refused,
            apiKey: 'a new key has a new public key, too; give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.',
        },
    },
    publicKeySecret: { ...STORED_KEY, read: secretName },
    privateKeySecret: { ...STORED_KEY, read: secretName },
    secretEnvironment: { ...STORED, read: environmentName },
    secretRepositories: { ...STORED, read: secretRepositories },
    secretOrganization: { ...STORED, read: organizationName },
    secretKinds: { ...STORED, default: 'actions', read: secretKinds },
};
const INPUTS = {
    // These two come first, because all other readers are told their values.
    mode: { default: 'ensure', read: (0,readers/* choice */.Yq)(request/* MODES */.FN) },
    credential: {
        default: 'apiKey',
        read: (0,readers/* choice */.Yq)(request/* CREDENTIALS */.tG),
        refused: {
            sweep: 'Atlas ends the secrets of service accounts by itself, so nothing is left over; use mode `revoke` to end them at once.',
        },
    },
    groupId: { variable: 'MONGODB_ATLAS_PROJECT_ID', read: identifiers/* groupIds */.kS },
    desc: { read: (0,readers/* byCredential */.pW)(description, accountName) },
    roles: { modes: request/* MAKING_MODES */.XS, read: projectRoles },
    accessList: { modes: request/* MAKING_MODES */.XS, read: accessList },
    exportEnv: { default: 'false', modes: request/* MAKING_MODES */.XS, read: readers/* boolean */.zM },
    dryRun: { default: 'false', read: readers/* boolean */.zM },
    atlasPublicKey: { read: readers/* anyText */.Ae },
    atlasPrivateKey: { read: readers/* anyText */.Ae },
    atlasClientId: { read: readers/* anyText */.Ae },
    atlasClientSecret: { read: readers/* anyText */.Ae },
    apiUserId: {
        modes: ['ensure', 'revoke'],
        read: identifiers/* apiUserId */.By,
        refused: {
            serviceAccount: 'it is the id of an API key; name the service account by `desc`.',
            ephemeral: 'it makes a new key in every run; use mode `ensure` or `revoke` for a certain one.',
            rotate: 'it finds its keys by `desc`, since their ids change; leave `apiUserId` out.',
            sweep: 'it deletes what is left over; use mode `revoke` for a certain key.',
        },
    },
    knownPrivateKey: {
        modes: ['ensure', 'rotate'],
        read: identifiers/* knownSecret */.ol,
        refused: { ephemeral: 'it makes a new secret in every run; leave that out, or use mode `ensure`.' },
    },
    ttl: {
        default: '24h',
        modes: ['ephemeral', 'sweep'],
        read: (0,readers/* duration */.p0)('1s', '365d', 'a key that is older counts as left over, so choose more than your longest job takes, and no more than a year'),
        refused: {
            serviceAccount: 'Atlas ends the secret of a service account by itself; say when with `secretExpiresAfter`.',
        },
    },
    onRevokeFailure: { default: 'warn', modes: ['ephemeral'], read: (0,readers/* choice */.Yq)(['warn', 'fail']) },
    rotateAfter: {
        default: '0',
        modes: ['rotate'],
        read: (0,readers/* duration */.p0)('0', '3650d', 'beyond ten years no key would ever be rotated'),
    },
    keepPrevious: {
        default: '1',
        modes: ['rotate'],
        read: (0,readers/* byCredential */.pW)((0,readers/* wholeNumber */.rD)(10), (0,readers/* wholeNumber */.rD)(1, ', since a service account has two secrets at most')),
    },
    commit: { default: 'job', modes: ['rotate'], read: (0,readers/* choice */.Yq)(['job', 'step']) },
    secretExpiresAfter: {
        modes: request/* MAKING_MODES */.XS,
        read: readers/* secretLifetime */.yX,
        refused: {
            apiKey: 'Atlas never ends an API key by itself; leave that out, or use `credential: serviceAccount`.',
        },
    },
    ...STORING,
    verify: { default: 'true', modes: request/* MAKING_MODES */.XS, read: readers/* boolean */.zM },
    baseUrl: { default: 'https://cloud.mongodb.com', read: readers/* serviceOrigin */.I0 },
    api: {
        default: 'atlas/v2',
        read: (0,readers/* choice */.Yq)(types/* SURFACES */.n),
        refused: {
            serviceAccount: 'only `atlas/v2` has service accounts; leave that out, or use `credential: apiKey`.',
        },
    },
    timeout: {
        default: '120s',
        // The mark of a pending key ends a minute after this time, and a mark that claims more than eleven is not believed.
        read: (0,readers/* duration */.p0)('5s', '10m', 'Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over'),
    },
    // action.yml has `${{ job.status }}`, which only the runner can fill in.
    jobStatus: { read: readers/* anyText */.Ae },
};
const INPUT_NAMES = Object.keys(INPUTS);
/** The same table, with one type for all rows. */
const ROWS = INPUTS;

;// CONCATENATED MODULE: ./lib/inputs/modes.js
/** What mode and credential make of the inputs: which fit, what only several of them tell, and the request. */



/** Refuses the inputs that do not fit the credential or mislead in this mode, and warns of those without effect. */
function checkFit(draft, given, findings) {
    const { mode, credential } = draft;
    const { problems, warnings } = findings;
    if (mode === undefined || credential === undefined)
        return;
    for (const name of given) {
        const { modes = request/* MODES */.FN, refused = {} } = ROWS[name];
        if (refused[credential] !== undefined) {
            problems.push(`\`credential: ${credential}\` does not take \`${name}\`: ${refused[credential]}`);
        }
        else if (refused[mode] !== undefined) {
            problems.push(`Mode \`${mode}\` does not take \`${name}\`: ${refused[mode]}`);
        }
        else if (!modes.includes(mode)) {
            warnings.push(`\`${name}\` is ignored in mode \`${mode}\`: only ${(0,inputs_findings/* nameAll */.B_)(modes, 'and')} ${modes.length === 1 ? 'reads' : 'read'} it, so leave it out.`);
        }
    }
}
/** Says what is missing, contradictory or without effect among the inputs that name a key. */
function checkSelection(draft, given, findings) {
    const { mode, credential, desc, apiUserId } = draft;
    const { problems, warnings, notices } = findings;
    if (credential === 'serviceAccount')
        return;
    const [byDesc, byId] = [desc !== '', apiUserId !== ''];
    if (mode === 'revoke' && byDesc === byId) {
        problems.push('Mode `revoke` needs one of `desc` and `apiUserId`, and only one, since they may mean different keys: give `apiUserId` to delete that key, or `desc` to delete all keys of that text.');
    }
    if (mode !== 'ensure')
        return;
    if (!byDesc && !byId) {
        problems.push('`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.');
    }
    if (!byId)
        return;
    if (byDesc) {
        notices.push('`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.');
    }
    const forNewKeys = given.filter((name) => name === 'accessList' || name in STORING);
    if (forNewKeys.length > 0) {
        warnings.push(`With \`apiUserId\` no key is made, and only a newly made one gets an access list and is stored: leave out ${(0,inputs_findings/* nameAll */.B_)(forNewKeys, 'and')}.`);
    }
}
/** Joins the values to the request of their mode. */
function buildRequest(values, store) {
    const { mode, groupId: groupIds, dryRun, desc, roles, apiUserId, ttl, onRevokeFailure } = values;
    const { verify, accessList, exportEnv, knownPrivateKey: known, rotateAfter, keepPrevious, commit } = values;
    const handover = { verify, accessList, exportEnv, ...(store !== undefined && { store }) };
    const made = { roles, handover };
    // `checkFit` has refused a sweep of service accounts.
    if (values.credential === 'serviceAccount' && mode !== 'sweep') {
        const account = { credential: values.credential, groupIds: [groupIds[0]], desc, dryRun };
        const kept = keepPrevious === 0 ? 0 : 1;
        const making = { ...account, ...made, hours: values.secretExpiresAfter };
        switch (mode) {
            case 'ensure':
                return { mode, ...making, ...known };
            case 'ephemeral':
                return { mode, ...making, onRevokeFailure };
            case 'rotate':
                return { mode, ...making, ...known, rotateAfter, keepPrevious: kept, commit };
            case 'revoke':
                return { mode, ...account };
        }
    }
    const common = { groupIds, dryRun };
    const key = apiUserId === '' ? { by: 'desc', desc } : { by: 'apiUserId', apiUserId };
    switch (mode) {
        case 'ensure':
            return { mode, ...common, ...made, ...known, key };
        case 'ephemeral':
            return { mode, ...common, ...made, desc, ttl, onRevokeFailure };
        case 'rotate':
            return { mode, ...common, ...made, ...known, desc, rotateAfter, keepPrevious, commit };
        case 'revoke':
            return { mode, ...common, key };
        case 'sweep':
            return { mode, ...common, ...(desc !== '' && { desc }), ttl };
    }
}

// EXTERNAL MODULE: ./lib/inputs/run.js
var inputs_run = __nccwpck_require__(9772);
// EXTERNAL MODULE: ./lib/github/retry.js
var retry = __nccwpck_require__(3661);
;// CONCATENATED MODULE: ./lib/inputs/secret-store.js





const STORING_NAMES = Object.keys(STORING);
/** Where a new credential is stored; `undefined` when nobody asks for it, or after a problem. */
function readSecretStore(draft, given, environment, findings) {
    const asking = STORING_NAMES.filter((name) => given.includes(name));
    if (asking.length === 0)
        return undefined;
    checkNames(draft, asking, findings);
    if (!asking.includes('githubToken')) {
        findings.problems.push(`\`githubToken\` is empty, and secrets are to be stored (${(0,inputs_findings/* nameAll */.B_)(asking, 'and')}): give a token that may write secrets (\`GITHUB_TOKEN\` may not).${(0,inputs_run/* explainMissingSecrets */.dS)(environment)}`);
    }
    const address = (0,inputs_findings/* readVariable */.nt)(environment, 'GITHUB_API_URL') || 'https://api.github.com';
    const apiUrl = (0,readers/* serviceUrl */.Rs)(address, findings.contextOf('GITHUB_API_URL', draft));
    const needed = [...STORING_NAMES, 'timeout'];
    if (apiUrl === undefined || needed.some((name) => draft[name] === undefined))
        return undefined;
    const values = draft;
    const places = placesOf(values, (0,inputs_findings/* readVariable */.nt)(environment, 'GITHUB_REPOSITORY'));
    const store = { githubToken: values.githubToken, apiUrl, places, names: namesOf(values) };
    checkStore(store, values, findings);
    return store;
}
function namesOf({ combinedSecret, secretName, ...values }) {
    if (combinedSecret !== '')
        return { form: 'combined', secret: combinedSecret };
    if (secretName !== '')
        return { form: 'secret', secret: secretName };
    const { publicKeySecret, privateKeySecret } = values;
    return { form: 'pair', publicKeySecret, privateKeySecret };
}
/** Says whether the names for the secrets are those of one way to store it. */
function checkNames(draft, asking, { problems }) {
    const { credential, publicKeySecret, privateKeySecret } = draft;
    const pair = ['publicKeySecret', 'privateKeySecret'];
    const [what, names] = credential === 'serviceAccount' ? ['client secret', ['secretName']] : ['key', pair];
    const given = asking.filter((name) => ['combinedSecret', 'secretName', ...pair].includes(name));
    const fitting = given.filter((name) => name === 'combinedSecret' || names.includes(name));
    // Names that belong to the other credential are refused by themselves.
    if (given.length === fitting.length && !['combinedSecret', `${names}`].includes(`${fitting}`)) {
        problems.push(`A ${what} is stored either as \`combinedSecret\` or as ${(0,inputs_findings/* nameAll */.B_)(names, 'and')}, but this step gives ${(0,inputs_findings/* nameAll */.B_)(asking, 'and')}: choose one of the two, and give all that it takes.`);
    }
    else if (publicKeySecret && publicKeySecret.toUpperCase() === privateKeySecret?.toUpperCase()) {
        problems.push('`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.');
    }
}
/** The places that are written to; each is a repository, an environment or an organisation, of one kind. */
function placesOf(values, thisRepository) {
    const { secretEnvironment: environment, secretOrganization: organization, secretRepositories } = values;
    const repositories = secretRepositories.length === 0 ? [thisRepository] : secretRepositories;
    if (environment !== '') {
        return repositories.map((repository) => ({ in: 'environment', repository, environment }));
    }
    return values.secretKinds.flatMap((kind) => organization === ''
        ? repositories.map((repository) => ({ in: 'repository', kind, repository }))
        : [{ in: 'organization', kind, organization, visibleTo: repositories, added: secretRepositories }]);
}
/** Kept of the timeout for all but the writes, in milliseconds: a key is made before them, or undone after them. */
const BESIDE_WRITES = 20_000;
/** Says what does not fit: the places to each other, the repositories to the organisation, the writes into the time. */
function checkStore({ places, names }, values, { problems, quote }) {
    const { secretEnvironment, secretOrganization, secretRepositories, secretKinds } = values;
    const misfits = [
        ...(secretRepositories.length > 1 ? ['secretRepositories'] : []),
        ...(secretOrganization === '' ? [] : ['secretOrganization']),
        ...(secretKinds.includes('dependabot') ? ['secretKinds'] : []),
    ];
    if (secretEnvironment !== '' && misfits.length > 0) {
        problems.push(`\`secretEnvironment\` does not fit ${(0,inputs_findings/* nameAll */.B_)(misfits, 'and')}: an environment belongs to one repository, and its secrets are those of Actions alone; leave one side out.`);
    }
    const [place] = places;
    const owner = `${secretOrganization.toLowerCase()}/`;
    const visibleTo = place?.in === 'organization' ? place.visibleTo : [];
    const foreign = visibleTo.filter((repository) => !repository.toLowerCase().startsWith(owner));
    if (foreign.length > 0) {
        problems.push(`\`secretOrganization\` is ${quote(secretOrganization)}, which does not own ${foreign.map(quote).join(', ')}: name in \`secretRepositories\` repositories of its own, for no other can see its secrets.`);
    }
    const writes = places.length * (names.form === 'pair' ? 2 : 1);
    const writing = (0,retry/* timeOfWrites */.dM)(writes);
    if (writing > 0 && writing + BESIDE_WRITES > values.timeout) {
        problems.push(`\`timeout\` is too short for ${writes} secrets, which are written a second apart, as GitHub asks for: give at least \`${(writing + BESIDE_WRITES) / 1000}s\`.`);
    }
}

// EXTERNAL MODULE: ./lib/inputs/secrets.js
var secrets = __nccwpck_require__(9516);
// EXTERNAL MODULE: ./lib/wire/proxy.js
var proxy = __nccwpck_require__(9381);
;// CONCATENATED MODULE: ./lib/inputs.js
/**
 * The sole reader of inputs and environment. Pure: it sees only the environment it is handed. The entry points mask
 * `readSecrets` first, then read.
 */









/**
 * Reads and checks everything the main step is told.
 * @throws {InputError} with all problems at once
 */
function readRequest(environment) {
    const findings = new inputs_findings/* Findings */.Fv((0,secrets/* readSecrets */.q)(environment));
    // The runner passes defaults as well, so a value that is the default need not be the user's.
    const given = INPUT_NAMES.filter((name) => !['', ROWS[name].default].includes((0,inputs_findings/* readInput */.R5)(environment, name)));
    const draft = readValues(environment, findings);
    const credentials = (0,inputs_credentials/* readCredentials */.L1)(environment, findings);
    const proxy = readProxy(draft, environment, findings);
    const store = readSecretStore(draft, given, environment, findings);
    const run = (0,inputs_run/* readRunIdentity */.MV)(environment, findings);
    checkFit(draft, given, findings);
    checkSelection(draft, given, findings);
    (0,inputs_credentials/* checkExport */.$p)(draft, environment, findings);
    if (findings.problems.length > 0 || credentials === undefined) {
        throw new inputs_findings/* InputError */.dz(findings.withoutSecrets(findings.problems));
    }
    // No problem, so every input has its value.
    const values = draft;
    const service = { baseUrl: values.baseUrl, surface: values.api, ...(proxy !== undefined && { proxy }) };
    warnOfUnroutable(values.accessList, service, findings);
    return {
        request: buildRequest(values, store),
        credentials,
        service,
        timeout: values.timeout,
        run,
        serverUrl: (0,inputs_run/* readServerUrl */.Pm)(environment),
        warnings: findings.withoutSecrets(findings.warnings),
        notices: findings.withoutSecrets(findings.notices),
    };
}
/** Reads all inputs, whatever the mode, so that every malformed one is told. */
function readValues(environment, findings) {
    const values = {};
    for (const input of INPUT_NAMES) {
        const { default: usual = '', variable = '', read } = ROWS[input];
        const given = (0,inputs_findings/* readInput */.R5)(environment, input) || usual;
        const text = given || (0,inputs_findings/* readVariable */.nt)(environment, variable);
        const context = findings.contextOf(text === given ? input : variable, values);
        values[input] = read(text, context);
    }
    return values;
}
function readProxy({ baseUrl }, environment, findings) {
    try {
        return baseUrl && (0,proxy/* proxyFor */.i)(baseUrl, environment);
    }
    catch (error) {
        findings.problems.push(
        // The message names the variable and does not repeat the value.
        `${error.message}: write the proxy as \`http://host:port\`, or name ${new URL(`${baseUrl}`).hostname} in \`NO_PROXY\`.`);
        return undefined;
    }
}


/***/ }),

/***/ 8863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ checkExport),
/* harmony export */   L1: () => (/* binding */ readCredentials),
/* harmony export */   SX: () => (/* binding */ readPairs)
/* harmony export */ });
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5834);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);
/* harmony import */ var _identifiers_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8213);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9772);




/** Where credentials can come from, in the order of precedence: the kind, and the names of the id and its secret. */
const PLACES = [
    ['serviceAccount', 'inputs', 'atlasClientId', 'atlasClientSecret'],
    ['apiKey', 'inputs', 'atlasPublicKey', 'atlasPrivateKey'],
    ['serviceAccount', 'environment', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'],
    ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'],
    ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'],
];
/** The places that hold something; one half may be empty. */
function readPairs(environment) {
    return PLACES.map(([kind, from, idName, secretName]) => {
        const read = from === 'inputs' ? _findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readInput */ .R5 : _findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt;
        const [id, secret] = [read(environment, idName), read(environment, secretName)];
        return { kind, from, idName, secretName, id, secret };
    }).filter(({ id, secret }) => id !== '' || secret !== '');
}
/**
 * Who calls Atlas; `undefined` after a problem. A pair is never put together from two places: half of one beside half of
 * another is more likely a mistyped secret name than a wish.
 */
function readCredentials(environment, findings) {
    const { problems, notices } = findings;
    const hint = (0,_run_js__WEBPACK_IMPORTED_MODULE_1__/* .explainMissingSecrets */ .dS)(environment);
    const pairs = readPairs(environment);
    const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
    const candidates = fromInputs.length > 0 ? fromInputs : pairs;
    const [chosen, ...others] = candidates.filter(isComplete);
    // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
    const suspects = candidates.filter((pair) => pair === chosen || (!isComplete(pair) && (pair.from === 'inputs' || !chosen)));
    problems.push(...suspects.flatMap((pair) => faultsOf(pair, hint)));
    if (candidates.length === 0) {
        problems.push(`The credentials for Atlas are missing: give \`atlasPublicKey\` and \`atlasPrivateKey\` (an API key), or \`atlasClientId\` and \`atlasClientSecret\` (a service account), best from secrets.${hint}`);
    }
    if (chosen === undefined)
        return undefined;
    const other = others.find((pair) => pair.kind !== chosen.kind);
    if (other !== undefined) {
        notices.push(`Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`);
    }
    const { kind, id, secret } = chosen;
    return kind === 'apiKey'
        ? { kind, publicKey: id, privateKey: secret }
        : { kind, clientId: id, clientSecret: secret };
}
function isComplete({ id, secret }) {
    return id !== '' && secret !== '';
}
/** What the halves look like, how a sentence calls them, and the input that takes them. */
const HALVES = [
    ['apiKey', 'id', /^[a-z]{8}$/, 'a public key (8 letters)', 'atlasPublicKey'],
    ['apiKey', 'secret', _findings_js__WEBPACK_IMPORTED_MODULE_0__/* .UUID */ .kk, 'a private key (a UUID)', 'atlasPrivateKey'],
    ['serviceAccount', 'id', /^mdb_sa_id_[^:]*$/i, 'a client id (`mdb_sa_id_…`)', 'atlasClientId'],
    ['serviceAccount', 'secret', /mdb_sa_sk_/i, 'a client secret (`mdb_sa_sk_…`)', 'atlasClientSecret'],
];
/** What is wrong with a pair, half or whole. No sentence repeats a value. */
function faultsOf(pair, hint) {
    const { kind, id, secret, idName, secretName } = pair;
    if (secret.includes(':') && _identifiers_js__WEBPACK_IMPORTED_MODULE_2__/* .SECRET_FORMS */ .nV[kind].test(secret)) {
        return [
            `\`${secretName}\` holds both halves, as \`combinedSecret\` stores them: give what stands before the colon as \`${idName}\`, and only what stands after it as \`${secretName}\`.`,
        ];
    }
    if (!isComplete(pair)) {
        const [given, missing] = id === '' ? [secretName, idName] : [idName, secretName];
        return [
            `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.${hint}`,
        ];
    }
    return HALVES.filter(([of]) => of === kind).flatMap(([, half, , expected]) => {
        const [name, value] = [pair[`${half}Name`], pair[half]];
        const [, , , holds = expected, input] = HALVES.find(([, , form]) => form.test(value)) ?? [];
        if (holds !== expected) {
            return [`\`${name}\` takes ${expected}, but holds ${holds}: give that as \`${input}\`.`];
        }
        // A colon would end an id early in both ways of signing in.
        const odd = half === 'id' ? /[^!-~]|[*:]/ : /[^!-~]|\*/;
        if (!odd.test(value))
            return [];
        return [
            `\`${name}\` holds a blank, a line break, a \`*\` or another character that cannot be part of it: store the value again, as Atlas showed it once, and without anything around it.`,
        ];
    });
}
/**
 * Refuses to export a new credential where later steps would use another one instead, or where the caller's own would be
 * overwritten. A service account comes before a key in the Terraform provider and in the Atlas CLI.
 */
function checkExport(draft, environment, { problems, warnings }) {
    const { exportEnv, mode, credential } = draft;
    if (!exportEnv || mode === undefined || !_request_js__WEBPACK_IMPORTED_MODULE_3__/* .MAKING_MODES */ .XS.includes(mode))
        return;
    const pairs = readPairs(environment).filter(isComplete);
    const [caller] = pairs;
    const account = pairs.find(({ kind, from }) => kind === 'serviceAccount' && from === 'environment');
    if (credential === 'apiKey' && account !== undefined) {
        problems.push('`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.');
    }
    else if (caller?.from === 'environment' && caller.kind === credential) {
        problems.push("`exportEnv` would overwrite the variables that hold the caller's own credentials, which the post step still needs: give the caller as inputs.");
    }
    if ((0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt)(environment, 'MONGODB_ATLAS_ACCESS_TOKEN') !== '') {
        warnings.push('`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.');
    }
}


/***/ }),

/***/ 3867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B_: () => (/* binding */ nameAll),
/* harmony export */   Fv: () => (/* binding */ Findings),
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   WW: () => (/* binding */ looksLikeSecret),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   kk: () => (/* binding */ UUID),
/* harmony export */   nt: () => (/* binding */ readVariable)
/* harmony export */ });
/** An environment variable, trimmed; empty when it is not set. */
function readVariable(environment, name) {
    return environment[name]?.trim() ?? '';
}
/** An input's text, from where `core.getInput` looks. */
function readInput(environment, name) {
    return readVariable(environment, `INPUT_${name.toUpperCase()}`);
}
/** All that is wrong with the inputs, told at once; no sentence ever holds a secret. */
class InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
    }
}
/** How much of a value is quoted, in characters. */
const LONGEST = 60;
// Shorter secrets are found in innocent texts by chance.
const TELLING_LENGTH = 8;
/** What reading the inputs turns up, collected so that all of it can be told at once. */
class Findings {
    problems = [];
    warnings = [];
    notices = [];
    #secrets;
    #telling;
    /** @param secrets values that no sentence may repeat */
    constructor(secrets) {
        this.#secrets = secrets;
        this.#telling = secrets.filter((secret) => secret.length >= TELLING_LENGTH);
    }
    /** A value as a sentence may repeat it: one line, cut, and withheld when it is like a secret or holds one. */
    quote = (value) => {
        if (looksLikeSecret(value) || this.#secrets.some((secret) => value.includes(secret))) {
            return '(not shown: it looks like a secret)';
        }
        const characters = [...value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')];
        return characters.length <= LONGEST
            ? `"${characters.join('')}"`
            : `"${characters.slice(0, LONGEST - 1).join('')}…"`;
    };
    /** What the reader of this input, or variable, is handed. */
    contextOf(name, { mode, credential }) {
        return {
            mode,
            credential,
            quote: this.quote,
            holdsSecret: (text) => this.#telling.some((secret) => text.includes(secret)),
            fault: (sentence) => void this.problems.push(`\`${name}\` ${sentence}`),
            warning: (sentence) => void this.warnings.push(`\`${name}\` ${sentence}`),
        };
    }
    /** Takes secrets out of all that is told. `quote` is not enough: a suggestion is made of what the user wrote, too. */
    withoutSecrets(sentences) {
        return sentences.map((sentence) => this.#telling.reduce((text, secret) => text.replaceAll(secret, '***'), sentence));
    }
}
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
/** What holds a private key, a client secret, a password in a URL, or a token of GitHub. */
const SECRETS = [UUID, /mdb_sa_sk_/i, /:\/\/[^/\s]*@/, /gh[a-z]_\w{16}|github_pat_/i];
/** Whether a text has the form of a secret that people paste into the wrong field. */
function looksLikeSecret(text) {
    return SECRETS.some((form) => form.test(text));
}
/** `a`, `b` and `c`, as names in a sentence. */
function nameAll(names, conjunction) {
    const marked = names.map((name) => `\`${name}\``);
    const last = marked.slice(-1).join('');
    return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}


/***/ }),

/***/ 8213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ apiUserId),
/* harmony export */   kS: () => (/* binding */ groupIds),
/* harmony export */   nV: () => (/* binding */ SECRET_FORMS),
/* harmony export */   ol: () => (/* binding */ knownSecret)
/* harmony export */ });
/* harmony import */ var _readers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(625);

/** The forms of a secret of Atlas, with its id and a colon before it where both were stored as one. */
const SECRET_FORMS = {
    apiKey: /^([a-z]{8}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    serviceAccount: /^(mdb_sa_id_[0-9a-f]{24}:)?mdb_sa_sk_[\w-]+$/i,
};
const readGroupIds = (0,_readers_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)((0,_readers_js__WEBPACK_IMPORTED_MODULE_0__/* .textLike */ .r1)(/^[0-9a-f]{24}$/, (quoted) => `is ${quoted}, which is not a project's id: give the 24 hex digits, in lower case, in its address in Atlas (…/v2/<id>).`));
/** The projects; for a service account one alone. */
const groupIds = (text, context) => {
    const ids = readGroupIds(text, context);
    if (ids === undefined)
        return undefined;
    const [first, ...others] = ids;
    if (first === undefined) {
        return context.fault('is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.');
    }
    if (context.credential === 'serviceAccount' && others.length > 0) {
        return context.fault(`names ${ids.length} projects, but a Project Owner may no longer delete the secrets of a service account that is in a second one: give each project a step of its own.`);
    }
    return [first, ...others];
};
/** An existing key's id; empty when none is given. */
const apiUserId = (0,_readers_js__WEBPACK_IMPORTED_MODULE_0__/* .textLike */ .r1)(/^([0-9a-f]{24})?$/, (quoted) => `is ${quoted}, which is not a key's id (its public key is something else): give the 24 hex digits, in lower case, that this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows.`);
/** A secret that an earlier run stored, and the id before it where it holds both. */
const knownSecret = (text, { credential = 'apiKey', fault, warning }) => {
    if (text === '')
        return {};
    const [what, output] = credential === 'apiKey'
        ? ['private key (a UUID in lower case)', 'privateKey']
        : ['client secret (`mdb_sa_sk_…`)', 'clientSecret'];
    if (text.includes('*')) {
        return fault(`is redacted (it holds \`*\`): give the ${what} as the output \`${output}\` had it when it was made.`);
    }
    if (!SECRET_FORMS[credential].test(text)) {
        warning(`does not have the form of a ${what} and will hardly fit: check which secret it comes from.`);
    }
    const [secret = '', id] = text.split(':', 2).reverse();
    return { knownSecret: secret, ...(id !== undefined && { knownId: id }) };
};


/***/ }),

/***/ 625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ anyText),
/* harmony export */   I0: () => (/* binding */ serviceOrigin),
/* harmony export */   Rs: () => (/* binding */ serviceUrl),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   pW: () => (/* binding */ byCredential),
/* harmony export */   r1: () => (/* binding */ textLike),
/* harmony export */   rD: () => (/* binding */ wholeNumber),
/* harmony export */   yX: () => (/* binding */ secretLifetime),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony export parseList */
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);
/** The readers that several inputs share. */

/** Any text, as it is. */
const anyText = (text) => text;
/** A text of this form; `fault` is told of any other, which it gets as a sentence may repeat it. */
function textLike(form, fault) {
    return (text, context) => (form.test(text) ? text : context.fault(fault(context.quote(text))));
}
/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
const boolean = (text, { quote, fault }) => {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    return /^(false|False|FALSE)$/.test(text)
        ? false
        : fault(`is ${quote(text)}: write \`true\` or \`false\`.`);
};
/** One of a closed set of words. */
function choice(choices) {
    return (text, { quote, fault }) => choices.find((candidate) => candidate === text) ??
        fault(`is ${quote(text)}, which does not exist: choose ${(0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .nameAll */ .B_)(choices, 'or')}.`);
}
/** A whole number from 0 to `max`; `because` ends the sentence. */
function wholeNumber(max, because = '') {
    return (text, { quote, fault }) => /^\d{1,9}$/.test(text) && Number(text) <= max
        ? Number(text)
        : fault(`is ${quote(text)}: write a whole number from 0 to ${max}${because}.`);
}
/** Reads one way for API keys and another way for service accounts. */
function byCredential(apiKey, serviceAccount) {
    return (text, context) => (context.credential === 'serviceAccount' ? serviceAccount : apiKey)(text, context);
}
/** Items one a line or separated by commas, in their order, each once. */
function parseList(text) {
    const items = text.split(/[,\r\n]/).map((item) => item.trim());
    return [...new Set(items)].filter((item) => item !== '');
}
/** Reads each item of a list; what is wrong with any of them is told. */
function listOf(readItem) {
    return (text, context) => {
        const items = parseList(text).map((item) => readItem(item, context));
        return items.every((item) => item !== undefined) ? items : undefined;
    };
}
const HOUR = 3_600_000;
const UNITS = { s: 1000, m: 60_000, h: HOUR, d: 24 * HOUR };
/** Milliseconds of `120s`, `90m`, `24h`, `7d` or `0`; `undefined` for anything else. */
function parseDuration(text) {
    if (text === '0')
        return 0;
    const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
    const milliseconds = UNITS[unit];
    return milliseconds && Number(count) * milliseconds;
}
/** A duration in milliseconds, from `min` to `max` as they are written here; `because` ends the sentence. */
function duration(min, max, because) {
    const [least = 0, most = 0] = [min, max].map(parseDuration);
    return (text, { quote, fault }) => {
        const milliseconds = parseDuration(text);
        if (milliseconds === undefined) {
            return fault(`is ${quote(text)}, which is not a duration: write a whole number and its unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`);
        }
        return milliseconds >= least && milliseconds <= most
            ? milliseconds
            : fault(`is ${quote(text)}, but must be from ${min} to ${max}: ${because}.`);
    };
}
const YEAR = duration('8h', '365d', 'Atlas makes no secret that lives shorter or longer');
const WEEK = duration('8h', '7d', 'in mode `ephemeral` another run may make a secret of the same service account, and Atlas then ends this one within seven days');
/** How long the secret of a service account lives, in hours, which Atlas counts in. */
const secretLifetime = (text, context) => {
    const [read, usual] = context.mode === 'ephemeral' ? [WEEK, '8h'] : [YEAR, '90d'];
    const milliseconds = read(text || usual, context);
    if (milliseconds === undefined)
        return undefined;
    return milliseconds % HOUR === 0
        ? milliseconds / HOUR
        : context.fault(`is ${context.quote(text)}, but Atlas counts whole hours: write it as hours or days.`);
};
/** The hosts of this machine, where `http` is fine. */
const LOOPBACK = /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/;
/** An address that secrets are sent to: `https`, or `http` on this machine. Its value has no trailing slash. */
const serviceUrl = (text, { quote, fault }) => {
    if (text.includes('@')) {
        // Not repeated: what stands before the @ may be a password.
        return fault('holds a user or a password before an `@`: leave them out, they have inputs of their own.');
    }
    const url = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
    if (url === null) {
        return fault(`is ${quote(text)}, which is not an address: write one with its scheme, such as \`https://cloud.mongodb.com\`.`);
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
        return fault(`is ${quote(text)}, but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`);
    }
    if (/[?#]/.test(text))
        return fault(`is ${quote(text)}, but must end before \`?\` and \`#\`.`);
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};
/** Such an address that ends after the host. */
const serviceOrigin = (text, context) => {
    const address = serviceUrl(text, context);
    const origin = address && new URL(address).origin;
    return address === origin
        ? origin
        : context.fault(`is ${context.quote(text)}, but must end after the host: write \`${origin}\` (the path is for the input \`api\`).`);
};


/***/ }),

/***/ 9772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MV: () => (/* binding */ readRunIdentity),
/* harmony export */   Pm: () => (/* binding */ readServerUrl),
/* harmony export */   dS: () => (/* binding */ explainMissingSecrets)
/* harmony export */ });
/* unused harmony export readJobStatus */
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);


/** The run that this step belongs to. */
function readRunIdentity(environment, { problems }) {
    const read = (name, form) => {
        const text = (0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt)(environment, name);
        if (!form.test(text)) {
            problems.push(`\`${name}\` is not set as GitHub Actions sets it, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`);
        }
        return text;
    };
    // As src/keys/mark.ts can write them.
    return {
        repository: read('GITHUB_REPOSITORY', /^[A-Za-z0-9_.-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/),
        runId: read('GITHUB_RUN_ID', /^[0-9]{1,20}$/),
        attempt: read('GITHUB_RUN_ATTEMPT', /^[0-9]{1,4}$/),
    };
}
/** How the job has gone so far, as the post step is told. */
function readJobStatus(environment) {
    const status = readInput(environment, 'jobStatus');
    return JOB_STATUSES.find((candidate) => candidate === status);
}
/** GitHub's address in a browser, for links to runs; empty where the runner does not say. */
function readServerUrl(environment) {
    const address = (0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt)(environment, 'GITHUB_SERVER_URL');
    return /^https?:\/\/[\w.-]+(?::\d+)?$/.test(address) ? address : '';
}
/** Why secrets may be empty in this run, to go behind another sentence; empty when nothing is known of it. */
function explainMissingSecrets(environment) {
    const actors = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR'].map((name) => (0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt)(environment, name));
    if (actors.includes('dependabot[bot]')) {
        return ' Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
    }
    // `pull_request_target` runs in the base repository and does get its secrets.
    return /^pull_request(?!_target)/.test((0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readVariable */ .nt)(environment, 'GITHUB_EVENT_NAME'))
        ? ' If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).'
        : '';
}


/***/ }),

/***/ 9516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ readSecrets)
/* harmony export */ });
/* harmony import */ var node_querystring__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1792);
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8863);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3867);



const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
/** Everything among inputs and environment that must be masked and never told, each value once. */
function readSecrets(environment) {
    const pairs = (0,_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .readPairs */ .SX)(environment);
    const given = [...pairs.map(({ secret }) => secret), (0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R5)(environment, 'knownPrivateKey')];
    const secrets = [
        // The runner masks a combined secret as a whole only, and its second half is handed out by itself.
        ...given.flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)]),
        // A secret that was pasted where an id should stand.
        ...pairs.map(({ id }) => id).filter(_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .looksLikeSecret */ .WW),
        (0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R5)(environment, 'githubToken'),
        ...Object.keys(environment)
            .filter((name) => name.startsWith('INPUT_'))
            .flatMap((name) => environment[name]?.match(/mdb_sa_sk_[\w-]+/gi) ?? []),
        ...PROXY_VARIABLES.flatMap((name) => proxySecrets((0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .readVariable */ .nt)(environment, name))),
    ];
    return [...new Set(secrets)].filter((secret) => secret !== '');
}
/** A user name without a password is a token from this length on; a shorter one is a word that logs may show. */
const SHORTEST_TOKEN = 8;
/** The password and the user info of a proxy's address: as they stand there, as a URL encodes them, decoded. */
function proxySecrets(address) {
    // By hand, since an address that is no URL can hold a password too.
    const userInfo = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?<userInfo>.*)@/i.exec(address)?.groups?.userInfo ?? '';
    if (userInfo === '')
        return [];
    const url = URL.parse(address.includes('://') ? address : `http://${address}`);
    const encoded = url === null ? '' : `${url.username}:${url.password}`;
    return [userInfo, encoded, node_querystring__WEBPACK_IMPORTED_MODULE_0__.unescape(userInfo)].flatMap((form) => {
        const [user = '', ...rest] = form.split(':');
        const password = rest.join(':');
        if (password !== '')
            return [form, password];
        return user.length < SHORTEST_TOKEN ? [] : [user];
    });
}


/***/ }),

/***/ 2375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ createdAt),
/* harmony export */   d1: () => (/* binding */ organizationOf),
/* harmony export */   h_: () => (/* binding */ ageAt),
/* harmony export */   io: () => (/* binding */ sameRoles),
/* harmony export */   ll: () => (/* binding */ newestFirst),
/* harmony export */   t4: () => (/* binding */ rolesIn),
/* harmony export */   u8: () => (/* binding */ isOwner)
/* harmony export */ });
/** When the key was made, in milliseconds since 1970: the first four bytes of its ObjectId are Unix seconds. */
function createdAt(apiUserId) {
    return Number.parseInt(apiUserId.slice(0, 8), 16) * 1000;
}
/**
 * How old a key is at this moment of the service's clock, in milliseconds. The clock follows `Date`, which tells when a
 * request began, so a key made by that request can be a second younger than now.
 */
function ageAt(serviceNow, apiUserId) {
    return Math.max(0, serviceNow - createdAt(apiUserId));
}
/** The roles of Atlas, and Ops Manager's own, that change and delete a key of the organisation. */
const OWNERS = ['ORG_OWNER', 'GLOBAL_OWNER'];
/** Whether these are the roles of an owner of the organisation. */
function isOwner(caller) {
    return caller.roles.some(({ roleName }) => OWNERS.includes(roleName));
}
/** The key's roles in one project, sorted. Their order changes between answers, so only the set means anything. */
function rolesIn(groupId, key) {
    const here = key.roles.filter((role) => role.groupId === groupId);
    return [...new Set(here.map(({ roleName }) => roleName))].sort();
}
/** Whether two lists hold the same roles. */
function sameRoles(left, right) {
    const wanted = new Set(right);
    return new Set(left).size === wanted.size && left.every((role) => wanted.has(role));
}
/** Newest first. Ids begin with their time; the rest only has to be the same order for everybody. */
function newestFirst(left, right) {
    return left.id < right.id ? 1 : left.id > right.id ? -1 : 0;
}
/** The organisation of a project, as the roles of its keys name it, each of which is a member; else by one more call. */
async function organizationOf(step, groupId, keys) {
    const named = keys.flatMap(({ roles }) => roles).find(({ orgId }) => orgId !== undefined);
    return named?.orgId ?? (await step.atlas.readProject(groupId)).orgId;
}


/***/ }),

/***/ 3043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B2: () => (/* binding */ looksLikeMark),
/* harmony export */   Bi: () => (/* binding */ isMarkedAs),
/* harmony export */   Jo: () => (/* binding */ beginsLikeMark),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   MF: () => (/* binding */ describeMarked),
/* harmony export */   Mp: () => (/* binding */ readMark),
/* harmony export */   nE: () => (/* binding */ isoSeconds),
/* harmony export */   qw: () => (/* binding */ DESC_LIMIT)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/**
 * Marks in descriptions: the only store this action has. A mark stands at the end of a key's description,
 * is built and read only here, and is public interface (docs/public-interface.md).
 *
 *     deploy [atlas-key/1 pending acme/shop 17482910.1 5f3a9c0e1b2d4f67 9c1185a5 2026-11-23T12:00:00Z]
 *     text    ours, version, state, repository, run.attempt, nonce, digest of the text, until
 */

/** Atlas keeps descriptions of 1 to 250 characters. */
const DESC_LIMIT = 250;
const STATES = ['pending', 'undecided', 'previous', 'retired', 'ephemeral'];
// Owner and name as GitHub allows them; with the longest of each, 12 characters are left for the text.
const PATTERN = new RegExp(String.raw `^(?<text>.*) \[atlas-key/1 ` +
    `(?<state>${STATES.join('|')}) ` +
    String.raw `(?<repository>[\w.-]{1,39}/[\w.-]{1,100}) (?<runId>\d{1,20})\.(?<attempt>\d{1,4}) ` +
    '(?<nonce>[0-9a-f]{16}) (?<digest>[0-9a-f]{8})' +
    String.raw `(?: (?<until>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?\]$`, 's');
/** Whether a human text could be taken for a mark; such a `desc` is refused on input. */
function looksLikeMark(text) {
    return text.includes('[atlas-key/');
}
/** Whether what follows a human text begins as a mark does, ours or not. */
function beginsLikeMark(rest) {
    return rest.trimStart().startsWith('[atlas-key/');
}
/** The description of a marked key: the human text, cut first, then the mark. */
function describeMarked(desc, mark) {
    const until = mark.until === undefined ? '' : ` ${isoSeconds(mark.until)}`;
    const suffix = ` [atlas-key/1 ${mark.state} ${mark.repository} ${mark.runId}.${mark.attempt} ` +
        `${mark.nonce} ${digestOf(desc)}${until}]`;
    return cut(desc, DESC_LIMIT - suffix.length) + suffix;
}
/** Reads a description strictly; `undefined` for everything that we did not write. */
function readMark(description) {
    const groups = PATTERN.exec(description)?.groups;
    if (groups === undefined)
        return undefined;
    const { text, state, repository, runId, attempt, nonce, digest, until } = groups;
    const isLimited = state === 'pending' || state === 'ephemeral';
    if (until === undefined ? isLimited : !(isLimited || state === 'undecided'))
        return undefined;
    const limit = until === undefined ? {} : { until: Date.parse(until) };
    if (Number.isNaN(limit.until))
        return undefined;
    const mark = { repository, runId, attempt, nonce, state, ...limit };
    return { text: text, digest: digest, mark };
}
/** What a key of this description is. */
function stateOf(description) {
    return readMark(description)?.mark.state ?? 'current';
}
/** Whether a marked description was made for exactly this human text. */
function isMarkedAs(marked, desc) {
    return marked.digest === digestOf(desc) && desc.startsWith(marked.text);
}
/** Whole seconds, since neither `Date` headers nor key ids know finer ones: `2026-11-23T12:00:00Z`. */
function isoSeconds(milliseconds) {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
function digestOf(desc) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(desc).digest('hex').slice(0, 8);
}
/** Cuts without leaving half of a surrogate pair or a blank at the end. */
function cut(text, length) {
    if (text.length <= length)
        return text;
    return text
        .slice(0, length)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd();
}


/***/ }),

/***/ 7168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   VE: () => (/* binding */ DeliveryError),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   a1: () => (/* binding */ ownMark),
/* harmony export */   eN: () => (/* binding */ KeyError)
/* harmony export */ });
/** What a mode is handed to work with: everything that is not plain data. */
/** What this step writes into marks of its own making. */
function ownMark(step) {
    return { ...step.run, nonce: step.nonce };
}
/** `6a79…d3b1 (flezioeg)`: how a key is named to a person. Neither part is a secret. */
function nameOf(key) {
    return `${key.id} (${key.publicKey})`;
}
/** `1 key`, `2 keys`. */
function count(items, noun) {
    return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`;
}
/** What stops a mode although Atlas answered as it should. One sentence for a person: what failed, why, what to do. */
class KeyError extends Error {
    name = 'KeyError';
}
/** A new key could not be given to those who were to hold it. */
class DeliveryError extends Error {
    name = 'DeliveryError';
    /** Whether it is certain that nobody got any of it. */
    nobodyHasIt;
    constructor(message, details) {
        super(message, { cause: details.cause });
        this.nobodyHasIt = details.nobodyHasIt;
    }
}


/***/ }),

/***/ 342:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8500);
/* harmony import */ var _inputs_secrets_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9516);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(96);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5534);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9240);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8847);
/* harmony import */ var _trust_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3264);
/* harmony import */ var _wire_proxy_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9381);
/** The step itself. Reads what is asked for, does it, publishes it; the only catch is here. */









try {
    for (const secret of (0,_inputs_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .readSecrets */ .q)(process.env))
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .mask */ .dK)(secret);
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .saveNothingToSettle */ .Z1)();
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readRequest */ .i)(process.env);
    for (const notice of inputs.notices)
        _publish_js__WEBPACK_IMPORTED_MODULE_3__/* .log */ .Rm.notice(notice);
    for (const warning of inputs.warnings)
        _publish_js__WEBPACK_IMPORTED_MODULE_3__/* .log */ .Rm.warning(warning);
    await run(inputs, (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .listenForCancel */ .Fh)());
}
catch (error) {
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .fail */ .fJ)(error);
    await (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .renderFailure */ .zt)(error));
}
async function run(inputs, signals) {
    const { request, credentials, service, run, timeout, serverUrl } = inputs;
    const { baseUrl, surface, proxy } = service;
    const nonce = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex');
    const trust = (0,_trust_js__WEBPACK_IMPORTED_MODULE_7__/* .trustOf */ .An)(process.env, credentials, proxy, nonce);
    const handover = 'handover' in request ? request.handover : undefined;
    const stored = [];
    const session = (0,_session_js__WEBPACK_IMPORTED_MODULE_5__/* .openSession */ .fA)({
        record: { baseUrl, surface, run, nonce, timeout, trust },
        credentials,
        proxy,
        signals,
        store: async (key) => {
            const open = await opening;
            if (open === undefined)
                return;
            const written = await open.write(key);
            stored.push(...written);
            const what = request.credential === 'serviceAccount' ? 'client secret' : 'key';
            for (const { names, where } of written) {
                _publish_js__WEBPACK_IMPORTED_MODULE_3__/* .log */ .Rm.info(`Stored the new ${what} as ${names.join(' and ')} in ${where}.`);
            }
        },
    });
    const opening = openStore(request.dryRun ? undefined : handover?.store, session.deadline.signal);
    try {
        // The modes are loaded while the connection is being opened, which gets its turn first. And a store that cannot be
        // opened is told before a key is made.
        const [{ carryOut }] = await Promise.all([(0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)().then(() => __nccwpck_require__.e(/* import() */ 23).then(__nccwpck_require__.bind(__nccwpck_require__, 8023))), opening]);
        const outcome = await carryOut(session.step, request);
        for (const line of (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .tellPlan */ .fb)(outcome))
            _publish_js__WEBPACK_IMPORTED_MODULE_3__/* .log */ .Rm.info(line);
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .publishOutputs */ .eB)(outcome);
        const { credential } = request;
        await (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .renderSummary */ .Br)(outcome, { left: session.left, stored, serverUrl, credential }));
        if (outcome.problem !== undefined)
            return (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .fail */ .fJ)(new Error(outcome.problem));
        // Last: a step that fails after all must not leave variables to the later ones.
        if (handover?.exportEnv && outcome.result !== 'planned')
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .exportVariables */ .qY)(outcome);
    }
    finally {
        await Promise.allSettled([session.close(), opening.then((open) => open?.close())]);
    }
}
/** Octokit takes longer to load than the rest of this action, so only a step that stores a secret loads it. */
async function openStore(store, signal) {
    if (store === undefined)
        return undefined;
    const { openSecretStore } = await Promise.all(/* import() */[__nccwpck_require__.e(752), __nccwpck_require__.e(81), __nccwpck_require__.e(491)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3935));
    return openSecretStore(store, { signal, proxy: (0,_wire_proxy_js__WEBPACK_IMPORTED_MODULE_8__/* .proxyFor */ .i)(store.apiUrl, process.env), machine: _session_js__WEBPACK_IMPORTED_MODULE_5__/* .machine */ .Aq });
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ deliverOutputs),
  qY: () => (/* binding */ exportVariables),
  fJ: () => (/* binding */ fail),
  Rm: () => (/* binding */ log),
  dK: () => (/* binding */ mask),
  eB: () => (/* binding */ publishOutputs),
  Iv: () => (/* binding */ publishSummary),
  u3: () => (/* binding */ recallOutputs),
  Z1: () => (/* binding */ saveNothingToSettle),
  LZ: () => (/* binding */ publish_saveState)
});

// UNUSED EXPORTS: plain, readState

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __nccwpck_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return __awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return __awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_.platform();
const arch = external_os_.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: ./lib/inputs/findings.js
var findings = __nccwpck_require__(3867);
// EXTERNAL MODULE: ./lib/keys/key.js
var key = __nccwpck_require__(2375);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __nccwpck_require__(3043);
// EXTERNAL MODULE: ./lib/atlas/shapes.js
var shapes = __nccwpck_require__(6437);
// EXTERNAL MODULE: ./lib/atlas/types.js
var types = __nccwpck_require__(4074);
;// CONCATENATED MODULE: ./lib/state.js
/** The record that main leaves for post in the runner's state file: where Atlas is, which run, and the journal. */


/** What main saves before it knows anything, so that no later step can put a record of its own there. */
const NOTHING_TO_SETTLE = 'none';
function encodeState(record) {
    return JSON.stringify({ version: 1, ...record });
}
/**
 * Reads what main saved; `undefined` when there is nothing to settle. Throws on anything that this version did
 * not write: post calls Atlas with an owner's credentials and takes the address from here.
 */
function decodeState(text) {
    if (text === '' || text === NOTHING_TO_SETTLE)
        return undefined;
    const record = parse(text);
    if (!fits(record, RECORD)) {
        throw new Error('What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was ' +
            'cleaned up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it. ' +
            'A secret of a service account ends by itself.');
    }
    return record;
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function fits(value, shape) {
    if (typeof shape === 'function')
        return shape(value);
    if (shape instanceof RegExp)
        return typeof value === 'string' && shape.test(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return false;
    return Object.entries(shape).every(([field, part]) => fits(Reflect.get(value, field), part));
}
const oneOf = (shapes) => (value) => shapes.some((shape) => fits(value, shape));
const listOf = (shape, least = 0) => (value) => Array.isArray(value) && value.length >= least && value.every((item) => fits(item, shape));
const isMissing = (value) => value === undefined;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{24}$/;
const NONCE = /^[0-9a-f]{16}$/;
const purpose = { mode: /^(ensure|ephemeral|rotate)$/, former: oneOf([ID, isMissing]) };
const INTENT = {
    credential: isMissing,
    purpose,
    desc: /./s,
    groupIds: listOf(ID, 1),
    nonce: NONCE,
    until: Number.isFinite,
};
const LEASE = {
    credential: /^serviceAccount$/,
    phase: /^(made|stored|handedOut)$/,
    purpose,
    groupId: ID,
    orgId: ID,
    clientId: shapes/* isClientId */.XC,
    secretId: ID,
    expiresAt: Number.isFinite,
    former: oneOf([{ id: ID, expiresAt: Number.isFinite }, isMissing]),
};
const RECORD = {
    version: (value) => value === 1,
    baseUrl: /^https?:\/\/[^/\s@]+$/,
    surface: (value) => types/* SURFACES */.n.some((surface) => surface === value),
    run: { repository: /^[\w.-]+\/[\w.-]+$/, runId: /^\d+$/, attempt: /^\d+$/ },
    nonce: NONCE,
    timeout: Number.isFinite,
    trust: {
        kind: /^(apiKey|serviceAccount)$/,
        caller: /./,
        heldIn: listOf(/./),
        secret: FINGERPRINT,
        proxy: /^(https?:\/\/[^/\s@]+\/)?$/,
        route: FINGERPRINT,
        variables: (value) => fits(value, {}) && listOf(FINGERPRINT)(Object.values(Object(value))),
    },
    entry: oneOf([
        { phase: /^idle$/, credential: isMissing },
        { phase: /^making$/, ...INTENT },
        { phase: /^(made|delivering|handedOut|open)$/, ...INTENT, apiUserId: ID, orgId: ID },
        LEASE,
    ]),
};

;// CONCATENATED MODULE: ./lib/publish.js
/**
 * Everything that leaves this action: masks, state, outputs, variables, log, summary. The only file that knows
 * `@actions/core`.
 */






const STATE = 'journal';
/** Keeps a secret out of everything that is printed from now on. */
function mask(secret) {
    if (secret.trim() !== '')
        core_setSecret(secret);
}
/** A line for the person who reads the run. */
const log = {
    info: (line) => info(plain(line)),
    notice: (line) => notice(plain(line)),
    warning: (line) => warning(plain(line)),
    debug: (line) => core_debug(plain(line)),
};
/**
 * Makes text harmless in the log. The runner takes a line that begins with `::`, and `##[` anywhere, for a
 * command, and `info` escapes nothing.
 */
function plain(text) {
    return text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replaceAll('##[', '## [')
        .replace(/^\s*::/, ': :');
}
function saveNothingToSettle() {
    saveState(STATE, NOTHING_TO_SETTLE);
}
function publish_saveState(record) {
    saveState(STATE, encodeState(record));
}
function readState() {
    return core.getState(STATE);
}
/** Sets the outputs that a new key's holders need, as soon as they may have them. */
function deliverOutputs(delivery) {
    const { orgId } = delivery;
    if ('key' in delivery) {
        const { id: apiUserId, publicKey, privateKey } = delivery.key;
        setOutputs({ orgId, apiUserId, publicKey, privateKey });
    }
    else {
        setOutputs({ orgId, clientId: delivery.clientId, clientSecret: delivery.clientSecret });
    }
}
/** Takes them back: an output may be set twice, and the runner keeps the last value. */
function recallOutputs() {
    setOutputs({ orgId: '', apiUserId: '', publicKey: '', privateKey: '', clientId: '', clientSecret: '' });
}
function publishOutputs({ facts, account, privateKey = '', ...outcome }) {
    const { orgId = '', groupIds = [], desc = '', roles = [] } = facts ?? account ?? {};
    const createdAt = facts === undefined ? account?.createdAt : (0,key/* createdAt */.CT)(facts.key.id);
    setOutputs({
        result: outcome.result,
        created: outcome.result === 'created' || outcome.result === 'rotated',
        changed: outcome.changed,
        apiUserId: facts?.key.id ?? '',
        publicKey: facts?.key.publicKey ?? '',
        privateKey: account === undefined ? privateKey : '',
        clientId: account?.clientId ?? '',
        clientSecret: account === undefined ? '' : privateKey,
        orgId,
        groupId: groupIds[0] ?? '',
        desc,
        roles,
        createdAt: createdAt === undefined ? '' : (0,mark/* isoSeconds */.nE)(createdAt),
        expiresAt: outcome.expiresAt === undefined ? '' : (0,mark/* isoSeconds */.nE)(outcome.expiresAt),
        previousApiUserIds: outcome.previous,
        retiredApiUserIds: outcome.retired,
    });
}
function setOutputs(values) {
    for (const [name, value] of Object.entries(values))
        setOutput(name, value);
}
/** Sets the variables that the Atlas CLI and the Terraform provider read, for the later steps of this job. */
function exportVariables({ facts, account, privateKey }) {
    const place = facts ?? account;
    if (place === undefined || privateKey === undefined) {
        notice('exportEnv: nothing was exported, because this step does not know the secret, which Atlas shows only once. ' +
            'Give it as knownPrivateKey, or let mode: rotate or ephemeral make a new one.');
        return;
    }
    const variables = {
        ...(facts !== undefined && {
            MONGODB_ATLAS_PUBLIC_API_KEY: facts.key.publicKey,
            MONGODB_ATLAS_PRIVATE_API_KEY: privateKey,
            MONGODB_ATLAS_PUBLIC_KEY: facts.key.publicKey,
            MONGODB_ATLAS_PRIVATE_KEY: privateKey,
        }),
        ...(account !== undefined && {
            MONGODB_ATLAS_CLIENT_ID: account.clientId,
            MONGODB_ATLAS_CLIENT_SECRET: privateKey,
        }),
        MONGODB_ATLAS_PROJECT_ID: place.groupIds[0],
        MONGODB_ATLAS_ORG_ID: place.orgId,
    };
    const replaced = Object.keys(variables).filter((name) => process.env[name] !== undefined && process.env[name] !== variables[name]);
    if (replaced.length > 0) {
        log.warning(`exportEnv replaces ${replaced.join(', ')} for the rest of this job. Another use of this ` +
            'action that signs in with these variables, its post step included, then finds the wrong ones: give it its ' +
            'credentials as inputs.');
    }
    for (const [name, value] of Object.entries(variables))
        exportVariable(name, value);
}
/** Appends to the job's summary. A summary that cannot be written is no reason to fail: the key is in use. */
async function publishSummary(markdown) {
    try {
        await summary.addRaw(markdown, true).write();
    }
    catch (error) {
        log.warning(`The job summary could not be written; nothing else depends on it. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** Fails the step with a line for a person, or one for each wrong input; how it came about goes to the debug log. */
function fail(error) {
    const lines = error instanceof findings/* InputError */.dz ? error.problems : [(0,errors/* messageOf */.bD)(error)];
    for (const line of lines)
        setFailed(plain(line));
    if (error instanceof findings/* InputError */.dz)
        info('Nothing was sent to Atlas.');
    for (let cause = error; cause instanceof Error && cause.cause !== undefined;) {
        cause = cause.cause;
        core_debug(plain(`caused by: ${cause}`));
    }
}


/***/ }),

/***/ 5834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ MODES),
/* harmony export */   IJ: () => (/* binding */ nameOfCaller),
/* harmony export */   XS: () => (/* binding */ MAKING_MODES),
/* harmony export */   d2: () => (/* binding */ SECRET_KINDS),
/* harmony export */   tG: () => (/* binding */ CREDENTIALS)
/* harmony export */ });
/* unused harmony export JOB_STATUSES */
/** What names the caller and is no secret: the public key, or the client id. */
function nameOfCaller(credentials) {
    return credentials.kind === 'apiKey' ? credentials.publicKey : credentials.clientId;
}
/** Whose runs read a secret: those of workflows, or those of Dependabot. */
const SECRET_KINDS = ['actions', 'dependabot'];
/** What a step makes and hands out. */
const CREDENTIALS = ['apiKey', 'serviceAccount'];
const MODES = ['ensure', 'ephemeral', 'rotate', 'revoke', 'sweep'];
/** The modes that may make a key, and so hand one over. */
const MAKING_MODES = ['ensure', 'ephemeral', 'rotate'];
/** How the job has gone so far, as post is told. */
const JOB_STATUSES = (/* unused pure expression or super */ null && (['success', 'failure', 'cancelled']));


/***/ }),

/***/ 9240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Fh: () => (/* binding */ listenForCancel),
  Aq: () => (/* binding */ machine),
  fA: () => (/* binding */ openSession)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: ./lib/wire/connection.js
var wire_connection = __nccwpck_require__(1853);
// EXTERNAL MODULE: ./lib/wire/proxy.js
var wire_proxy = __nccwpck_require__(9381);
// EXTERNAL MODULE: ./lib/atlas/answer.js
var atlas_answer = __nccwpck_require__(5901);
// EXTERNAL MODULE: ./lib/wire/wire.js
var wire = __nccwpck_require__(3112);
// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: ./lib/atlas/retry.js
var retry = __nccwpck_require__(1893);
;// CONCATENATED MODULE: ./lib/atlas/explain.js



/** What to do about an answer that Atlas did not give. */
const CHECK_WAY = 'Check baseUrl, and the proxy if there is one.';
/** Why a refusal came, and what to do next: by its `errorCode`, or else by its kind. */
const REASONS = {
    credentials: 'the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud.',
    GROUP_NOT_FOUND: 'the project is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.',
    ORG_NOT_FOUND: 'the organisation is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.',
    gone: 'it is not there, or the caller cannot see it. Check the id.',
    alreadyThere: 'it is there already; another run may have been quicker. Run the job again.',
    MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED: 'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.',
    full: 'the organisation holds as many API keys as it may (500). Delete some that nobody uses.',
    ATLAS_GROUP: 'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.',
    wrongSurface: 'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.',
    suspended: "the organisation's account is suspended, usually because of an unpaid invoice. Settle that under Billing of the organisation, and run the job again.",
    rateLimited: 'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.',
    unavailable: 'the service does not serve this right now. Try again later; https://status.mongodb.com tells its state.',
    network: 'the proxy asks for a user name and a password. Put them into HTTPS_PROXY.',
};
/** The error for an answer that is no success: what failed, why, and what to do next. */
function explainRefusal(call, refusal) {
    const { kind, status, errorCode, detail } = refusal;
    const said = detail === '' ? '' : `: “${detail}”`;
    const answered = ` was answered with ${[status, errorCode].filter(Boolean).join(' ')}${said}`;
    return new errors/* AtlasError */.qL(sentence(call, reasonOf(refusal, call.needs), answered), { kind, errorCode });
}
function reasonOf(refusal, role) {
    const { kind, status, errorCode = '', detail, address, redirect } = refusal;
    if (refusal.isTokenLimit)
        return 'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.';
    if (kind === 'notAllowed' && role === undefined)
        return 'the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs.';
    if (kind === 'notAllowed') {
        const elsewhere = /GROUP$/.test(errorCode)
            ? ', and check groupId: it may be a project of another organisation'
            : '';
        return `the caller is known but lacks the role ${role}, which this call needs. Give the calling key or service account that role${elsewhere}.`;
    }
    if (kind === 'addressRefused') {
        const [here, it] = address === undefined ? ['this address', "the runner's address"] : [address, 'it'];
        return `the caller may not call from ${here}. Add ${it} to the access list of the calling key itself (its API access list, not the project's IP access list).`;
    }
    if (kind === 'badRequest')
        return `the request was refused. ${whatToCheck(errorCode, detail)}`;
    if (kind === 'unintelligible' && status >= 300 && status < 400)
        return `a redirect${redirect === undefined ? '' : ` to ${redirect}`} was not followed. Check baseUrl.`;
    const nobodys = `the answer is not the service's own but ${refusal.isEmpty ? 'empty' : 'HTML or text'}. ${CHECK_WAY}`;
    return REASONS[errorCode] ?? REASONS[kind] ?? nobodys;
}
function whatToCheck(errorCode, detail) {
    // Since January 2026 a role that Atlas does not know has no code of its own any more.
    if (/ROLE|ENUM/.test(errorCode) || /\binvalid role\b/i.test(detail))
        return 'Check roles: Atlas does not take one of them here.';
    if (/ADDRESS/.test(errorCode))
        return 'Check accessList: Atlas takes no address twice, and none that means every address.';
    return /DESC/.test(errorCode) ? 'Check desc.' : 'Check the inputs against what Atlas says.';
}
/** The error for a request without a whole answer. `host` is the one we wanted to talk to. */
function explainFault(call, fault, host) {
    const kind = fault.reason === 'notHttp' || fault.reason === 'tooLarge' ? 'unintelligible' : 'network';
    return new errors/* AtlasError */.qL(sentence(call, reasonOfFault(fault, host)), { kind, cause: fault.cause });
}
function reasonOfFault({ reason, code }, host) {
    const why = code === '' ? '' : ` [${(0,atlas_answer/* cleaned */.L0)(code)}]`;
    switch (reason) {
        case 'unreachable':
            return /^(?:ENOTFOUND|EAI_)/.test(code)
                ? `the name ${host} cannot be resolved${why}. Check baseUrl and the runner's DNS.`
                : `no connection to ${host} came about${why}. Check baseUrl, the runner's network, and whether it needs HTTPS_PROXY.`;
        case 'untrusted':
            if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
                return `the certificate of ${host} is for another name${why}. ${CHECK_WAY}`;
            if (code === 'CERT_HAS_EXPIRED')
                return `the certificate of ${host} has expired${why}. Whoever runs it has to renew it, unless the clock of this machine is wrong.`;
            return `the certificate of ${host} is signed by an authority that this machine does not know${why}. If that is a private one, name its PEM file in the environment variable NODE_EXTRA_CA_CERTS of this job.`;
        case 'proxy':
            return `there is no way through the proxy to ${host}${why}. ${code === 'status 407' ? 'Put its user name and password into HTTPS_PROXY.' : 'Check HTTPS_PROXY and NO_PROXY.'}`;
        case 'notHttp':
            return `what ${host} answers is not HTTP${why}. Check baseUrl and HTTPS_PROXY.`;
        case 'tooLarge':
            return `the answer of ${host} is larger than any that Atlas gives. ${CHECK_WAY}`;
        case 'broken':
            return `the connection to ${host} broke before the answer was complete${why}. Try again; if it happens again, check the network and the proxy.`;
        case 'aborted':
            return `${host} did not answer in time. Try again; if it happens again, check the network and the proxy.`;
    }
}
/** What is wrong with a success whose content is not what the API documents. */
function oddityOf(answer) {
    const { status, errorCode, isJson, isEmpty } = (0,atlas_answer/* readRefusal */.ni)(answer);
    if (errorCode !== undefined)
        return `the answer says ${status} and ${errorCode} at once. ${CHECK_WAY}`;
    if (!isJson)
        return `the answer (${status}) is ${isEmpty ? 'empty' : 'no JSON'}. ${CHECK_WAY}`;
    return `the answer (${status}) is not what the API documents. Check baseUrl and api.`;
}
/** The error for an answer that nobody can make sense of. */
function explainNonsense(call, problem, cause) {
    return new errors/* AtlasError */.qL(sentence(call, problem), { kind: 'unintelligible', cause });
}
/** The error for a deadline that is over, or a run that was cancelled. `cause` is the last trouble before it. */
function explainEnd(call, signal, cause) {
    const timeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    const why = timeout
        ? 'the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout.'
        : 'the run was cancelled while it was under way.';
    const before = cause === undefined ? '' : ` Before that: ${cause.message}`;
    const kind = timeout ? 'timeout' : 'cancelled';
    return new errors/* AtlasError */.qL(`${sentence(call, why)}${before}`, { kind, cause: cause ?? signal.reason });
}
/** The error for something that was sent, whose outcome nobody told us. */
function explainLoss(cause) {
    const message = `${cause.message} Atlas may have carried it out nevertheless.`;
    return new errors/* AtlasError */.qL(message, { kind: 'answerLost', errorCode: cause.errorCode, cause });
}
/** The line of the log before a long wait. */
function explainWait(call, trouble, milliseconds) {
    const seconds = Math.ceil(milliseconds / 1000);
    return `Could not yet ${call.does}, since ${retry/* TROUBLES */.XJ[trouble].told}; it is tried again in ${seconds} seconds (${nameOf(call)}).`;
}
function sentence(call, why, answered = '') {
    return `Could not ${call.does}: ${why} (${nameOf(call)}${answered})`;
}
function nameOf({ method, path }) {
    return `${method} ${path.replace(/\?.*/, '')}`;
}

// EXTERNAL MODULE: ./lib/atlas/secrets.js
var secrets = __nccwpck_require__(9030);
;// CONCATENATED MODULE: ./lib/atlas/client.js






/** A wait of more milliseconds than these is told. */
const LONG_WAIT = 5_000;
/**
 * Makes a call: signs in, repeats what may be repeated, and reads the answer, which is a success (2xx). `read` returns
 * undefined for one that is not what the API documents.
 * Throws an `AtlasError` for everything else, at the deadline at the latest.
 */
async function makeCall(call, read, signIn, deadline, context) {
    const { connection, machine } = context;
    const { signal } = deadline;
    let last;
    for (let tries = 1;; tries++) {
        if (signal.aborted)
            throw explainEnd(call, signal, last);
        const outcome = await tryOnce(call, read, signIn, deadline, context, tries);
        if ('value' in outcome)
            return outcome.value;
        const { trouble } = outcome;
        const error = signal.aborted ? explainEnd(call, signal, last) : outcome.error;
        if (outcome.maybeDone)
            call.onDoubt?.();
        if (outcome.maybeDone && call.once)
            throw explainLoss(error);
        if (signal.aborted || trouble === undefined)
            throw error;
        const wait = (0,retry/* waitBeforeRetry */.jy)(trouble, tries, outcome.retryAfter, deadline, machine.random());
        if (wait === undefined)
            throw error;
        if ((0,retry/* isLimit */.S4)(trouble))
            deadline.postpone(wait);
        // Perhaps only the machine at the other end of this connection answers like that.
        if (trouble === 'unintelligible')
            connection.renew();
        if (wait > LONG_WAIT)
            machine.info(explainWait(call, trouble, wait));
        last = error;
        await machine.pause(wait, signal);
    }
}
async function tryOnce(call, read, signIn, deadline, context, tries) {
    const { connection, machine } = context;
    const started = machine.clock.now();
    let exchanges = 0;
    let signed = false;
    const exchange = (authorization) => {
        exchanges++;
        signed = authorization !== undefined;
        return send(call, authorization, deadline, context);
    };
    const tell = (outcome) => {
        const milliseconds = Math.round(machine.clock.now() - started);
        const more = exchanges > 1 ? `, ${exchanges} requests` : '';
        machine.debug(`${call.method} ${call.path} ${outcome} in ${milliseconds} ms, try ${tries}${more}`);
    };
    const nonsense = (problem, cause) => {
        return { error: explainNonsense(call, problem, cause), trouble: 'unintelligible', maybeDone: signed };
    };
    let answer;
    try {
        answer = await signIn(call, exchange, deadline);
    }
    catch (error) {
        if (error instanceof wire/* WireFault */.ML) {
            tell(error.message);
            // A connection that did not answer one request in time may be dead; the next try shall not wait for it.
            if (error.reason === 'aborted' && error.sent && !deadline.signal.aborted)
                connection.renew();
            const trouble = (0,retry/* troubleOfFault */.jm)(error);
            return { error: explainFault(call, error, context.host), trouble, maybeDone: error.sent && signed };
        }
        tell('not signed in');
        if (error instanceof errors/* ChallengeError */.WK)
            return nonsense(`${error.message} ${CHECK_WAY}`, error);
        // The error of the call for a token, which has been repeated as often as it may be.
        throw error;
    }
    tell(answer.status);
    if (answer.status >= 200 && answer.status < 300) {
        if (!signed && call.method !== 'GET')
            return nonsense('the server did something without asking who we are, so it is not Atlas. Check baseUrl.');
        const value = read(answer);
        return value === undefined ? nonsense(oddityOf(answer)) : { value };
    }
    const refusal = (0,atlas_answer/* readRefusal */.ni)(answer);
    const trouble = (0,retry/* troubleOf */.LH)(refusal);
    // Any other refusal of the service's own, 429 and the 405 of an upgrade among them, says that nothing was done.
    // A page of a proxy does not say so, nor does a refusal that shows a secret: something was made then.
    const foreign = trouble === 'unintelligible' || (0,secrets/* secretsIn */.VY)(answer.text, false).length > 0;
    return {
        error: explainRefusal(call, refusal),
        trouble,
        retryAfter: refusal.retryAfter,
        maybeDone: signed && (foreign || (refusal.status >= 500 && trouble !== 'upgrade')),
    };
}
/** Sends one request. What the answer shows is masked before anything else is done with it. */
async function send({ method, path, accept, contentType = accept, body: whole, showsSecret = false }, authorization, deadline, { connection, machine, serviceClock, tryLimit }) {
    const body = authorization === undefined ? undefined : whole;
    const headers = {
        accept,
        'user-agent': 'atlas-project-api-key',
        ...(body !== undefined && { 'content-type': contentType }),
        ...(authorization !== undefined && { authorization }),
    };
    const maskAll = (text) => {
        for (const secret of (0,secrets/* secretsIn */.VY)(text, showsSecret))
            machine.mask(secret);
    };
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(tryLimit)]);
    try {
        const answer = await connection.exchange({ method, path, headers, body }, signal);
        maskAll(answer.text);
        serviceClock.note(answer.headers.date);
        return answer;
    }
    catch (error) {
        // not covered: an error of another kind is a mistake in this code.
        if (error instanceof wire/* WireFault */.ML)
            maskAll(error.received);
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/atlas/time.js
var time = __nccwpck_require__(4018);
;// CONCATENATED MODULE: ./lib/atlas/oauth.js





/** In milliseconds, for a revocation: the token would expire by itself, within the hour. */
const REVOKE_LIMIT = 3_000;
/**
 * The two calls that a service account makes for itself. RFC 6749 §2.3.1 asks to percent-encode both halves of its
 * credentials first; Atlas's ids and secrets hold nothing that this would change, and Atlas does not decode.
 */
function tokensOf({ clientId, clientSecret }, context) {
    const { machine } = context;
    const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const basic = (_call, exchange) => exchange(`Basic ${credentials}`);
    const [contentType, accept] = ['application/x-www-form-urlencoded', 'application/json'];
    const form = { method: 'POST', contentType, accept };
    return {
        /** https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2 */
        async fetch(deadline) {
            const does = 'sign in as the service account';
            const body = 'grant_type=client_credentials';
            const call = { ...form, path: '/api/oauth/token', does, body, showsSecret: true };
            const token = await makeCall(call, readToken, basic, deadline, context);
            machine.mask(token);
            return token;
        },
        /** https://www.rfc-editor.org/rfc/rfc7009#section-2.1 */
        async revoke(token) {
            const body = `token=${encodeURIComponent(token)}&token_type_hint=access_token`;
            const call = { ...form, path: '/api/oauth/revoke', does: 'revoke the token', body };
            await makeCall(call, () => true, basic, (0,time/* startDeadline */.db)(REVOKE_LIMIT, machine.clock), context);
        },
    };
}
/** The token of an answer to the token request, or undefined when there is none that a header can carry. */
function readToken(answer) {
    const { access_token: token, token_type: type } = (0,atlas_answer/* parseObject */.lj)(answer.text) ?? {};
    const bearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
    // RFC 6750 §2.1: the characters of a bearer token.
    return bearer && typeof token === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? token : undefined;
}
/**
 * Signs in as a service account. The token is fetched once, when it is first needed, and shared by all calls
 * of the process: Atlas gives fifty new ones a minute, and a hundred may be alive. One that was accepted before and is
 * refused now has expired and is replaced; one that never was accepted is not, because the next would fare no better.
 * `end` revokes the token, if one was fetched.
 */
function tokenSession(tokens) {
    let fetching;
    let token;
    const accepted = new Set();
    const currentToken = async (deadline) => {
        while (token === undefined) {
            const mine = fetching === undefined;
            fetching ??= tokens.fetch(deadline).finally(() => {
                fetching = undefined;
            });
            try {
                token = await (0,wire/* waitFor */.fm)(fetching, deadline.signal);
            }
            catch (error) {
                // Another call was fetching the token, and only that call ran out of time.
                if (mine || deadline.signal.aborted || !(0,errors/* isAtlasError */.yH)(error, 'timeout', 'cancelled'))
                    throw error;
            }
        }
        return token;
    };
    const signIn = async (_call, exchange, deadline) => {
        for (let renewals = 0;; renewals++) {
            const used = await currentToken(deadline);
            const answer = await exchange(`Bearer ${used}`);
            if (answer.status !== 401) {
                accepted.add(used);
                return answer;
            }
            // Any other 401 says: I know you, but no.
            const isRefused = (0,atlas_answer/* readRefusal */.ni)(answer).kind === 'credentials';
            if (!isRefused || !accepted.has(used) || renewals === 1)
                return answer;
            // Several calls may see the same expiry; only the first of them drops the token.
            if (token === used)
                token = undefined;
        }
    };
    const end = async () => {
        const last = token;
        token = undefined;
        if (last !== undefined)
            await tokens.revoke(last);
    };
    return { signIn, end };
}

// EXTERNAL MODULE: ./lib/atlas/shapes.js
var shapes = __nccwpck_require__(6437);
;// CONCATENATED MODULE: ./lib/atlas/calls.js






/** The version that Atlas gives for every key endpoint: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ */
const OF_KEYS = 'application/vnd.atlas.2023-01-01+json';
/** And for every endpoint of service accounts. */
const OF_ACCOUNTS = 'application/vnd.atlas.2024-08-05+json';
const UNVERSIONED = 'application/json';
// The roles that Atlas asks of the caller, in its own words.
const READER = 'Project Read Only';
const MANAGER = 'Project Access Manager';
const OWNER = 'Project Owner';
const ORG_READER = 'Organization Read Only';
const MEMBER = 'Organization Member';
const ORG_OWNER = 'Organization Owner';
/** The calls of the Admin API, made by `caller` or, where a key is named, by that key. */
function atlasCalls(surface, caller, signInOf, deadline, context) {
    const below = (root, accept) => callsBelow(root, accept, caller, deadline, context);
    const ofKeys = below(`/api/${surface}`, surface === 'atlas/v2' ? OF_KEYS : UNVERSIONED);
    const { call, get, post, make, patch, remove } = ofKeys;
    const { mask } = context.machine;
    const list = async (path, does, needs) => {
        const keys = await readAllPages((pageNum) => get(`${path}?itemsPerPage=${ITEMS_PER_PAGE}&pageNum=${pageNum}`, does, shapes/* readKeyPage */.Li, needs));
        const problem = `the list does not end after ${MOST_PAGES} pages. ${CHECK_WAY}`;
        if (keys === undefined)
            throw explainNonsense(call('GET', path, does), problem);
        return keys;
    };
    const updateRoles = async (groupId, apiUserId, roles) => {
        const path = at `/groups/${groupId}/apiKeys/${apiUserId}`;
        return patch(path, "set the key's roles in the project", { roles }, shapes/* readKey */.YZ, MANAGER);
    };
    return {
        serviceNow: context.serviceClock.now,
        accounts: {
            ...accountCalls(below('/api/atlas/v2', OF_ACCOUNTS), mask),
            longestSecret: async (orgId) => get(at `/orgs/${orgId}/settings`, "read the organisation's settings", shapes/* readLongestSecret */.Dj),
            signInAs: async (account) => {
                const tokens = tokensOf(account, context);
                const token = await tokens.fetch(deadline);
                await tokens.revoke(token).catch(() => undefined);
            },
        },
        readProject: async (groupId) => get(at `/groups/${groupId}`, 'read the project', shapes/* readProject */.Wh, READER),
        listProjectKeys: async (groupId) => list(at `/groups/${groupId}/apiKeys`, "list the project's keys", READER),
        listOrganizationKeys: async (orgId) => list(at `/orgs/${orgId}/apiKeys`, "list the organisation's keys", MEMBER),
        readOrganizationKey: async (orgId, apiUserId) => get(at `/orgs/${orgId}/apiKeys/${apiUserId}`, 'read the key', shapes/* readKey */.YZ, MEMBER),
        createKey: async (groupId, { desc, roles }) => {
            const path = at `/groups/${groupId}/apiKeys`;
            const key = await make(path, 'make a key in the project', { desc, roles }, shapes/* readNewKey */.iO, MANAGER);
            mask(key.privateKey);
            return key;
        },
        assignKey: async (groupId, apiUserId, roles) => {
            // Cloud Manager and Ops Manager know no POST here: they assign by PATCH.
            if (surface !== 'public/v1.0') {
                const path = at `/groups/${groupId}/apiKeys/${apiUserId}`;
                try {
                    return await post(path, 'assign the key to the project', [{ roles }]);
                }
                catch (error) {
                    // PATCH assigns, too, and asks for less: Project Access Manager in place of Project Owner.
                    if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere', 'notAllowed'))
                        throw error;
                }
            }
            await updateRoles(groupId, apiUserId, roles);
        },
        updateRoles,
        renameKey: async ({ groupId, orgId, apiUserId }, desc) => {
            const does = "change the key's description";
            const rename = (path, needs) => patch(path, does, { desc }, shapes/* readKey */.YZ, needs);
            let gone;
            // Ops Manager documents only `roles` for the project's PATCH.
            if (surface !== 'public/v1.0') {
                try {
                    const key = await rename(at `/groups/${groupId}/apiKeys/${apiUserId}`, MANAGER);
                    if (key.desc === desc)
                        return key;
                }
                catch (error) {
                    // Not assigned any more, or a project PATCH that wants roles: the organisation's own can still do it.
                    if (!(0,errors/* isAtlasError */.yH)(error, 'gone', 'badRequest'))
                        throw error;
                    if (error.kind === 'gone')
                        gone = error;
                }
            }
            const path = at `/orgs/${orgId}/apiKeys/${apiUserId}`;
            const key = await rename(path, ORG_OWNER).catch((error) => {
                // That the project does not know the key says more than the role that the caller lacks in the organisation.
                throw gone !== undefined && (0,errors/* isAtlasError */.yH)(error, 'notAllowed') ? gone : error;
            });
            if (key.desc === desc)
                return key;
            const problem = 'the answer still shows the old one. Check api, and run the job again.';
            throw explainNonsense(call('PATCH', path, does), problem);
        },
        unassignKey: async (groupId, apiUserId) => remove(at `/groups/${groupId}/apiKeys/${apiUserId}`, 'take the key out of the project', MANAGER),
        deleteKey: async (orgId, apiUserId) => remove(at `/orgs/${orgId}/apiKeys/${apiUserId}`, 'delete the key', ORG_OWNER),
        whoAmI: async () => (await get('', 'ask who signs in', shapes/* readCaller */.wW)) ?? undefined,
        signInAs: async (key) => void (await get('', 'sign in as the key', isSuccess, undefined, signInOf(key))),
        addAccessListEntries: async (orgId, apiUserId, entries, as) => {
            const path = at `/orgs/${orgId}/apiKeys/${apiUserId}/accessList`;
            const signIn = as && signInOf(as);
            const add = async (some) => {
                try {
                    await post(path, "add to the key's access list", some, ORG_OWNER, signIn);
                }
                catch (error) {
                    if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere'))
                        throw error;
                    // One of several is there already, and Atlas may have refused the rest with it.
                    if (some.length > 1)
                        for (const entry of some)
                            await add([entry]);
                }
            };
            await add(entries);
        },
        currentAddress: async () => below('/api/private', UNVERSIONED).get('/ipinfo', "ask for this machine's address", shapes/* readAddress */.zq),
    };
}
/** The calls of service accounts on their own endpoints. */
function accountCalls({ get, post, make, patch, remove }, mask) {
    const all = (groupId) => at `/groups/${groupId}/serviceAccounts`;
    const one = (groupId, clientId) => at `/groups/${groupId}/serviceAccounts/${clientId}`;
    const entries = (groupId, clientId) => `${one(groupId, clientId)}/accessList`;
    /** A page is as long as any of these lists: 200 accounts an organisation, 200 entries a list. */
    const list = (path, does, item, needs) => get(`${path}?itemsPerPage=${ITEMS_PER_PAGE}`, does, shapes/* readResults */.x8(item), needs);
    return {
        list: async (groupId) => list(all(groupId), "list the project's service accounts", shapes/* readAccount */.GM, READER),
        listProjects: async (orgId, clientId) => {
            const path = at `/orgs/${orgId}/serviceAccounts/${clientId}/groups`;
            return list(path, "list the service account's projects", shapes/* readProjectId */.bS, ORG_READER);
        },
        create: async (groupId, { name, description, roles, hours }) => {
            const body = { name, description, roles, secretExpiresAfterHours: hours };
            const account = await make(all(groupId), 'make a service account', body, shapes/* readNewAccount */.Qr, OWNER);
            mask(account.secret.secret);
            return account;
        },
        update: async (groupId, clientId, change) => patch(one(groupId, clientId), 'change the service account', change, shapes/* readAccount */.GM, OWNER),
        unassign: async (groupId, clientId) => remove(one(groupId, clientId), 'take the service account out of the project', OWNER),
        delete: async (orgId, clientId) => remove(at `/orgs/${orgId}/serviceAccounts/${clientId}`, 'delete the service account', ORG_OWNER),
        createSecret: async (groupId, clientId, hours) => {
            const path = `${one(groupId, clientId)}/secrets`;
            const body = { secretExpiresAfterHours: hours };
            const does = 'make a secret of the service account';
            const made = await make(path, does, body, shapes/* readNewSecret */.fh, OWNER);
            mask(made.secret);
            return made;
        },
        deleteSecret: async (groupId, clientId, secretId) => {
            const path = at `/groups/${groupId}/serviceAccounts/${clientId}/secrets/${secretId}`;
            return remove(path, 'delete the secret of the service account', OWNER);
        },
        listEntries: async (groupId, clientId) => list(entries(groupId, clientId), "read the service account's access list", shapes/* readEntry */.hB, READER),
        addEntries: async (groupId, clientId, added) => post(entries(groupId, clientId), "add to the service account's access list", added, MANAGER),
        removeEntry: async (groupId, clientId, ipAddress) => {
            const path = `${entries(groupId, clientId)}/${encodeURIComponent(ipAddress)}`;
            return remove(path, "remove from the service account's access list", MANAGER);
        },
    };
}
/** The forms that calls have. Each is told its path below the root, what it does, and the role that it needs. */
function callsBelow(root, accept, caller, deadline, context) {
    const call = (method, path, does, needs, body) => {
        return { method, path: `${root}${path}`, does, needs, accept, body: JSON.stringify(body) };
    };
    const ask = (request, read, signIn = caller) => makeCall(request, ({ text }) => read((0,atlas_answer/* parseObject */.lj)(text)), signIn, deadline, context);
    /** Needs no body; but one that carries an error, or a page of a proxy, is no success. */
    const send = async (request, signIn = caller) => {
        const read = ({ text }) => text.trim() === '' || isSuccess((0,atlas_answer/* parseObject */.lj)(text));
        await makeCall(request, read, signIn, deadline, context);
    };
    return {
        call,
        get: (path, does, read, needs, signIn) => ask(call('GET', path, does, needs), read, signIn),
        patch: (path, does, body, read, needs) => ask(call('PATCH', path, does, needs, body), read),
        post: (path, does, body, needs, signIn) => send(call('POST', path, does, needs, body), signIn),
        /** Never sent twice. Whoever calls it masks the secret that was read, whatever form it had. */
        make: (path, does, body, read, needs) => ask({ ...call('POST', path, does, needs, body), once: true, showsSecret: true }, read),
        async remove(path, does, needs) {
            let doubt = false;
            try {
                await send({ ...call('DELETE', path, does, needs), onDoubt: () => (doubt = true) });
                return 'deleted';
            }
            catch (error) {
                // A wrong organisation says nothing about what is in it: that may live on in another.
                if (!(0,errors/* isAtlasError */.yH)(error, 'gone') || error.errorCode === 'ORG_NOT_FOUND')
                    throw error;
                // Our own first try did it, and only its answer was lost.
                return doubt ? 'deleted' : 'gone';
            }
        },
    };
}
const isSuccess = (body) => ((0,atlas_answer/* isObject */.Gv)(body) && (0,atlas_answer/* errorCodeIn */.nu)(body) === undefined) || undefined;
/** A path with ids. Throws before anything is sent when one of them is none: it could lead elsewhere. */
function at(texts, ...ids) {
    if (ids.every((id) => shapes/* isId */.eQ(id) || shapes/* isClientId */.XC(id)))
        return String.raw(texts, ...ids);
    const problem = 'An id must be 24 hex digits, behind mdb_sa_id_ for a service account; nothing was sent.';
    throw new errors/* AtlasError */.qL(problem, { kind: 'badRequest' });
}
/** The most that Atlas gives at once, and as many keys as an organisation may hold. */
const ITEMS_PER_PAGE = 500;
/** How many items a server gives that ignores `itemsPerPage`. */
const DEFAULT_ITEMS = 100;
/** Twenty-five pages, each read twice, hold far more than the 500 keys that Atlas allows: a longer list never ends. */
const MOST_PAGES = 50;
/**
 * Reads a list to its end. Items move between pages while others come and go, so each is returned once, by its id, and
 * a list of several pages is read again, until that shows nothing new: one may have slipped to a page that was read
 * already. Undefined when that takes more than `MOST_PAGES` pages.
 */
async function readAllPages(readPage) {
    const items = new Map();
    let known = -1;
    let pageNum = 1;
    for (let pages = 1; pages <= MOST_PAGES; pages++) {
        const { results, totalCount } = await readPage(pageNum);
        for (const item of results)
            items.set(item.id, item);
        const isLast = results.length < ITEMS_PER_PAGE && (results.length !== DEFAULT_ITEMS || totalCount <= items.size);
        const pagesWithItems = results.length > 0 ? pageNum : pageNum - 1;
        if (!isLast)
            pageNum += 1;
        else if (pagesWithItems <= 1 || items.size === known)
            return [...items.values()];
        else
            [known, pageNum] = [items.size, 1];
    }
    return undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./lib/atlas/digest.js




/** How often one call is signed anew, each time with a fresh nonce: stale ones, and servers with one-time ones. */
const MOST_SIGNINGS = 3;
const STALE = /\bstale[ \t]*=[ \t]*"?true/i;
/**
 * Signs in with an API key over HTTP Digest. The first call of a session fetches the challenge, with its own method and
 * path; calls made meanwhile wait for that one. The nonce is then used again with a rising count, and each try
 * is signed anew.
 */
function digestSignIn(key, session) {
    return async (call, exchange, deadline) => {
        // Set to the nonce that this very call was given: refused with that one, the credentials are wrong.
        let own;
        while (session.fetching !== undefined)
            await (0,wire/* waitFor */.fm)(session.fetching, deadline.signal);
        if (session.nonce === undefined) {
            const { promise, resolve } = Promise.withResolvers();
            session.fetching = promise;
            try {
                const answer = await exchange(undefined);
                if (answer.status !== 401)
                    return answer;
                own = chooseChallenge(answer.headers['www-authenticate'] ?? '');
                session.nonce = own;
            }
            finally {
                session.fetching = undefined;
                resolve();
            }
        }
        for (let signings = 1;; signings++) {
            const nonce = own ?? session.nonce;
            nonce.uses++;
            const cnonce = (0,external_node_crypto_.randomBytes)(16).toString('hex');
            const answer = await exchange(digestAuthorization(nonce, key, call, cnonce));
            if (answer.status !== 401) {
                session.nonce = announced(answer, nonce) ?? session.nonce;
                return answer;
            }
            const header = answer.headers['www-authenticate'];
            // Atlas answers "not allowed" with 401, too, and signing again would only repeat the refusal. But a stale
            // nonce tells the server nothing about the caller, so then its body does not count.
            if (header === undefined || ((0,atlas_answer/* readRefusal */.ni)(answer).kind !== 'credentials' && !STALE.test(header)))
                return answer;
            const refused = own !== undefined;
            own = chooseChallenge(header);
            session.nonce = own;
            if ((refused && !own.stale) || signings === MOST_SIGNINGS)
                return answer;
        }
    };
}
/** The nonce that the server wants to see next: https://www.rfc-editor.org/rfc/rfc7616#section-3.5 */
function announced({ headers }, used) {
    const nonce = /(?:^|[\s,])nextnonce="([^"\\]+)"/i.exec(headers['authentication-info'] ?? '')?.[1];
    return nonce === undefined ? undefined : { ...used, nonce, uses: 0 };
}
/** Weakest last: RFC 7616 §3.7 asks for the strongest one offered. */
const HASHES = [
    ['SHA-256', 'sha256'],
    ['MD5', 'md5'],
];
/**
 * Chooses the strongest Digest challenge of a `WWW-Authenticate` header that we can answer: SHA-256 before MD5, with
 * `qop=auth`. `userhash` is an offer that a client may leave (RFC 7616 §3.3), and so we leave it.
 * Throws a `ChallengeError` that says what was offered when there is none.
 */
function chooseChallenge(header) {
    const challenges = parseChallenges(header);
    const offers = challenges.filter(({ scheme }) => scheme === 'digest');
    for (const [name, hash] of HASHES) {
        for (const { parameters } of offers) {
            const [realm, nonce, algorithm] = ['realm', 'nonce', 'algorithm'].map((field) => parameters.get(field));
            const qualities = (parameters.get('qop') ?? '')
                .split(',')
                .map((quality) => quality.trim().toLowerCase());
            const fits = (algorithm ?? 'MD5').toUpperCase() === name && qualities.includes('auth');
            if (!fits || realm === undefined || nonce === undefined || nonce === '')
                continue;
            /** The credentials were right, only the nonce is too old. */
            const stale = parameters.get('stale')?.toLowerCase() === 'true';
            return { realm, nonce, opaque: parameters.get('opaque'), hash, algorithm, stale, uses: 0 };
        }
    }
    throw new errors/* ChallengeError */.WK(`${describe(challenges)}. This action understands Digest with MD5 or SHA-256 and qop=auth.`);
}
/** Names that are registered: no other words of the server are printed. */
const REGISTERED = /^(?:basic|bearer|negotiate|ntlm|digest with (?:MD5|SHA-256|SHA-512-256)(?:-sess)? and qop=(?:auth|auth-int|\(none\)))$/i;
function describe(challenges) {
    if (challenges.length === 0)
        return 'No way to sign in is offered';
    const offers = challenges.map(({ scheme, parameters }) => {
        const { algorithm = 'MD5', qop = '(none)' } = Object.fromEntries(parameters);
        const offer = scheme === 'digest' ? `digest with ${algorithm} and qop=${qop}` : scheme;
        const other = scheme === 'digest' ? 'digest with another algorithm or qop' : 'something else';
        return REGISTERED.test(offer) ? offer : other;
    });
    return `Only ${[...new Set(offers)].join('; ')} is offered to sign in`;
}
/**
 * The value of the `Authorization` header that answers a challenge: RFC 7616 §3.4, with `qop=auth`. `uses` counts this
 * time, too; the path is signed with its query, exactly as it is sent.
 */
function digestAuthorization({ hash: name, realm, nonce, opaque, algorithm, uses }, { publicKey, privateKey }, { method, path }, cnonce) {
    const hash = (...parts) => (0,external_node_crypto_.createHash)(name).update(parts.join(':')).digest('hex');
    const nc = uses.toString(16).padStart(8, '0');
    const secret = hash(publicKey, realm, privateKey);
    const response = hash(secret, nonce, nc, cnonce, 'auth', hash(method, path));
    const parts = [
        `username=${quoted(publicKey)}`,
        `realm=${quoted(realm)}`,
        `nonce=${quoted(nonce)}`,
        `uri=${quoted(path)}`,
        `response="${response}"`,
        // Unquoted on purpose: RFC 7616 §3.4 says so for these three.
        ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
        'qop=auth',
        `nc=${nc}`,
        `cnonce=${quoted(cnonce)}`,
        ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ];
    return `Digest ${parts.join(', ')}`;
}
function quoted(text) {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
// RFC 9110 §5.6.2, §5.6.4 and §11.2, without nested choices of the same character: linear in time.
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = String.raw `"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*)"`;
const END = String.raw `(?=[ \t]*(?:,|$))`;
const PARAMETER = String.raw `(${TOKEN})[ \t]*=[ \t]*(?:${QUOTED}|(${TOKEN}))${END}`;
// What follows a scheme is a token68 (Negotiate), the first parameter, or the next challenge.
const SCHEME = String.raw `(${TOKEN})(?:[ \t]+[A-Za-z0-9\-._~+/]+=*${END}|(?=[ \t,]|$))`;
const ITEM = new RegExp(String.raw `[ \t,]*(?:${PARAMETER}|${SCHEME})`, 'gy');
/**
 * Reads the challenges of a `WWW-Authenticate` header. Several header lines are joined with a comma before.
 * Throws a `ChallengeError` when the text is no list of challenges, or when one names a
 * parameter twice, which RFC 9110 §11.2 forbids: two readers could then see two different challenges.
 */
function parseChallenges(header) {
    const challenges = [];
    let end = 0;
    for (const found of header.matchAll(ITEM)) {
        const [item, name = '', quoted, token = '', scheme] = found;
        if (scheme !== undefined) {
            challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
        }
        else {
            const parameters = challenges.at(-1)?.parameters;
            // A parameter stands before its scheme.
            if (parameters === undefined)
                break;
            if (parameters.has(name.toLowerCase()))
                throw new errors/* ChallengeError */.WK('The WWW-Authenticate header cannot be read: a parameter is given twice.');
            parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? token);
        }
        end = found.index + item.length;
    }
    if (/[^ \t,]/.test(header.slice(end)))
        throw new errors/* ChallengeError */.WK('The WWW-Authenticate header cannot be read.');
    return challenges;
}

;// CONCATENATED MODULE: ./lib/atlas/api.js






/** In bytes. A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 2 * 1024 * 1024;
/** Opens a session. It begins to connect at once, and asks nothing before the first call. */
function openAtlas(options) {
    const { baseUrl, surface, credentials, proxy, tryLimit = 30_000 } = options;
    const masked = new Set();
    const mask = (secret) => {
        if (secret !== '' && !masked.has(secret))
            options.machine.mask(secret);
        masked.add(secret);
    };
    // A proxy's password, as it stands in the URL and as it is meant.
    if (proxy !== undefined)
        [new URL(proxy).password, (0,wire_proxy/* proxyCredentials */.F)(proxy).password].forEach(mask);
    const { origin, host } = new URL(baseUrl);
    const connection = (0,wire_connection/* openConnection */.J)({ origin, proxy, largest: LARGEST_ANSWER });
    const machine = { ...options.machine, mask };
    const serviceClock = (0,time/* followServiceClock */.jc)(machine.clock);
    const context = { connection, host, serviceClock, machine, tryLimit };
    const { caller, as, end } = signInFor(credentials, context);
    const within = (deadline) => atlasCalls(surface, caller, as, deadline, context);
    return {
        atlas: within(options.deadline),
        within,
        async close() {
            await end().catch(() => undefined);
            await connection.close();
        },
    };
}
function signInFor(credentials, context) {
    if (credentials.kind === 'apiKey') {
        const session = {};
        // Another key goes on with the caller's nonce, which saves a challenge.
        const as = (key) => digestSignIn(key, session);
        return { caller: as(credentials), as, end: async () => { } };
    }
    const { signIn, end } = tokenSession(tokensOf(credentials, context));
    return { caller: signIn, as: (key) => digestSignIn(key, {}), end };
}

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __nccwpck_require__(7168);
// EXTERNAL MODULE: ./lib/publish.js + 10 modules
var publish = __nccwpck_require__(5534);
// EXTERNAL MODULE: ./lib/request.js
var request = __nccwpck_require__(5834);
;// CONCATENATED MODULE: ./lib/session.js
/** The parts of a step that main and post share: a session with Atlas under two deadlines, and what a mode is handed. */







/** Kept of the timeout for undoing, in milliseconds: enough for a look-up and two calls. */
const KEPT_FOR_UNDOING = 10_000;
/** What a cancelled step takes for undoing: the runner sends SIGTERM after 7.5 seconds, and SIGKILL 2.5 later. */
const UNDOING_AFTER_CANCEL = 5_000;
const machine = {
    clock: { now: () => performance.now(), wall: () => Date.now() },
    // Resolves early when the signal aborts; its timer does not keep the process alive beyond that.
    pause: async (milliseconds, signal) => {
        await (0,promises_.setTimeout)(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    random: Math.random,
    mask: publish/* mask */.dK,
    info: publish/* log */.Rm.info,
    debug: publish/* log */.Rm.debug,
};
function openSession({ record, credentials, proxy, signals, patience, store }) {
    const { baseUrl, surface, run, nonce, timeout } = record;
    // A call that nobody waits for any more must not be repeated, or it keeps the process from ending.
    const ended = new AbortController();
    const startUntil = (milliseconds, end) => (0,time/* startDeadline */.db)(milliseconds, machine.clock, AbortSignal.any([end, ended.signal]), patience);
    const deadline = startUntil(timeout - Math.min(KEPT_FOR_UNDOING, timeout / 4), signals.cancelled);
    const session = openAtlas({ baseUrl, surface, credentials, proxy, deadline, machine });
    const left = new Map();
    const step = {
        atlas: session.atlas,
        undoing: session.within(startUntil(timeout, signals.abandoned)),
        surface,
        run,
        nonce,
        caller: (0,request/* nameOfCaller */.IJ)(credentials),
        log: publish/* log */.Rm,
        leave: (key, why) => {
            if (!left.has(key.id))
                publish/* log */.Rm.warning(`Left key ${(0,keys_step/* nameOf */.Vb)(key)} as it is: ${why}.`);
            left.set(key.id, { apiUserId: key.id, publicKey: key.publicKey, why });
        },
        remaining: deadline.remaining,
        isOver: () => deadline.signal.aborted,
        pause: async (milliseconds) => {
            await machine.pause(milliseconds, deadline.signal);
            if (deadline.signal.aborted)
                throw endOf(deadline.signal);
        },
        journal: (entry) => (0,publish/* saveState */.LZ)({ ...record, entry }),
        deliver: async (delivery) => {
            await store?.('key' in delivery
                ? delivery.key
                : { publicKey: delivery.clientId, privateKey: delivery.clientSecret });
            (0,publish/* deliverOutputs */.e)(delivery);
        },
        recall: publish/* recallOutputs */.u3,
    };
    return {
        step,
        get left() {
            return [...left.values()];
        },
        deadline,
        close: () => {
            ended.abort();
            return session.close();
        },
    };
}
/** Turns the runner's cancel into two signals: stop now, and give up undoing a little later, or at once on a second. */
function listenForCancel() {
    const cancelled = new AbortController();
    const abandoned = new AbortController();
    const onSignal = (name) => {
        if (cancelled.signal.aborted) {
            abandoned.abort(new Error(`second signal: ${name}`));
            return;
        }
        publish/* log */.Rm.info('The run is cancelled; undoing what nobody holds yet.');
        setTimeout(() => abandoned.abort(new Error(`no time left after ${name}`)), UNDOING_AFTER_CANCEL).unref();
        cancelled.abort(new Error(name));
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return { cancelled: cancelled.signal, abandoned: abandoned.signal };
}
function endOf(signal) {
    const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    return timedOut
        ? new errors/* AtlasError */.qL('The time for all calls of this step (timeout) is used up while it still waited for Atlas to know the new key, or ' +
            'for another run to finish its own. Run the job again, or give a longer timeout.', { kind: 'timeout' })
        : new errors/* AtlasError */.qL('The run was cancelled.', { kind: 'cancelled' });
}


/***/ }),

/***/ 8847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ renderSummary),
/* harmony export */   fb: () => (/* binding */ tellPlan),
/* harmony export */   zt: () => (/* binding */ renderFailure)
/* harmony export */ });
/* unused harmony exports renderCommit, renderUnfinished */
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7236);
/* harmony import */ var _inputs_findings_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3867);
/* harmony import */ var _keys_key_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2375);
/* harmony import */ var _keys_mark_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3043);
/* harmony import */ var _keys_step_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7168);
/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */





/** A table shows no more rows than these. The log names everything. */
const ROWS_SHOWN = 50;
/** What a step did. */
function renderSummary(outcome, surroundings) {
    const { left, stored = [], serverUrl, credential = 'apiKey' } = surroundings;
    // Where the job decides, the post step tells of the family when that is done.
    const family = standingOf(outcome) === 'undecided' ? [] : outcome.family;
    return page(headlineOf(outcome, credential), renderFacts(outcome), table(['Stored as', 'In'], stored, ({ names, where }) => [codes(names), escaped(where)]), table(['Would', 'Key', 'What'], outcome.plan, ({ action, key, what }) => [
        action,
        key === undefined ? '' : code((0,_keys_step_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(key)),
        escaped(what),
    ]), outcome.facts !== undefined && family.length > 0 ? 'Every key of this description:' : '', renderFamily(family, outcome.result === 'swept' ? serverUrl : undefined), renderLeft(left), warned(outcome.problem));
}
/** What post adds when a rotation has been decided. */
function renderCommit({ outcome, family }, left) {
    const headline = outcome === 'committed'
        ? 'The rotation is final'
        : 'A newer rotation was quicker, and its key is current';
    return page(headline, renderFamily(family), renderLeft(left));
}
const UNFINISHED = {
    findUnanswered: 'A key may be left over',
    withdraw: 'A key is left over',
    revoke: 'The key is still alive',
    finishEnsure: 'The key needs a look',
    commit: 'The rotation is not final',
    leaveUndecided: 'The new key is not current',
    deleteSecret: 'The secret is still alive',
    finishAccount: 'The service account needs a look',
    commitSecret: 'The rotation is not final',
    leaveSecret: 'The new secret is not current',
};
/** What post adds when something is left to do: `told` says what, and why. */
function renderUnfinished(task, told) {
    return page(UNFINISHED[task], warned(told));
}
/** What is left of a step that failed. */
function renderFailure(error) {
    if (!(error instanceof _inputs_findings_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz))
        return page('The step failed', warned((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)));
    const problems = error.problems.map((problem) => `- ${escaped(problem)}`);
    return page('The inputs are wrong, so nothing was done', problems.join('\n'));
}
function page(headline, ...parts) {
    return `${[`### ${headline}`, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
function warned(sentence = '') {
    return sentence && `> [!WARNING]\n> ${escaped(sentence)}`;
}
/** No mode assigns a service account, so that headline is never shown. */
const HEADLINES = {
    created: { apiKey: 'Created a project API key', serviceAccount: 'Made a secret of a service account' },
    rotated: {
        apiKey: 'Rotated the project API key',
        serviceAccount: 'Rotated the secret of a service account',
    },
    assigned: { apiKey: 'Assigned an API key to the project', serviceAccount: 'Assigned a service account' },
    updated: { apiKey: 'Updated an API key', serviceAccount: 'Updated a service account' },
    unchanged: {
        apiKey: 'The API key is as declared',
        serviceAccount: 'The service account is as declared',
    },
};
/** How a headline ends where the new key or secret is not the current one. */
const STANDINGS = {
    ephemeral: ' for this job',
    undecided: ', which becomes current when the job succeeds',
    previous: ', but a newer one is current',
};
function headlineOf(outcome, credential) {
    const { result, changed, family, plan, problem } = outcome;
    switch (result) {
        case 'created':
        case 'rotated': {
            const after = STANDINGS[standingOf(outcome) ?? 'current'];
            return after === undefined ? HEADLINES[result][credential] : HEADLINES.created[credential] + after;
        }
        case 'revoked':
            if (credential === 'apiKey')
                return revokedOf(family, 'API key', 'There was no such key to revoke');
            if (problem !== undefined)
                return 'Not every service account was revoked';
            return changed ? 'Revoked service accounts' : 'There was no such service account to revoke';
        case 'swept':
            return revokedOf(family, 'left-over API key', 'Nothing was left over');
        case 'planned': {
            const what = plan.length === 0 ? 'nothing would be changed' : `${(0,_keys_step_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(plan, 'change')} would be made`;
            return `Dry run: ${what}${problem === undefined ? '' : ', and the step would fail'}`;
        }
        default:
            return HEADLINES[result][credential];
    }
}
function revokedOf(family, noun, none) {
    if (family.length === 0)
        return none;
    const revoked = family.filter(({ state }) => state === 'revoked').length;
    if (revoked === 0)
        return `Revoked no ${noun}`;
    return `Revoked ${revoked === family.length ? '' : `${revoked} of `}${(0,_keys_step_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(family, noun)}`;
}
/** What the key, or the secret, that the outcome is about has become. */
function standingOf({ facts, account, expiresAt, family }) {
    if (account !== undefined)
        return account.standing;
    if (expiresAt !== undefined)
        return 'ephemeral';
    return family.find(({ apiUserId }) => apiUserId === facts?.key.id)?.state;
}
function renderFacts({ facts, account, expiresAt }) {
    const about = facts ?? account;
    if (about === undefined)
        return '';
    const at = (time) => (time === undefined ? undefined : (0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .isoSeconds */ .nE)(time));
    const [until, formerUntil] = [at(expiresAt), at(account?.formerEndsAt)];
    const rows = [
        ['Key', facts && code(facts.key.id)],
        ['Public key', facts && code(facts.key.publicKey)],
        ['Client id', account && code(account.clientId)],
        ['Roles', codes(about.roles) || 'none in this project'],
        [about.groupIds.length === 1 ? 'Project' : 'Projects', codes(about.groupIds)],
        ['Made', facts && (0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .isoSeconds */ .nE)((0,_keys_key_js__WEBPACK_IMPORTED_MODULE_4__/* .createdAt */ .CT)(facts.key.id))],
        ['Lives until', facts && until && `the end of this job; counts as left over from ${until}`],
        ['Secret ends', account && until],
        ['Former secret ends', formerUntil && `by ${formerUntil}`],
    ];
    const head = [facts === undefined ? 'Service account' : 'Description', code(about.desc)];
    const known = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return table(head, known, (row) => row);
}
/** The plan as lines of the log. */
function tellPlan({ result, plan }) {
    if (result !== 'planned')
        return [];
    if (plan.length === 0)
        return ['Dry run: nothing would be changed.'];
    return plan.map(({ action, key, what }) => {
        return `Dry run, would ${action}${key === undefined ? '' : ` key ${(0,_keys_step_js__WEBPACK_IMPORTED_MODULE_0__/* .nameOf */ .Vb)(key)}`}: ${what}`;
    });
}
/** @param serverUrl given for keys of many descriptions and runs, of which each row then tells its own */
function renderFamily(family, serverUrl) {
    const columns = serverUrl === undefined ? [] : ['Description', 'Run'];
    return table(['Key', 'Public key', ...columns, 'Made', 'State'], newest(family), (row) => [
        code(row.apiUserId),
        code(row.publicKey),
        ...(serverUrl === undefined ? [] : cellsOfOrigin(row, serverUrl)),
        (0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .isoSeconds */ .nE)((0,_keys_key_js__WEBPACK_IMPORTED_MODULE_4__/* .createdAt */ .CT)(row.apiUserId)),
        row.state === 'retired' ? 'retired, still alive' : row.state,
    ]);
}
/** The only link of the summary. It leads to GitHub's own page of the run; a mark is parsed strictly, so it is safe. */
function cellsOfOrigin({ origin }, serverUrl) {
    if (origin === undefined)
        return ['', ''];
    const { repository, runId, attempt } = origin.run;
    const name = escaped(`${repository} ${runId}.${attempt}`);
    const address = `${serverUrl}/${repository}/actions/runs/${runId}`;
    return [code(origin.desc), serverUrl === '' ? name : `<a href="${address}">${name}</a>`];
}
function renderLeft(left) {
    const rows = table(['Key', 'Public key', 'Why'], newest(left), ({ apiUserId, publicKey, why }) => [
        code(apiUserId),
        code(publicKey),
        escaped(why),
    ]);
    return rows && `Left as they are, since this step may not touch them:\n\n${rows}`;
}
function newest(rows) {
    return rows.toSorted((left, right) => (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_4__/* .newestFirst */ .ll)({ id: left.apiUserId }, { id: right.apiUserId }));
}
/** A table with a row for each item, or nothing where there is none. */
function table(head, items, cellsOf) {
    if (items.length === 0)
        return '';
    const line = (cells) => `| ${cells.join(' | ')} |`;
    const rows = items.slice(0, ROWS_SHOWN).map((item) => line(cellsOf(item)));
    const more = items.length > ROWS_SHOWN ? [`\nand ${items.length - ROWS_SHOWN} more`] : [];
    return [line(head), line(head.map(() => ':--')), ...rows, ...more].join('\n');
}
function codes(texts) {
    return texts.map(code).join(' ');
}
function code(text) {
    return `<code>${escaped(text)}</code>`;
}
/**
 * Text that is text wherever it stands in Markdown or HTML: whatever could be syntax becomes a reference. GitHub also
 * makes links of bare addresses, e-mail addresses, names, numbers of issues and hashes of commits, some of them after
 * references are resolved, but never across a tag (https://github.github.com/gfm/#autolinks-extension-).
 */
function escaped(text) {
    return (text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/[&<>"'|\\`*_[\](){}#~!:@^$+=./-]/g, (character) => {
        return `&#${character.codePointAt(0)};${'#-./:@'.includes(character) ? '<wbr>' : ''}`;
    })
        // Ids of Atlas, which have 24 digits, are no hashes of commits.
        .replace(/\b(?![\da-f]{24}\b)[\da-f]{7,}\b/gi, (hash) => hash.replace(/.{6}/g, '$&<wbr>')));
}


/***/ }),

/***/ 3264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  An: () => (/* binding */ trustOf)
});

// UNUSED EXPORTS: TrustError, regain

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./lib/request.js
var request = __nccwpck_require__(5834);
;// CONCATENATED MODULE: ./lib/trust.js
/**
 * Whom this process signs in as, whose certificates it believes and which proxy it goes through, as far as environment
 * and files decide it. A later step can change all of that for post, so main leaves fingerprints in the state.
 */




/** Post may not do its work in these surroundings, which fails the job, whatever `onRevokeFailure` says. */
class TrustError extends (/* unused pure expression or super */ null && (Error)) {
}
/** What main leaves for post. */
function trustOf(environment, credentials, proxy, nonce) {
    const secret = credentials.kind === 'apiKey' ? credentials.privateKey : credentials.clientSecret;
    return {
        kind: credentials.kind,
        caller: (0,request/* nameOfCaller */.IJ)(credentials),
        heldIn: Object.keys(environment).filter((name) => environment[name]?.trim() === secret),
        secret: fingerprint(secret, nonce),
        proxy: proxy !== undefined && `${new URL(proxy).origin}/` === proxy ? proxy : '',
        route: fingerprint(secret, nonce, proxy ?? ''),
        variables: fingerprintsOf(environment, secret, nonce),
    };
}
/**
 * Finds in the environment of post what main had: the credentials, the proxy (empty for none), and which variables name
 * another proxy now, and are ignored.
 * @param proxyNow what the environment of post names: empty for none, `undefined` for no address
 * @throws {TrustError} where it is not there any more, and an `Error` where the runner may have lost it
 */
function regain(main, environment, nonce, proxyNow) {
    const secret = Object.values(environment)
        .map((value) => value?.trim() ?? '')
        .find((value) => value !== '' && fingerprint(value, nonce) === main.secret);
    if (secret === undefined)
        throw lost(main, environment);
    const now = fingerprintsOf(environment, secret, nonce);
    const names = new Set([...Object.keys(main.variables), ...Object.keys(now)]);
    const differing = [...names].filter((name) => main.variables[name] !== now[name]);
    const doubtful = differing.filter((name) => !PROXIES.includes(name));
    if (doubtful.length > 0) {
        throw changed(doubtful, 'or a file that it names did, so the credentials were not sent: a later step could have made this one believe ' +
            'another server.');
    }
    const proxy = [main.proxy, proxyNow].find((address) => address !== undefined && fingerprint(secret, nonce, address) === main.route);
    if (proxy === undefined) {
        throw changed(differing, "so nothing was sent: the post step goes through the step's own proxy only, and its address is not kept.");
    }
    const credentials = main.kind === 'apiKey'
        ? { kind: main.kind, publicKey: main.caller, privateKey: secret }
        : { kind: main.kind, clientId: main.caller, clientSecret: secret };
    return { credentials, proxy, ignored: proxy === proxyNow ? [] : differing };
}
function lost({ heldIn }, environment) {
    const overwritten = heldIn.filter((name) => !name.startsWith('INPUT_'));
    if (overwritten.length > 0) {
        return changed(overwritten, 'so the post step no longer has the secret that the step signed in with.');
    }
    const composites = 'inside composite actions the runner may lose inputs or mix them up. Set the credentials as variables of the ' +
        "job's environment there.";
    return heldIn.some((name) => environment[name])
        ? new TrustError(`The post step was given other credentials than the step itself, so it did not use them: ${composites}`)
        : new Error(`The credentials did not reach the post step: ${composites}`);
}
function changed(names, what) {
    return new TrustError(`${names.join(', ')} changed since the step itself ran, ${what} Set such variables for the whole job.`);
}
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];
/** What Node and its OpenSSL obey: https://nodejs.org/docs/latest-v24.x/api/cli.html#environment-variables-1 */
const SETTINGS = ['NODE_OPTIONS', 'NODE_USE_SYSTEM_CA', 'SSLKEYLOGFILE'];
const FILES = [
    'NODE_EXTRA_CA_CERTS',
    'OPENSSL_CONF',
    'OPENSSL_CONF_INCLUDE',
    'OPENSSL_ENGINES',
    'OPENSSL_MODULES',
];
/** Many tools set these. Node reads them only when it is to trust the authorities of the system or of OpenSSL. */
const FILES_OF_THE_SYSTEM = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];
function fingerprintsOf(environment, secret, nonce) {
    const { NODE_USE_SYSTEM_CA, NODE_OPTIONS = '' } = environment;
    const system = NODE_USE_SYSTEM_CA || /use.(?:system|openssl).ca/.test(NODE_OPTIONS);
    const files = [...FILES, ...(system ? FILES_OF_THE_SYSTEM : [])];
    return Object.fromEntries([...PROXIES, ...SETTINGS, ...files].flatMap((name) => {
        const value = environment[name];
        if (!value)
            return [];
        // OpenSSL takes a list of folders.
        const paths = files.includes(name) ? [...new Set([value, ...value.split(external_node_path_.delimiter)])] : [];
        return [[name, fingerprint(secret, nonce, name, value, ...paths.flatMap(contentsOf))]];
    }));
}
function fingerprint(secret, ...parts) {
    return (0,external_node_crypto_.createHmac)('sha256', secret).update(JSON.stringify(parts)).digest('hex');
}
/** The names and contents of all files in a folder, or of a file; its content is empty where it cannot be read. */
function contentsOf(path) {
    try {
        const names = (0,external_node_fs_namespaceObject.readdirSync)(path).sort();
        return names.flatMap((name) => [name, contentOf((0,external_node_path_.join)(path, name))]);
    }
    catch {
        return [path, contentOf(path)];
    }
}
function contentOf(path) {
    try {
        // To read a pipe or a device might never end.
        return (0,external_node_fs_namespaceObject.statSync)(path).isFile() ? (0,external_node_fs_namespaceObject.readFileSync)(path, 'base64') : '';
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 1853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ openConnection)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1692);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3112);



/** Nobody takes an early socket that is older than this, in milliseconds: a server may soon close it. */
const EARLY_LIMIT = 4_000;
/**
 * Opens a connection to an origin. It is one connection, because a second costs a TLS handshake and breaks the digest's
 * rising count. undici, which speaks over it, takes longer to load than all of our own code. So where no proxy is in
 * between, the TLS handshake is begun without it, and it is loaded in the meantime.
 */
function openConnection(options) {
    const { origin, proxy } = options;
    const closing = new AbortController();
    const early = proxy === undefined && origin.startsWith('https:') ? openEarly(origin, closing.signal) : undefined;
    const loading = (early?.underWay ?? Promise.resolve()).then(async () => {
        const { speakHttp } = await Promise.all(/* import() */[__nccwpck_require__.e(752), __nccwpck_require__.e(625)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5625));
        return speakHttp({ ...options, early: early?.socket, closing: closing.signal });
    });
    return {
        exchange: async (request, signal) => (await (0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .waitFor */ .fm)(loading, signal)).exchange(request, signal),
        renew: () => void loading.then((http) => http.renew()),
        async close() {
            closing.abort();
            await loading.then((http) => http.close());
        },
    };
}
function openEarly(origin, closing) {
    const { hostname, port } = new URL(origin);
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = (0,node_tls__WEBPACK_IMPORTED_MODULE_1__.connect)({
        host,
        port: Number(port || 443),
        servername: (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0 ? host : '',
        ALPNProtocols: ['h2', 'http/1.1'],
        rejectUnauthorized: true,
    });
    socket.setNoDelay(true).setTimeout(EARLY_LIMIT, () => socket.destroy());
    closing.addEventListener('abort', () => socket.destroy());
    // When it fails, undici opens another connection, and the error of that one is told.
    socket.on('error', () => { });
    const happens = (event) => new Promise((resolve) => socket.once(event, () => resolve()).once('close', () => resolve()));
    return {
        /** Resolves when the handshake waits for the server, or will never come to that. */
        underWay: happens('connect'),
        /** Ready to be spoken over, or undefined when it did not come to that. */
        socket: happens('secureConnect').then(() => (socket.destroyed ? undefined : socket)),
    };
}


/***/ }),

/***/ 9381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ proxyCredentials),
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var node_querystring__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1792);


/**
 * The proxy for an origin, from the environment: the first of `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
 * `ALL_PROXY` that is not empty (the lower-case spelling first, as curl does), unless `no_proxy` or `NO_PROXY` names
 * the host. Undefined is a direct connection, as always for plain http, which only a loopback address speaks. Throws a
 * `TypeError` when the value is no http(s) URL; the message does not repeat it, since it may hold a password.
 */
function proxyFor(origin, environment) {
    const { protocol, hostname, port } = new URL(origin);
    const read = (name) => environment[name]?.trim() || undefined;
    const name = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find(read);
    const value = read(name ?? '');
    if (value === undefined || protocol !== 'https:')
        return undefined;
    const exceptions = `${read('no_proxy') ?? ''},${read('NO_PROXY') ?? ''}`.split(/[\s,]/);
    if (exceptions.some((exception) => covers(exception, hostname, port || '443')))
        return undefined;
    const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
        throw new TypeError(`${name} is no http or https URL`);
    }
    return url.href;
}
/** `host`, `.host` and `*.host` cover the host and all below it; `host:port` only that port; `*` everything. */
function covers(exception, hostname, port) {
    if (exception === '*')
        return true;
    // A URL writes an IPv6 address in brackets, and so must we to tell its colons from a port's.
    const written = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(exception) ? `[${exception}]` : exception.toLowerCase();
    const [, host = '', onlyPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(written) ?? [];
    const bare = host.replace(/^\*?\./, '');
    if (bare === '' || (onlyPort !== undefined && onlyPort !== port))
        return false;
    return hostname === bare || hostname.endsWith(`.${bare}`);
}
/** A proxy URL's user name and password, decoded as far as they can be; empty when it has none. */
function proxyCredentials(proxy) {
    const { username, password } = new URL(proxy);
    return { username: node_querystring__WEBPACK_IMPORTED_MODULE_1__.unescape(username), password: node_querystring__WEBPACK_IMPORTED_MODULE_1__.unescape(password) };
}


/***/ }),

/***/ 3112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kl: () => (/* binding */ faultOf),
/* harmony export */   ML: () => (/* binding */ WireFault),
/* harmony export */   TR: () => (/* binding */ isCertificateCode),
/* harmony export */   fm: () => (/* binding */ waitFor)
/* harmony export */ });
/* unused harmony export codeOf */
/** A request without a whole answer. No user reads it: who asked makes an error of it. */
class WireFault extends Error {
    name = 'WireFault';
    reason;
    /** Whether the request may have reached the server. */
    sent;
    /** The part of the answer's body that did arrive. May hold a secret. */
    received;
    /** Node's or undici's code, such as `ECONNREFUSED`, `status 407` of a proxy, or empty. */
    code;
    constructor(reason, facts) {
        const { cause, sent = false, received = '', code = codeOf(cause) } = facts;
        super(code === '' ? reason : code, { cause });
        this.reason = reason;
        this.sent = sent;
        this.received = received;
        this.code = code;
    }
}
/**
 * Names the fault in an error of Node or undici. `begun`: the head of an answer had arrived. `tunnel`: it is to go
 * through a proxy, and until it is sent that is at fault for everything but a certificate behind it.
 */
function faultOf(error, facts) {
    const code = codeOf(error);
    const fault = (reason) => new WireFault(reason, { ...facts, cause: error });
    if (isCertificateCode(code))
        return fault('untrusted');
    if (facts.tunnel && !facts.sent) {
        const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
        const told = status === undefined ? codeOf(error.cause) || code || error.name : `status ${status}`;
        return new WireFault('proxy', { cause: error, code: told });
    }
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
        return fault('tooLarge');
    // Where the head was HTTP, a parse error after it means that the body was cut off.
    const unparsed = error.name === 'HTTPParserError' && !facts.begun;
    if (unparsed || code === 'UND_ERR_HEADERS_OVERFLOW')
        return fault('notHttp');
    return fault(facts.sent ? 'broken' : 'unreachable');
}
// https://nodejs.org/api/tls.html#x509-certificate-error-codes, and Node's own check of the name.
const CERTIFICATE = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERR_TLS_CERT)/;
/** Whether this code of an error says that the other side's certificate is not trusted, or not for this host. */
function isCertificateCode(code) {
    return CERTIFICATE.test(code);
}
/** The code that Node or undici gave an error, or nothing. */
function codeOf(error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : '';
}
/**
 * Waits for something that others wait for, too, but no longer than this signal allows: then it rejects with a
 * `WireFault`, since nothing was sent. The shared work goes on.
 */
function waitFor(shared, signal) {
    // When nobody waits any more, a failure of the shared work is unhandled, and Node would end the process.
    shared.catch(() => { });
    const { promise, resolve, reject } = Promise.withResolvers();
    const abort = () => reject(new WireFault('aborted', { cause: signal.reason }));
    if (signal.aborted)
        abort();
    signal.addEventListener('abort', abort);
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    return promise;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		id: moduleId,
/******/ 		loaded: false,
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Flag the module as loaded
/******/ 	module.loaded = true;
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/node module decorator */
/******/ (() => {
/******/ 	__nccwpck_require__.nmd = (module) => {
/******/ 		module.paths = [];
/******/ 		if (!module.children) module.children = [];
/******/ 		return module;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(342);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
