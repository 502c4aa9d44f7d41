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

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

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

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

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

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

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

/***/ 7236:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
    call;
    status;
    errorCode;
    detail;
    constructor(message, details) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.kind = details.kind;
        this.call = details.call;
        this.status = details.status;
        this.errorCode = details.errorCode;
        this.detail = details.detail;
    }
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

/***/ 519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ proxyCredentials),
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);

/**
 * The proxy for an origin, from the environment: the first of `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
 * `ALL_PROXY` that is not empty (the lower-case spelling first, as curl does), unless `no_proxy` or `NO_PROXY`
 * names the host. Returns a URL, or undefined for a direct connection. Plain http is only allowed for a
 * loopback address and never goes through a proxy. Throws a `TypeError` when the value is no http(s) URL; the
 * message does not repeat it, since it may hold a password.
 */
function proxyFor(origin, environment) {
    const { protocol, hostname, port } = new URL(origin);
    const read = (name) => environment[name]?.trim() || undefined;
    const [named] = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].flatMap((name) => {
        const value = read(name);
        return value === undefined ? [] : [{ name, value }];
    });
    if (named === undefined || protocol !== 'https:')
        return undefined;
    const exceptions = `${read('no_proxy') ?? ''},${read('NO_PROXY') ?? ''}`.split(/[\s,]/);
    if (exceptions.some((exception) => covers(exception, hostname, port || '443')))
        return undefined;
    const { name, value } = named;
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
/** A proxy URL's user name and password, decoded; empty when it has none. */
function proxyCredentials(proxy) {
    const { username, password } = new URL(proxy);
    return { username: decoded(username), password: decoded(password) };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}


/***/ }),

/***/ 7955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kl: () => (/* binding */ faultOf),
/* harmony export */   ML: () => (/* binding */ WireFault),
/* harmony export */   fR: () => (/* binding */ ProxyRefusal)
/* harmony export */ });
/* harmony import */ var _certificate_fault_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3973);

/** A request without a whole answer. Never leaves this directory: `explain.ts` makes an `AtlasError` of it. */
class WireFault extends Error {
    name = 'WireFault';
    reason;
    /** Whether the request may have reached the server. */
    sent;
    /** The part of the answer's body that did arrive. May hold a secret. */
    received;
    /** Node's or undici's code, such as `ECONNREFUSED`, or empty. */
    code;
    constructor(reason, facts) {
        const code = (0,_certificate_fault_js__WEBPACK_IMPORTED_MODULE_0__/* .codeOf */ .$)(facts.cause);
        super(code === '' ? reason : code, { cause: facts.cause });
        this.reason = reason;
        this.sent = facts.sent;
        this.received = facts.received;
        this.code = code;
    }
}
/** A proxy's own refusal, with the status it answered CONNECT with. */
class ProxyRefusal extends Error {
    name = 'ProxyRefusal';
    code;
    constructor(code, cause) {
        super(`the proxy said ${code}`, { cause });
        this.code = code;
    }
}
/** Names the fault in an error of Node or undici. `begun`: the head of an answer had arrived. */
function faultOf(error, facts) {
    const code = (0,_certificate_fault_js__WEBPACK_IMPORTED_MODULE_0__/* .codeOf */ .$)(error);
    const fault = (reason) => new WireFault(reason, { ...facts, cause: error });
    if (error instanceof ProxyRefusal)
        return fault('proxy');
    if ((0,_certificate_fault_js__WEBPACK_IMPORTED_MODULE_0__/* .isCertificateCode */ .T)(code))
        return fault('untrusted');
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
        return fault('tooLarge');
    if (code === 'UND_ERR_HEADERS_OVERFLOW')
        return fault('notHttp');
    // Behind a head that was HTTP, what the parser stumbles over is a cut body.
    const unparsed = error instanceof Error && error.name === 'HTTPParserError';
    if (unparsed && !facts.begun)
        return fault('notHttp');
    return fault(facts.sent ? 'broken' : 'unreachable');
}


/***/ }),

/***/ 3973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ codeOf),
/* harmony export */   T: () => (/* binding */ isCertificateCode)
/* harmony export */ });
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


/***/ }),

/***/ 9452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ SecretStoreError)
/* harmony export */ });
/** What can go wrong between us and the place where GitHub keeps secrets. Callers branch on `kind`. */
/** Its message is one or more whole sentences: what failed, why, what to do, and what was written. */
class SecretStoreError extends Error {
    name = 'SecretStoreError';
    kind;
    status;
    written;
    perhapsWritten;
    constructor(message, details) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.kind = details.kind;
        this.status = details.status;
        this.written = details.written ?? [];
        this.perhapsWritten = details.perhapsWritten;
    }
}


/***/ }),

/***/ 2854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  "in": () => (/* binding */ readRequest),
  ql: () => (/* reexport */ secrets_readSecrets)
});

// UNUSED EXPORTS: InputError, readPostInputs

// EXTERNAL MODULE: ./lib/atlas/proxy.js
var proxy = __nccwpck_require__(519);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./lib/inputs/environment.js
/** Every input with its default, as `action.yml` has them; an empty value counts as not given. */
const INPUT_DEFAULTS = {
    mode: 'ensure',
    groupId: '',
    desc: '',
    roles: '',
    apiUserId: '',
    atlasPublicKey: '',
    atlasPrivateKey: '',
    atlasClientId: '',
    atlasClientSecret: '',
    baseUrl: 'https://cloud.mongodb.com',
    api: 'atlas/v2',
    accessList: '',
    verify: 'true',
    exportEnv: 'false',
    dryRun: 'false',
    knownPrivateKey: '',
    ttl: '24h',
    rotateAfter: '0',
    keepPrevious: '1',
    commit: 'job',
    onRevokeFailure: 'warn',
    githubToken: '',
    combinedSecret: '',
    publicKeySecret: '',
    privateKeySecret: '',
    secretEnvironment: '',
    timeout: '120s',
    // `${{ job.status }}` in action.yml: only the runner can fill it in.
    jobStatus: '',
};
const INPUT_NAMES = Object.keys(INPUT_DEFAULTS);
/** The input as `core.getInput` reads it, or its default. */
function environment_readInput(environment, name) {
    return ownValue(environment, name) || INPUT_DEFAULTS[name];
}
/** Whether the workflow asks for something else than the default. Defaults always arrive, so they say nothing. */
function isGiven(environment, name) {
    const value = ownValue(environment, name);
    return value !== '' && value !== INPUT_DEFAULTS[name];
}
/** An environment variable, trimmed; empty when it is not set. */
function readVariable(environment, name) {
    return environment[name]?.trim() ?? '';
}
function ownValue(environment, name) {
    return readVariable(environment, `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`);
}

;// CONCATENATED MODULE: ./lib/inputs/lists.js
/** Items one a line or separated by commas, in their order, each once. */
function parseList(text) {
    const all = text
        .split(/[,\r\n]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
    const items = [...new Set(all)];
    return { items, repeated: items.filter((item) => all.indexOf(item) !== all.lastIndexOf(item)) };
}
/** `a`, `b` and `c`, as names in a sentence. */
function nameAll(names, conjunction) {
    const marked = names.map((name) => `\`${name}\``);
    const last = marked.slice(-1).join('');
    return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

;// CONCATENATED MODULE: ./lib/inputs/origin.js
/** Whether an address of a URL stays on this machine, where `http` is fine. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
/**
 * An address that secrets are sent to: `https`, or `http` on this machine. Returns it without a trailing
 * slash; `undefined` after a problem.
 */
function parseServiceUrl(name, text, options, findings) {
    // Not repeated: what stands before the @ may be a password.
    if (text.includes('@')) {
        findings.problem(`\`${name}\` holds a user or a password before an \`@\`: leave them out, they have inputs of their own.`);
        return undefined;
    }
    const url = parseUrl(text);
    if (url === undefined || /\s/.test(text)) {
        const suggestion = /^[\w.-]+\.[a-z]+(:\d+)?$/i.test(text)
            ? `; did you mean \`https://${text}\`?`
            : ', such as `https://cloud.mongodb.com`.';
        findings.problem(`\`${name}\` is ${findings.quote(text)}, which is not an address: write one with its scheme${suggestion}`);
        return undefined;
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
        findings.problem(`\`${name}\` is ${findings.quote(text)}, but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`);
        return undefined;
    }
    if (/[?#]/.test(text) || (!options.path && url.pathname !== '/')) {
        findings.problem(options.path
            ? `\`${name}\` is ${findings.quote(text)}, but must end before \`?\` and \`#\`.`
            : `\`${name}\` is ${findings.quote(text)}, but must end after the host: write \`${url.origin}\` (the path is for the input \`api\`).`);
        return undefined;
    }
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
function parseUrl(text) {
    const url = URL.parse(text);
    return url === null || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || url.hostname === '' ? undefined : url;
}

;// CONCATENATED MODULE: ./lib/inputs/access-list.js




const WIDTH = { 4: 32, 6: 128 };
/** The wishes for a new key's own access list. */
function readAccessList(environment, findings) {
    const wishes = [];
    const { items } = parseList(environment_readInput(environment, 'accessList'));
    for (const item of items) {
        const parsed = item === 'current' ? undefined : parseAddress(item);
        if (parsed === undefined) {
            wishes.push('current');
        }
        else if ('fault' in parsed) {
            findings.problem(`\`accessList\` names ${findings.quote(item)}, ${parsed.fault}`);
        }
        else {
            wishes.push(parsed.entry);
        }
    }
    // Two spellings of one address are the same entry.
    return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}
/** Warns of addresses that Atlas in the cloud never sees; a server of one's own, or on this machine, may. */
function warnOfUnroutable(wishes, service, findings) {
    if (service.surface === 'public/v1.0' || isLoopback(URL.parse(service.baseUrl)?.hostname ?? ''))
        return;
    for (const text of wishes.flatMap((wish) => (wish === 'current' ? [] : Object.values(wish)))) {
        const [address = ''] = text.split('/');
        if (!UNROUTABLE.check(address, (0,external_node_net_.isIP)(address) === 6 ? 'ipv6' : 'ipv4'))
            continue;
        findings.warning(`\`accessList\` names ${findings.quote(text)}, a private address: Atlas sees the public one that calls arrive from; give that, or \`current\`.`);
    }
}
/** Reads an IPv4 or IPv6 address, or a block of them, strictly; the answer is in canonical form. */
function parseAddress(text) {
    const [address = '', prefix, ...rest] = text.split('/');
    const family = familyOf(address);
    if (family === undefined || rest.length > 0) {
        return { fault: 'which is neither `current` nor an address (203.0.113.7) nor a block (203.0.113.0/24).' };
    }
    const width = WIDTH[family];
    const bits = toBits(address, family);
    if (prefix === undefined) {
        if (bits === 0n)
            return { fault: EVERYWHERE };
        return { entry: { ipAddress: fromBits(bits, family) } };
    }
    if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > width) {
        return { fault: `whose part after the slash must be a number from 1 to ${width}.` };
    }
    if (prefix === '0')
        return { fault: EVERYWHERE };
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
const EVERYWHERE = 'which means every address, and Atlas refuses it: name the addresses that will call, or `current`; a key for everywhere takes `0.0.0.0/1` and `128.0.0.0/1`.';
function familyOf(address) {
    const family = (0,external_node_net_.isIP)(address);
    // A zone (fe80::1%eth0) means something on one machine only.
    return family === 0 || address.includes('%') ? undefined : family;
}
function toBits(address, family) {
    if (family === 4)
        return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
    const [head = '', tail] = canonicalV6(address).split('::');
    const left = groupsOf(head);
    const right = tail === undefined ? [] : groupsOf(tail);
    const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
    return [...left, ...zeros, ...right].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
function fromBits(bits, family) {
    const [count, width, radix] = family === 4 ? [4, 8n, 10] : [8, 16n, 16];
    const parts = Array.from({ length: count }, (_, index) => ((bits >> (BigInt(count - 1 - index) * width)) & ((1n << width) - 1n)).toString(radix));
    return family === 4 ? parts.join('.') : canonicalV6(parts.join(':'));
}
/** RFC 5952, as the URL parser writes it. */
function canonicalV6(address) {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
function groupsOf(text) {
    return text === '' ? [] : text.split(':');
}
const UNROUTABLE = new external_node_net_.BlockList();
for (const [network, prefix] of [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
]) {
    UNROUTABLE.addSubnet(network, prefix, 'ipv4');
}
UNROUTABLE.addAddress('::1', 'ipv6');
UNROUTABLE.addSubnet('fc00::', 7, 'ipv6');
UNROUTABLE.addSubnet('fe80::', 10, 'ipv6');

;// CONCATENATED MODULE: ./lib/inputs/identifiers.js


const OBJECT_ID = /^[0-9a-f]{24}$/;
/** Whether a text has the form of an API key's public part. */
function looksLikePublicKey(text) {
    return /^[a-z]{8}$/.test(text);
}
/** The projects from `groupId`, or from `MONGODB_ATLAS_PROJECT_ID` when the input is empty. */
function readGroupIds(environment, findings) {
    const input = environment_readInput(environment, 'groupId');
    const name = input === '' ? 'MONGODB_ATLAS_PROJECT_ID' : 'groupId';
    const { items, repeated } = parseList(input === '' ? readVariable(environment, name) : input);
    const [first, ...others] = items;
    if (first === undefined) {
        findings.problem('`groupId` is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.');
        return [''];
    }
    for (const item of items)
        checkGroupId(name, item, findings);
    if (repeated.length > 0) {
        findings.notice(`\`${name}\` names ${repeated.map((id) => findings.quote(id)).join(', ')} more than once: taken once.`);
    }
    return [first, ...others];
}
/** An existing key's id, or `undefined` when none is given. */
function readApiUserId(environment, findings) {
    const text = environment_readInput(environment, 'apiUserId');
    if (text === '')
        return undefined;
    if (looksLikePublicKey(text)) {
        findings.problem(`\`apiUserId\` is ${findings.quote(text)}, which is a public key: give the key's id, 24 hex digits, as this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows it.`);
    }
    else if (!OBJECT_ID.test(text)) {
        findings.problem(`\`apiUserId\` is ${findings.quote(text)}, but ${faultOf(text, "a key's id")}`);
    }
    return text;
}
function checkGroupId(name, text, findings) {
    if (OBJECT_ID.test(text))
        return;
    const digits = /^[0-9a-f]+$/i.test(text);
    findings.problem(digits
        ? `\`${name}\` is ${findings.quote(text)}, but ${faultOf(text, "a project's id")}`
        : `\`${name}\` is ${findings.quote(text)}, which is not a project's id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).`);
}
/** The end of the sentence: how a text misses the form of an id. */
function faultOf(text, what) {
    if (OBJECT_ID.test(text.toLowerCase()))
        return `${what} is lower case: write \`${text.toLowerCase()}\`.`;
    if (!/^[0-9a-f]+$/i.test(text))
        return `${what} is 24 hex digits (0-9, a-f): copy it again.`;
    const found = text.length === 1 ? '1 digit' : `${text.length} digits`;
    return `${what} has 24 hex digits and this has ${found}: copy it again.`;
}

;// CONCATENATED MODULE: ./lib/inputs/quote.js
const LONGEST = 60;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const SERVICE_ACCOUNT_SECRET = /mdb_sa_sk_/i;
const PASSWORD_IN_URL = /:\/\/[^/\s]*@/;
const GITHUB_TOKEN = /gh[a-z]_\w{16}|github_pat_/i;
/** Whether a text has the form of a secret that people paste into the wrong field. */
function looksLikeSecret(text) {
    return [UUID, SERVICE_ACCOUNT_SECRET, PASSWORD_IN_URL, GITHUB_TOKEN].some((form) => form.test(text));
}
/**
 * An input's value for an error message: without control characters, cut, and withheld when it holds one of
 * these secrets or looks like one.
 */
function quote(value, secrets = []) {
    if (looksLikeSecret(value) || secrets.some((secret) => value.includes(secret))) {
        return '(not shown: it looks like a secret)';
    }
    const characters = [...value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')];
    return characters.length <= LONGEST
        ? `"${characters.join('')}"`
        : `"${characters.slice(0, LONGEST - 1).join('')}…"`;
}

;// CONCATENATED MODULE: ./lib/inputs/credentials.js



// In the order of precedence: inputs before the environment, and in each the service account first.
const PLACES = [
    { kind: 'serviceAccount', from: 'inputs', idName: 'atlasClientId', secretName: 'atlasClientSecret' },
    { kind: 'apiKey', from: 'inputs', idName: 'atlasPublicKey', secretName: 'atlasPrivateKey' },
    variables('serviceAccount', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'),
    variables('apiKey', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'),
    variables('apiKey', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'),
];
/**
 * Who calls Atlas. A pair is never put together from two places: half of one beside half of another is more
 * likely a mistyped secret name than a wish.
 * @param hint why secrets may be missing in this run, or empty
 */
function readCredentials(environment, hint, findings) {
    const pairs = readPairs(environment);
    const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
    const candidates = fromInputs.length > 0 ? fromInputs : pairs;
    const complete = candidates.filter(isComplete);
    // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
    const halves = candidates.filter((pair) => !isComplete(pair) && (pair.from === 'inputs' || complete.length === 0));
    for (const pair of halves)
        findings.problem(withHint(describeHalf(pair), hint));
    const [chosen, ...others] = complete;
    if (chosen === undefined) {
        if (halves.length === 0)
            findings.problem(withHint(NO_CREDENTIALS, hint));
        return { credentials: { kind: 'apiKey', publicKey: '', privateKey: '' }, overwrittenByExport: false };
    }
    for (const problem of faultsOf(chosen))
        findings.problem(problem);
    const other = others.find((pair) => pair.kind !== chosen.kind);
    if (other !== undefined) {
        findings.notice(`Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`);
    }
    return {
        credentials: toCredentials(chosen),
        overwrittenByExport: chosen.from === 'environment' && chosen.kind === 'apiKey',
    };
}
/**
 * Who calls Atlas in the post step, where inputs may be missing or another action's: the first pair that is
 * complete and well-formed, wherever it comes from.
 */
function credentials_findCredentials(environment) {
    const pair = readPairs(environment).find((candidate) => isComplete(candidate) && faultsOf(candidate).length === 0);
    return pair && toCredentials(pair);
}
/** The secrets of all places, used or not, and what looks like a secret where an id should stand. */
function findCredentialSecrets(environment) {
    return readPairs(environment).flatMap(({ id, secret }) => (looksLikeSecret(id) ? [secret, id] : [secret]));
}
const NO_CREDENTIALS = 'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';
function variables(kind, idName, secretName) {
    return { kind, from: 'environment', idName, secretName };
}
/** The places that hold something. */
function readPairs(environment) {
    const read = (name) => isInputName(name) ? environment_readInput(environment, name) : readVariable(environment, name);
    return PLACES.map((place) => ({ ...place, id: read(place.idName), secret: read(place.secretName) })).filter(({ id, secret }) => id !== '' || secret !== '');
}
function isInputName(name) {
    return Object.hasOwn(INPUT_DEFAULTS, name);
}
function isComplete(pair) {
    return pair.id !== '' && pair.secret !== '';
}
function toCredentials({ kind, id, secret }) {
    return kind === 'apiKey'
        ? { kind, publicKey: id, privateKey: secret }
        : { kind, clientId: id, clientSecret: secret };
}
function describeHalf({ id, idName, secretName }) {
    const [given, missing] = id === '' ? [secretName, idName] : [idName, secretName];
    return `\`${given}\` is given and \`${missing}\` is empty: give both, and check that the secret it comes from exists under this name.`;
}
function withHint(sentence, hint) {
    return hint === '' ? sentence : `${sentence} ${hint}`;
}
/** What is wrong with the form of a complete pair. No sentence repeats a value. */
function faultsOf(pair) {
    const misplaced = pair.kind === 'apiKey' ? faultOfKey(pair) : faultOfAccount(pair);
    const malformed = [
        // A colon would end the id early in both ways of signing in.
        ...(/^[\x21-\x39\x3b-\x7e]+$/.test(pair.id) ? [] : [pair.idName]),
        ...(/^[\x21-\x7e]+$/.test(pair.secret) ? [] : [pair.secretName]),
    ].map((name) => `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`);
    return misplaced === undefined ? malformed : [misplaced];
}
function faultOfKey({ from, id, secret, idName, secretName }) {
    if (/^mdb_sa_/i.test(id) || /^mdb_sa_/i.test(secret)) {
        return `\`${idName}\` or \`${secretName}\` holds a value of a service account (\`mdb_sa_…\`): give it as ${namesFor('serviceAccount', from)}.`;
    }
    if (looksLikePublicKey(secret)) {
        return looksLikePublicKey(id)
            ? `\`${secretName}\` holds a public key: give the private key, which Atlas showed once when the key was made.`
            : `\`${idName}\` and \`${secretName}\` are swapped: the public key is the one of 8 letters.`;
    }
    if (looksLikeSecret(id))
        return `\`${idName}\` holds a private key: the public key is the one of 8 letters.`;
    if (secret.includes('*')) {
        return `\`${secretName}\` is redacted (it holds \`*\`): Atlas shows a private key once, when the key is made; store that value.`;
    }
    return undefined;
}
function faultOfAccount({ from, id, secret, idName, secretName }) {
    if (looksLikePublicKey(id) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(secret)) {
        return `\`${idName}\` and \`${secretName}\` hold an API key: give it as ${namesFor('apiKey', from)}.`;
    }
    if (/^mdb_sa_sk_/i.test(id) || /^mdb_sa_id_/i.test(secret)) {
        return `\`${idName}\` and \`${secretName}\` are swapped: the id begins with \`mdb_sa_id_\`, the secret with \`mdb_sa_sk_\`.`;
    }
    return undefined;
}
function namesFor(kind, from) {
    const place = PLACES.find((candidate) => candidate.kind === kind && candidate.from === from);
    return `\`${place?.idName}\` and \`${place?.secretName}\``;
}

// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __nccwpck_require__(3043);
;// CONCATENATED MODULE: ./lib/inputs/description.js


// Control characters, line and paragraph separators, halves of surrogate pairs, and the marks that turn the
// direction of text: none survives the way through Atlas, a log and a table unharmed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
/** The key's description, or `undefined` when none is given. */
function readDescription(environment, findings) {
    const text = environment_readInput(environment, 'desc');
    if (text === '')
        return undefined;
    if (findings.holdsSecret(text)) {
        findings.problem('`desc` holds one of the secrets given to this step: Atlas shows descriptions to everybody in the organisation; choose another text.');
    }
    if (text.length > mark/* DESC_LIMIT */.qw)
        findings.problem(tooLong(text));
    if (UNPRINTABLE.test(text)) {
        findings.problem(`\`desc\` is ${findings.quote(text)} and holds a line break or another control character: write it as one line of plain text.`);
    }
    if ((0,mark/* looksLikeMark */.B2)(text)) {
        findings.problem(`\`desc\` is ${findings.quote(text)} and holds \`[atlas-key/\`, which this action writes behind the descriptions of keys it has not finished with: choose another text.`);
    }
    return text;
}
/** Atlas counts characters; the limit is kept in UTF-16 units too, so that no way of counting exceeds it. */
function tooLong(text) {
    const characters = [...text].length;
    const counted = characters === text.length
        ? `${characters} characters`
        : `${text.length} characters (those outside the basic plane, such as emoji, count as two)`;
    return `\`desc\` has ${counted}, but Atlas takes at most ${mark/* DESC_LIMIT */.qw}: shorten it.`;
}

;// CONCATENATED MODULE: ./lib/inputs/duration.js

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Milliseconds of `120s`, `90m`, `24h`, `7d` or `0`; `undefined` for anything else. */
function parseDuration(text) {
    if (text === '0')
        return 0;
    const groups = /^(?<count>\d+)(?<unit>[smhd])$/.exec(text)?.groups;
    if (groups === undefined)
        return undefined;
    // Beyond this, milliseconds are no longer exact; every bound lies far below.
    return Math.min(Number(groups.count) * UNITS[groups.unit], Number.MAX_SAFE_INTEGER);
}
/** The shortest form that `parseDuration` reads back, in whole seconds. */
function formatDuration(milliseconds) {
    const seconds = Math.floor(milliseconds / UNITS.s) * UNITS.s;
    if (seconds === 0)
        return '0';
    const unit = ['d', 'h', 'm'].find((candidate) => seconds % UNITS[candidate] === 0) ?? 's';
    return `${seconds / UNITS[unit]}${unit}`;
}
/** A duration input within its bounds. */
function readDuration(environment, name, bounds, findings) {
    const text = environment_readInput(environment, name);
    const duration = parseDuration(text);
    if (duration === undefined) {
        findings.problem(/^\d+$/.test(text)
            ? `\`${name}\` is ${findings.quote(text)}, which has no unit: write seconds, minutes, hours or days, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`
            : `\`${name}\` is ${findings.quote(text)}, which is not a duration: write a whole number and a unit, such as \`120s\`, \`90m\`, \`24h\` or \`7d\`.`);
        return bounds.min;
    }
    if (duration < bounds.min || duration > bounds.max) {
        const range = `from ${formatDuration(bounds.min)} to ${formatDuration(bounds.max)}`;
        findings.problem(`\`${name}\` is ${findings.quote(text)}, but must be ${range}: ${bounds.reason}.`);
    }
    return duration;
}

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
const PROJECT_ROLE = /^GROUP_[A-Z0-9_]+$/;
/** The project roles; empty when none is given. */
function readRoles(environment, findings) {
    const { items } = parseList(environment_readInput(environment, 'roles'));
    for (const role of items)
        checkRole(role, findings);
    return items;
}
function checkRole(role, findings) {
    if (KNOWN_ROLES.includes(role))
        return;
    const meant = suggestRole(role);
    const suggestion = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
    if (PROJECT_ROLE.test(role)) {
        findings.warning(`\`roles\` names ${findings.quote(role)}, which is not a role known here: Atlas decides${suggestion || '.'}`);
    }
    else if (/^ORG_/i.test(role)) {
        findings.problem(`\`roles\` names ${findings.quote(role)}, an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (\`GROUP_…\`) only.`);
    }
    else if (/\s/.test(role) && role.split(/\s+/).every((part) => PROJECT_ROLE.test(part))) {
        findings.problem(`\`roles\` is ${findings.quote(role)}: put commas or line breaks between the roles.`);
    }
    else {
        findings.problem(`\`roles\` names ${findings.quote(role)}, which is not a project role: they begin with \`GROUP_\`${suggestion || ', such as `GROUP_READ_ONLY`.'}`);
    }
}
/** The role that differs in case, separators or prefix only, as in "Project Read Only" or `- group_owner`. */
function suggestRole(role) {
    const wanted = squash(role).replace(/^(GROUP|PROJECT)/, '');
    return KNOWN_ROLES.find((known) => squash(known) === `GROUP${wanted}`);
}
function squash(text) {
    return text.toUpperCase().replace(/[^A-Z]/g, '');
}

;// CONCATENATED MODULE: ./lib/inputs/scalars.js


/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
function readBoolean(environment, name, findings) {
    const text = environment_readInput(environment, name);
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (!/^(false|False|FALSE)$/.test(text)) {
        findings.problem(`\`${name}\` is ${findings.quote(text)}: write \`true\` or \`false\`.`);
    }
    return false;
}
/** One of a closed set of words; `undefined` after a problem. */
function readChoice(environment, name, choices, findings) {
    const text = environment_readInput(environment, name);
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) {
        findings.problem(`\`${name}\` is ${findings.quote(text)}, which does not exist: choose ${nameAll(choices, 'or')}.`);
    }
    return choice;
}
/** A whole number from 0 to `max`. */
function readCount(environment, name, max, findings) {
    const text = environment_readInput(environment, name);
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(count <= max)) {
        findings.problem(`\`${name}\` is ${findings.quote(text)}: write a whole number from 0 to ${max}.`);
    }
    return count;
}

;// CONCATENATED MODULE: ./lib/inputs/secret-store.js



/** The inputs that ask for Actions secrets. */
const STORE_INPUTS = [
    'githubToken',
    'combinedSecret',
    'publicKeySecret',
    'privateKeySecret',
    'secretEnvironment',
];
/**
 * Where a new key is stored as Actions secrets; `undefined` when nobody asks for it.
 * @param hint why secrets may be missing in this run, or empty
 */
function readSecretStore(environment, hint, findings) {
    const input = (name) => environment_readInput(environment, name);
    if (STORE_INPUTS.every((name) => input(name) === ''))
        return undefined;
    const names = readNames(environment, findings);
    const githubToken = input('githubToken');
    if (githubToken === '') {
        const given = STORE_INPUTS.filter((name) => input(name) !== '');
        const ask = given.length === 1 ? 'asks' : 'ask';
        const sentence = `${nameAll(given, 'and')} ${ask} for Actions secrets and \`githubToken\` is empty: give a token that may write secrets (\`GITHUB_TOKEN\` may not).`;
        findings.problem(hint === '' ? sentence : `${sentence} ${hint}`);
    }
    else if (!/^[\x21-\x7e]+$/.test(githubToken)) {
        findings.problem('`githubToken` holds a blank, a line break or another character that cannot be part of it: store it again.');
    }
    const secretEnvironment = input('secretEnvironment');
    if (/\p{C}/u.test(secretEnvironment) || secretEnvironment.length > 255) {
        findings.problem('`secretEnvironment` is not the name of an environment: it has at most 255 characters in one line.');
    }
    const apiUrl = readVariable(environment, 'GITHUB_API_URL') || 'https://api.github.com';
    return {
        githubToken,
        repository: readVariable(environment, 'GITHUB_REPOSITORY'),
        apiUrl: parseServiceUrl('GITHUB_API_URL', apiUrl, { path: true }, findings) ?? '',
        ...(secretEnvironment !== '' && { environment: secretEnvironment }),
        names,
    };
}
function readNames(environment, findings) {
    const [secret, publicKeySecret, privateKeySecret] = ['combinedSecret', 'publicKeySecret', 'privateKeySecret'].map((name) => readName(environment, name, findings));
    const pair = publicKeySecret !== '' || privateKeySecret !== '';
    if (secret === '' && !pair) {
        findings.problem('`githubToken` or `secretEnvironment` is given without a name to store the key under: give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.');
    }
    else if (secret !== '' && pair) {
        findings.problem('`combinedSecret` is given together with `publicKeySecret` or `privateKeySecret`: store the key in one way, best `combinedSecret`, which is never half written.');
    }
    else if (pair && (publicKeySecret === '' || privateKeySecret === '')) {
        const missing = publicKeySecret === '' ? 'publicKeySecret' : 'privateKeySecret';
        findings.problem(`\`${missing}\` is empty, and half a key is of no use: name both secrets, or use \`combinedSecret\`.`);
    }
    else if (pair && publicKeySecret.toUpperCase() === privateKeySecret.toUpperCase()) {
        findings.problem('`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.');
    }
    return pair ? { form: 'pair', publicKeySecret, privateKeySecret } : { form: 'combined', secret };
}
function readName(environment, input, findings) {
    const name = environment_readInput(environment, input);
    // Never repeated: people write `${{ secrets.NAME }}` here, and then this is the secret.
    if (name !== '' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        findings.problem(`\`${input}\` is not the name of a secret: give the bare name (letters, digits and \`_\`, no digit first), not \`\${{ secrets.… }}\`.`);
    }
    else if (/^GITHUB_/i.test(name)) {
        findings.problem(`\`${input}\` begins with \`GITHUB_\`, which GitHub keeps for itself: choose another name.`);
    }
    return name;
}

;// CONCATENATED MODULE: ./lib/inputs/fields.js








const DAY = 86_400_000;
const MOST_PREVIOUS = 10;
/**
 * Reads all fields, whatever the mode, so that every malformed one is told.
 * @param hint why secrets may be missing in this run, or empty
 */
function readFields(environment, hint, findings) {
    return {
        groupIds: readGroupIds(environment, findings),
        desc: readDescription(environment, findings),
        roles: readRoles(environment, findings),
        apiUserId: readApiUserId(environment, findings),
        accessList: readAccessList(environment, findings),
        verify: readBoolean(environment, 'verify', findings),
        exportEnv: readBoolean(environment, 'exportEnv', findings),
        dryRun: readBoolean(environment, 'dryRun', findings),
        known: readKnownKey(environment, findings),
        ttl: readDuration(environment, 'ttl', TTL, findings),
        rotateAfter: readDuration(environment, 'rotateAfter', ROTATE_AFTER, findings),
        keepPrevious: readCount(environment, 'keepPrevious', MOST_PREVIOUS, findings),
        commit: readChoice(environment, 'commit', ['job', 'step'], findings) ?? 'job',
        onRevokeFailure: readChoice(environment, 'onRevokeFailure', ['warn', 'fail'], findings) ?? 'warn',
        store: readSecretStore(environment, hint, findings),
    };
}
/** The budget of the whole step, in milliseconds. */
function readTimeout(environment, findings) {
    return readDuration(environment, 'timeout', TIMEOUT, findings);
}
const TTL = {
    min: 1000,
    max: 365 * DAY,
    reason: 'it is the age at which a key counts as left over, so no running job may be older and no forgotten key much older',
};
const ROTATE_AFTER = { min: 0, max: 3650 * DAY, reason: 'beyond ten years no key would ever be rotated' };
const TIMEOUT = {
    min: 5000,
    max: 600_000,
    reason: 'Atlas needs some seconds for the calls, and what a dying step leaves behind is swept only after its time is over',
};
function readKnownKey(environment, findings) {
    const text = environment_readInput(environment, 'knownPrivateKey');
    if (text === '')
        return {};
    const [privateKey, publicKey] = text.split(':', 2).reverse();
    if (text.includes('*')) {
        findings.problem('`knownPrivateKey` is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.');
    }
    else if (!/^([a-z]{8}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) {
        findings.warning('`knownPrivateKey` does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.');
    }
    return { knownPrivateKey: privateKey, ...(publicKey !== undefined && { knownPublicKey: publicKey }) };
}

;// CONCATENATED MODULE: ./lib/inputs/findings.js

// Shorter ones are found in innocent texts by chance.
const TELLING_LENGTH = 8;
/**
 * What reading the inputs turns up, collected so that all of it can be told at once. A reader that finds a
 * problem still returns a value of its type, a placeholder: `readRequest` throws before anybody uses it.
 */
class Findings {
    problems = [];
    warnings = [];
    notices = [];
    #secrets;
    /** @param secrets values that no sentence may repeat */
    constructor(secrets) {
        this.#secrets = secrets;
    }
    problem(sentence) {
        this.problems.push(this.#withoutSecrets(sentence));
    }
    warning(sentence) {
        this.warnings.push(this.#withoutSecrets(sentence));
    }
    notice(sentence) {
        this.notices.push(this.#withoutSecrets(sentence));
    }
    /** A value as a sentence may repeat it. */
    quote(value) {
        return quote(value, this.#secrets);
    }
    /** Whether one of the secrets stands in this text. */
    holdsSecret(text) {
        return this.#secrets.some((secret) => secret.length >= TELLING_LENGTH && text.includes(secret));
    }
    /** The net below `quote`: a suggestion, too, is made of what the user wrote. */
    #withoutSecrets(sentence) {
        return this.#secrets
            .filter((secret) => secret.length >= TELLING_LENGTH)
            .reduce((text, secret) => text.replaceAll(secret, '***'), sentence);
    }
}

// EXTERNAL MODULE: ./lib/inputs/input-error.js
var input_error = __nccwpck_require__(1674);
;// CONCATENATED MODULE: ./lib/inputs/missing-secrets.js

/** Why secrets may be empty in this run, as a sentence; empty when nothing is known of it. */
function explainMissingSecrets(environment, readFile) {
    const actors = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR'].map((name) => readVariable(environment, name));
    if (actors.includes('dependabot[bot]')) {
        return 'Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
    }
    // `pull_request_target` runs in the base repository and does get its secrets.
    if (!/^pull_request(?!_target)/.test(readVariable(environment, 'GITHUB_EVENT_NAME')))
        return '';
    switch (comesFromFork(environment, readFile)) {
        case true:
            return 'This pull request comes from a fork, and GitHub gives no secrets to those: skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).';
        case undefined:
            return 'If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them.';
        case false:
            return '';
    }
}
function comesFromFork(environment, readFile) {
    const path = readVariable(environment, 'GITHUB_EVENT_PATH');
    if (path === '' || readFile === undefined)
        return undefined;
    try {
        const event = JSON.parse(readFile(path));
        const head = event?.pull_request?.head;
        if (head === undefined)
            return undefined;
        // A fork that was deleted meanwhile is null.
        return head.repo?.full_name !== readVariable(environment, 'GITHUB_REPOSITORY');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/inputs/mode-fit.js



const HANDOVER = ['roles', 'accessList', 'verify', 'exportEnv'];
/** What a mode reads besides the inputs that all modes share. */
const OWN_INPUTS = {
    ensure: ['desc', 'apiUserId', 'knownPrivateKey', ...HANDOVER, ...STORE_INPUTS],
    ephemeral: ['desc', 'ttl', 'onRevokeFailure', ...HANDOVER],
    rotate: ['desc', 'knownPrivateKey', 'rotateAfter', 'keepPrevious', 'commit', ...HANDOVER, ...STORE_INPUTS],
    revoke: ['desc', 'apiUserId'],
    sweep: ['desc', 'ttl'],
};
const BY_ID = { inputs: ['apiUserId'], instead: 'use mode `ensure` or `revoke`' };
/** Inputs whose author expects something that the mode does not do: ignoring them would mislead. */
const REFUSED = [
    { mode: 'ephemeral', ...BY_ID, because: 'it makes a new key in every run' },
    { mode: 'rotate', ...BY_ID, because: 'it finds its keys by `desc`, since their ids change' },
    { mode: 'sweep', ...BY_ID, because: 'it deletes what is left over, not a certain key' },
    {
        mode: 'ephemeral',
        inputs: ['knownPrivateKey'],
        because: 'it makes a new key in every run',
        instead: 'use mode `ensure`',
    },
    {
        mode: 'ephemeral',
        inputs: STORE_INPUTS,
        because: 'its key dies with the job, and the stored secret would be dead',
        instead: 'use mode `rotate`',
    },
];
/** Whether a mode may make a key, and so hand one over. */
function makesKeys(mode) {
    return HANDOVER.every((name) => OWN_INPUTS[mode].includes(name));
}
/** Refuses the inputs that mislead in this mode, and warns of those without effect. */
function checkFit(mode, environment, findings) {
    const foreign = INPUT_NAMES.filter((name) => isGiven(environment, name) && isForeign(mode, name));
    const refusals = REFUSED.filter((refusal) => refusal.mode === mode);
    for (const { inputs, because, instead } of refusals) {
        const names = foreign.filter((name) => inputs.includes(name));
        if (names.length === 0)
            continue;
        findings.problem(`Mode \`${mode}\` does not take ${nameAll(names, 'and')}: ${because}; leave that out, or ${instead}.`);
    }
    for (const name of foreign.filter((one) => !refusals.some(({ inputs }) => inputs.includes(one)))) {
        findings.warning(`\`${name}\` is ignored in mode \`${mode}\`: it is for mode ${nameAll(modesOf(name), 'and')}.`);
    }
}
/** Whether the input belongs to other modes only. */
function isForeign(mode, name) {
    return !OWN_INPUTS[mode].includes(name) && modesOf(name).length > 0;
}
function modesOf(name) {
    return Object.keys(OWN_INPUTS).filter((mode) => OWN_INPUTS[mode].includes(name));
}

;// CONCATENATED MODULE: ./lib/inputs/modes.js


/** Joins the fields to the request of a mode, and says what is missing, contradictory or without effect. */
function buildRequest(mode, fields, environment, findings) {
    checkFit(mode, environment, findings);
    const { groupIds, dryRun, roles, desc, ttl, known } = fields;
    const common = { groupIds, dryRun };
    switch (mode) {
        case 'ensure': {
            const key = selectEnsuredKey(fields, findings);
            requireRoles(mode, fields, findings);
            return { mode, ...common, key, roles, handover: handoverOf(fields), ...known };
        }
        case 'ephemeral': {
            requireRoles(mode, fields, findings);
            const { onRevokeFailure } = fields;
            return {
                mode,
                ...common,
                desc: requireDesc(mode, desc, findings),
                roles,
                handover: handoverOf(fields),
                ttl,
                onRevokeFailure,
            };
        }
        case 'rotate': {
            requireRoles(mode, fields, findings);
            const { rotateAfter, keepPrevious, commit } = fields;
            const schedule = { rotateAfter, keepPrevious, commit };
            return {
                mode,
                ...common,
                desc: requireDesc(mode, desc, findings),
                roles,
                handover: handoverOf(fields),
                ...known,
                ...schedule,
            };
        }
        case 'revoke':
            return { mode, ...common, key: selectRevokedKey(fields, findings) };
        case 'sweep':
            return { mode, ...common, ...(desc !== undefined && { desc }), ttl };
    }
}
function handoverOf({ verify, accessList, store, exportEnv }) {
    return { verify, accessList, exportEnv, ...(store !== undefined && { store }) };
}
function requireRoles(mode, { roles }, findings) {
    if (roles.length > 0)
        return;
    findings.problem(`\`roles\` is missing: mode \`${mode}\` needs the project roles that the key shall have, such as \`GROUP_READ_ONLY\`, one a line or separated by commas.`);
}
function requireDesc(mode, desc, findings) {
    if (desc !== undefined)
        return desc;
    findings.problem(`\`desc\` is missing: mode \`${mode}\` finds and names its keys by it; give 1 to 250 characters.`);
    return '';
}
function selectEnsuredKey({ desc, apiUserId, accessList, store }, findings) {
    if (apiUserId === undefined) {
        if (desc === undefined) {
            findings.problem('`desc` is missing: mode `ensure` finds the key by it, or makes one of that name; give 1 to 250 characters, or `apiUserId` for a key that exists.');
        }
        return { by: 'desc', desc: desc ?? '' };
    }
    if (desc !== undefined) {
        findings.notice('`desc` and `apiUserId` are both given: the key is found by `apiUserId`, and its description stays as it is.');
    }
    const forNewKeys = [
        ...(accessList.length > 0 ? ['accessList'] : []),
        ...(store === undefined ? [] : ['githubToken']),
    ];
    if (forNewKeys.length > 0) {
        findings.warning(`${nameAll(forNewKeys, 'and')} ${forNewKeys.length === 1 ? 'has' : 'have'} no effect: with \`apiUserId\` no key is made, and only a newly made one gets an access list and is stored.`);
    }
    return { by: 'apiUserId', apiUserId };
}
function selectRevokedKey({ desc, apiUserId }, findings) {
    if (desc === undefined && apiUserId === undefined) {
        findings.problem('`desc` and `apiUserId` are missing: mode `revoke` deletes the key with this `apiUserId`, or all keys of this `desc`; give one of them.');
    }
    else if (desc !== undefined && apiUserId !== undefined) {
        findings.problem('`desc` and `apiUserId` are both given, and they may mean different keys: give `apiUserId` to revoke one key, or `desc` to revoke all of that name.');
    }
    return apiUserId === undefined ? { by: 'desc', desc: desc ?? '' } : { by: 'apiUserId', apiUserId };
}

;// CONCATENATED MODULE: ./lib/inputs/run-identity.js


// As src/keys/mark.ts can write them.
const VARIABLES = {
    GITHUB_REPOSITORY: /^[A-Za-z0-9_.-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/,
    GITHUB_RUN_ID: /^[0-9]{1,20}$/,
    GITHUB_RUN_ATTEMPT: /^[0-9]{1,4}$/,
};
/** The run that this step belongs to. */
function readRunIdentity(environment, findings) {
    const names = Object.keys(VARIABLES);
    const bad = names.filter((name) => !VARIABLES[name].test(readVariable(environment, name)));
    if (bad.length > 0) {
        const are = bad.length === 1 ? 'is' : 'are';
        findings.problem(`${nameAll(bad, 'and')} ${are} not set as GitHub Actions sets ${bad.length === 1 ? 'it' : 'them'}, and a key is marked with the run it belongs to: run this as a workflow step, on a runner or under act.`);
    }
    return {
        repository: readVariable(environment, 'GITHUB_REPOSITORY'),
        runId: readVariable(environment, 'GITHUB_RUN_ID'),
        attempt: readVariable(environment, 'GITHUB_RUN_ATTEMPT'),
    };
}

;// CONCATENATED MODULE: ./lib/inputs/secrets.js


const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
/** Everything among inputs and environment that must be masked and never told, each value once. */
function secrets_readSecrets(environment) {
    const secrets = [
        ...findCredentialSecrets(environment),
        ...withPrivateHalf(environment_readInput(environment, 'knownPrivateKey')),
        environment_readInput(environment, 'githubToken'),
        ...INPUT_NAMES.flatMap((name) => environment_readInput(environment, name).match(/mdb_sa_sk_[\w-]+/gi) ?? []),
        ...PROXY_VARIABLES.flatMap((name) => proxySecrets(readVariable(environment, name))),
    ];
    return [...new Set(secrets)].filter((secret) => secret !== '');
}
/** A combined secret is masked as a whole only; its private half is handed out by itself. */
function withPrivateHalf(known) {
    return [known, known.slice(known.indexOf(':') + 1)];
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
    const encoded = url === null || url.password === '' ? (url?.username ?? '') : `${url.username}:${url.password}`;
    return [userInfo, encoded, decode(userInfo)].flatMap((form) => {
        const [user = '', ...rest] = form.split(':');
        const password = rest.join(':');
        if (password !== '')
            return [form, password];
        return user.length < SHORTEST_TOKEN ? [] : [user];
    });
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/atlas/types.js
/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */
/** The path after `/api/`. */
const SURFACES = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'];

;// CONCATENATED MODULE: ./lib/inputs/service.js





/** Where Atlas is, and how to get there. */
function readService(environment, findings) {
    const baseUrl = parseServiceUrl('baseUrl', environment_readInput(environment, 'baseUrl'), { path: false }, findings);
    const surface = readChoice(environment, 'api', SURFACES, findings) ?? SURFACES[0];
    const proxy = baseUrl === undefined ? undefined : readProxy(baseUrl, environment, findings);
    return { baseUrl: baseUrl ?? '', surface, ...(proxy !== undefined && { proxy }) };
}
function readProxy(baseUrl, environment, findings) {
    try {
        return (0,proxy/* proxyFor */.i)(baseUrl, environment);
    }
    catch (error) {
        findings.problem(
        // The message names the variable and does not repeat the value.
        `${error.message}: write the proxy as \`http://host:port\`, or name ${new URL(baseUrl).hostname} in \`NO_PROXY\`.`);
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: ./lib/keys/commit.js
var commit = __nccwpck_require__(2343);
// EXTERNAL MODULE: ./lib/keys/current.js
var current = __nccwpck_require__(2353);
// EXTERNAL MODULE: ./lib/keys/election.js
var election = __nccwpck_require__(497);
// EXTERNAL MODULE: ./lib/keys/family.js
var family = __nccwpck_require__(9446);
// EXTERNAL MODULE: ./lib/keys/make-key.js
var make_key = __nccwpck_require__(2338);
// EXTERNAL MODULE: ./lib/keys/revoke-key.js
var revoke_key = __nccwpck_require__(6830);
;// CONCATENATED MODULE: ./lib/keys/settle.js
/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */








/** How the job has gone so far. */
const settle_JOB_STATUSES = (/* unused pure expression or super */ null && (['success', 'failure', 'cancelled']));
/** A create that was on its way when its process died may arrive this much later, in milliseconds. */
const LATE_CREATE = 1_500;
/**
 * Decides from the journal and the job's status, which is undefined where the runner did not say; `undefined` when
 * nothing is left, and no call is needed.
 */
function unfinishedBusiness(entry, jobStatus) {
    switch (entry.phase) {
        case 'idle':
            return undefined;
        case 'making':
            return { task: 'findUnanswered', entry };
        case 'made':
            return { task: entry.purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw', made: entry };
        case 'delivering':
            return { task: 'markUndecided', made: entry, why: 'the step ended while it stored the key' };
        case 'open':
            return isFinal(entry, jobStatus)
                ? { task: 'commit', made: entry }
                : { task: 'leaveUndecided', made: entry, why: whyOpen(jobStatus) };
        case 'committing':
            return { task: 'commit', made: entry };
        case 'settled':
            return entry.answerLost ? { task: 'lookForStrays', made: entry } : undefined;
        case 'handedOut':
            switch (entry.purpose.mode) {
                case 'ephemeral':
                    return { task: 'revoke', made: entry };
                case 'ensure':
                    return { task: 'finishEnsure', made: entry };
                case 'rotate':
                    return isFinal(entry, jobStatus)
                        ? { task: 'commit', made: entry }
                        : { task: 'markUndecided', made: entry, why: whyOpen(jobStatus) };
            }
    }
}
function whyOpen(jobStatus) {
    return jobStatus === undefined
        ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
            'does not wait for the job)'
        : 'the job did not succeed';
}
function isFinal({ purpose }, jobStatus) {
    return jobStatus === 'success' || (purpose.mode === 'rotate' && purpose.commit === 'step');
}
/** The unfinished business as a sentence, for the person who has to do it by hand. */
function tellUnfinished(unfinished) {
    switch (unfinished.task) {
        case 'findUnanswered':
            return (`A key with the mark ${unfinished.entry.nonce} may have been made in project ` +
                `${unfinished.entry.groupIds[0]} and is held by nobody: delete it if it is there.`);
        case 'withdraw':
        case 'revoke':
            return `Key ${unfinished.made.apiUserId} of organisation ${unfinished.made.orgId} is still alive: delete it.`;
        case 'finishEnsure':
            return (`Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} was handed out and still carries a ` +
                `mark: give it the description "${unfinished.made.desc}".`);
        case 'commit':
            return (`The rotation to key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} is not final: the former ` +
                'key stays current until the next rotation.');
        case 'markUndecided':
        case 'leaveUndecided':
            return (`Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} stays alive, undecided, because ` +
                `${unfinished.why}, and somebody may have stored it. The former key stays current. Later rotations remove it.`);
        case 'lookForStrays':
            return (`A create of this step was not answered; a key with the mark ${unfinished.made.nonce} may turn up in project ` +
                `${unfinished.made.groupIds[0]}. A sweep removes it.`);
    }
}
/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
async function settle(step, unfinished) {
    const settlement = await carryOut(step, unfinished);
    if (unfinished.task !== 'findUnanswered' && unfinished.made.answerLost) {
        await deleteStrays(step, unfinished.made, unfinished.made.apiUserId);
    }
    return settlement;
}
async function carryOut(step, unfinished) {
    switch (unfinished.task) {
        case 'findUnanswered':
            return findUnanswered(step, unfinished.entry);
        case 'withdraw':
            return withdraw(step, unfinished.made);
        case 'revoke':
            return revokeEphemeral(step, unfinished.made);
        case 'finishEnsure':
            return finishEnsure(step, unfinished.made);
        case 'commit':
            return settle_commit(step, unfinished.made);
        case 'markUndecided':
            return keepUndecided(step, unfinished.made, unfinished.why);
        case 'leaveUndecided':
            step.log.warning(tellUnfinished(unfinished));
            return {};
        case 'lookForStrays':
            return {};
    }
}
async function findUnanswered(step, entry) {
    let deleted = await deleteStrays(step, entry);
    if (deleted === 0) {
        await step.pause(LATE_CREATE);
        deleted = await deleteStrays(step, entry);
    }
    step.log.info(deleted === 0
        ? 'The step ended while it was making a key; no key came of it.'
        : 'The step ended while it was making a key; the key, which nobody holds, was deleted.');
    return {};
}
async function withdraw(step, made) {
    const { outcome } = await retireKey(step.atlas, made, { desc: made.desc, mark: ownMark(step) });
    if (outcome === 'unassigned')
        step.log.warning(livesOn(made.apiUserId, made.orgId));
    else
        step.log.info(`The step ended before key ${made.apiUserId} was handed out; it was deleted.`);
    return {};
}
async function revokeEphemeral(step, made) {
    const { outcome } = await revokeKey(step.atlas, made);
    if (outcome === 'unassigned') {
        if (made.purpose.mode === 'ephemeral' && made.purpose.onRevokeFailure === 'fail') {
            return { problem: livesOn(made.apiUserId, made.orgId) };
        }
        step.log.warning(livesOn(made.apiUserId, made.orgId));
        return {};
    }
    step.log.info(outcome === 'revoked' ? `Revoked key ${made.apiUserId}.` : `Key ${made.apiUserId} was gone already.`);
    return {};
}
/**
 * The key was handed out, and what ends its making is missing. Its mark may be past by now and another maker at work,
 * so it stands for election again.
 */
async function finishEnsure(step, made) {
    const { desc, orgId, apiUserId } = made;
    const promotion = { groupId: made.groupIds[0], orgId, apiUserId, desc };
    const family = await readFamily(step.atlas, promotion.groupId, desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    switch (mine?.state) {
        case undefined:
            step.log.warning(`Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
            return {};
        case 'pending':
            if (!(await isMine(step, made, family)))
                return withdraw(step, made);
            await settleCurrent(step, promotion);
            step.log.info(`Key ${apiUserId} is the current key now; the step had ended just before that.`);
            return {};
        case 'retired':
            return withdraw(step, made);
        case 'current':
            await demoteOlder(step, promotion);
            return {};
        default:
            // It was current, and others have gone on from there.
            return {};
    }
}
/** Whether the pending key may become current: nobody else has made one. */
async function isMine(step, made, family) {
    if (membersIn(family, 'current').length > 0)
        return false;
    const { desc, orgId, apiUserId } = made;
    const [groupId] = made.groupIds;
    const pending = describeMarked(desc, { ...ownMark(step), state: 'pending', until: pendingUntil(step) });
    await step.atlas.renameKey({ groupId, orgId, apiUserId }, pending);
    const again = await readFamily(step.atlas, groupId, desc);
    return winElection(step, again, { groupId, desc, apiUserId });
}
/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step, made, why) {
    const { desc, orgId, apiUserId } = made;
    const [groupId] = made.groupIds;
    const family = await readFamily(step.atlas, groupId, desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    if (mine?.state === 'pending')
        await markUndecided(step, { groupId, orgId, apiUserId, desc });
    step.log.warning(tellUnfinished({ task: 'leaveUndecided', made, why }));
    return {};
}
async function settle_commit(step, made) {
    // not covered: no other purpose leads here, which the type of the journal does not say.
    if (made.purpose.mode !== 'rotate')
        throw new Error('only a rotation is committed');
    const { keepPrevious } = made.purpose;
    const done = await commitRotation(step, { ...made, keepPrevious });
    step.log.info(done.outcome === 'committed'
        ? `The rotation is final: key ${made.apiUserId} is current.`
        : `A newer rotation was committed meanwhile; key ${made.apiUserId} counts as previous.`);
    return { commit: done };
}
/** Whether post may only warn about this failure: the user said so, or nothing can be lost by it. */
function mayWarn(unfinished, error) {
    if (unfinished.task === 'revoke') {
        const { purpose } = unfinished.made;
        return purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'warn';
    }
    return unfinished.task !== 'commit' || isAtlasError(error, 'gone');
}

// EXTERNAL MODULE: ./lib/request.js
var lib_request = __nccwpck_require__(5834);
;// CONCATENATED MODULE: ./lib/inputs.js
/**
 * The sole reader of inputs and environment. Pure: it sees only the environment it is handed, and the file
 * reader for the event's payload. The entry points mask `readSecrets` first, then read.
 */


















/**
 * Reads and checks everything the main step is told.
 * @param readFile for the event's payload, which tells a fork's pull request; without it the hint is vaguer
 * @throws {InputError} with all problems at once
 */
function readRequest(environment, readFile) {
    const findings = new Findings(secrets_readSecrets(environment));
    const hint = explainMissingSecrets(environment, readFile);
    const mode = readChoice(environment, 'mode', lib_request/* MODES */.F, findings);
    const { credentials, overwrittenByExport } = readCredentials(environment, hint, findings);
    const service = readService(environment, findings);
    const fields = readFields(environment, hint, findings);
    const timeout = readTimeout(environment, findings);
    const run = readRunIdentity(environment, findings);
    const request = mode && buildRequest(mode, fields, environment, findings);
    if (request !== undefined && makesKeys(request.mode) && fields.exportEnv && overwrittenByExport) {
        findings.problem(EXPORT_OVERWRITES_CALLER);
    }
    warnOfUnroutable(fields.accessList, service, findings);
    if (request === undefined || findings.problems.length > 0)
        throw new input_error/* InputError */.d(findings.problems);
    const { warnings, notices } = findings;
    return { request, credentials, service, timeout, run, warnings, notices };
}
/** Reads what the post step can still know. Never throws: inside composites its inputs may be another action's. */
function readPostInputs(environment) {
    const credentials = findCredentials(environment);
    const status = readInput(environment, 'jobStatus');
    return {
        credentials,
        missing: credentials === undefined ? NO_POST_CREDENTIALS : '',
        jobStatus: JOB_STATUSES.find((candidate) => candidate === status),
        proxyFor: (origin) => proxyFor(origin, environment),
        secrets: readSecrets(environment),
    };
}
const EXPORT_OVERWRITES_CALLER = "`exportEnv` would overwrite the variables that hold the caller's own key, and the post step would sign in as the new one: give the caller's key as `atlasPublicKey` and `atlasPrivateKey`.";
const NO_POST_CREDENTIALS = "The credentials for Atlas did not reach the post step: neither its inputs nor the environment hold a complete pair (inside composite actions the runner may lose inputs; set the job's `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY` there).";


/***/ }),

/***/ 1674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ InputError)
/* harmony export */ });
/** All that is wrong with the inputs, told at once; no sentence ever holds a secret. */
class InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
    }
}


/***/ }),

/***/ 2343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   eN: () => (/* binding */ commitRotation),
/* harmony export */   h_: () => (/* binding */ retireMembers)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7236);
/* harmony import */ var _current_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2353);
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9446);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(2375);
/* harmony import */ var _key_error_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3636);
/* harmony import */ var _make_key_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2338);
/* harmony import */ var _retirement_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6773);
/* harmony import */ var _revoke_key_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6830);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(7168);
/** How a rotation becomes final, and which keys go then. */









/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, rotation) {
    const { desc, apiUserId } = rotation;
    const promotion = { groupId: rotation.groupIds[0], orgId: rotation.orgId, apiUserId, desc };
    const before = await (0,_family_js__WEBPACK_IMPORTED_MODULE_2__/* .readFamily */ .LX)(step.atlas, promotion.groupId, desc);
    const mine = before.find((member) => member.key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new _key_error_js__WEBPACK_IMPORTED_MODULE_3__/* .KeyError */ .e('notFound', `Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
            'changed. Somebody revoked it, or more rotations than keepPrevious + 1 were open at once. Run the job again, one rotation at a time.');
    }
    const plain = (0,_family_js__WEBPACK_IMPORTED_MODULE_2__/* .membersIn */ .Jp)(before, 'current').filter((member) => member !== mine);
    // Within one second ids tell no order: then the later commit wins.
    if (plain.some((member) => (0,_key_js__WEBPACK_IMPORTED_MODULE_7__/* .createdAt */ .CT)(member.key.id) > (0,_key_js__WEBPACK_IMPORTED_MODULE_7__/* .createdAt */ .CT)(apiUserId))) {
        await (0,_current_js__WEBPACK_IMPORTED_MODULE_1__/* .demote */ .vr)(step, mine, promotion);
        return superseded(await (0,_family_js__WEBPACK_IMPORTED_MODULE_2__/* .readFamily */ .LX)(step.atlas, promotion.groupId, desc));
    }
    const demoted = await Promise.all(plain.map((member) => (0,_current_js__WEBPACK_IMPORTED_MODULE_1__/* .demote */ .vr)(step, member, promotion)));
    const gone = plain.filter((_, index) => demoted[index] === 'gone').map(({ key }) => key.id);
    const after = await (0,_current_js__WEBPACK_IMPORTED_MODULE_1__/* .settleCurrent */ .JL)(step, promotion).catch(async (error) => {
        // Another rotation retired it after that look; the former key must not be left without its name.
        if ((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'gone'))
            await (0,_current_js__WEBPACK_IMPORTED_MODULE_1__/* .restoreCurrent */ .Y8)(step, promotion);
        throw error;
    });
    const [newest] = (0,_family_js__WEBPACK_IMPORTED_MODULE_2__/* .membersIn */ .Jp)(after, 'current');
    if (newest !== undefined && newest.key.id !== apiUserId)
        return superseded(after);
    // One that is only listed still keeps nobody's place.
    const alive = (members) => members.filter(({ key }) => !gone.includes(key.id));
    const held = (0,_retirement_js__WEBPACK_IMPORTED_MODULE_5__/* .inUse */ .Lj)(alive(before), { apiUserId, nonce: step.nonce });
    const doomed = (0,_retirement_js__WEBPACK_IMPORTED_MODULE_5__/* .doomedAsBefore */ .g6)((0,_retirement_js__WEBPACK_IMPORTED_MODULE_5__/* .membersToRetire */ .iD)(alive(after), rotation, held), before);
    // An earlier try had got this far: who knows what has become previous since.
    const leaving = mine.state === 'current' ? doomed.filter(({ state }) => state !== 'previous') : doomed;
    const retired = await retireMembers(step, rotation, leaving);
    if (leaving.some((member) => member.state === 'undecided'))
        await (0,_current_js__WEBPACK_IMPORTED_MODULE_1__/* .restoreCurrent */ .Y8)(step, promotion);
    return {
        outcome: 'committed',
        retired: retired.map(({ key }) => key.id),
        family: rowsOf(alive(after), retired),
    };
}
function superseded(family) {
    return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}
/** Retires these members side by side. A failure is told and left to the next rotation. Returns those that went. */
async function retireMembers(step, { groupIds, orgId, desc }, members) {
    const results = await Promise.all(members.map(async (member) => {
        const doomed = { apiUserId: member.key.id, orgId: (0,_key_js__WEBPACK_IMPORTED_MODULE_7__/* .organizationOf */ .d1)(member.key) ?? orgId, groupIds };
        try {
            const { outcome } = await (0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_6__/* .retireKey */ .n3)(step.atlas, doomed, { desc, mark: (0,_make_key_js__WEBPACK_IMPORTED_MODULE_4__/* .ownMark */ .a1)(step) });
            if (outcome === 'revoked')
                step.log.info(`Retired key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .V)(member.key)}, which was ${member.state}.`);
            if (outcome === 'unassigned')
                step.log.warning((0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_6__/* .livesOn */ .pC)((0,_step_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .V)(member.key), doomed.orgId));
            return outcome === 'revoked' ? [member] : [];
        }
        catch (error) {
            const why = (0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
            step.log.warning(`Key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .V)(member.key)} could not be retired; the next rotation tries again. ${why}`);
            return [];
        }
    }));
    return results.flat();
}
/** The family as a table, newest first, with what this step deleted. */
function rowsOf(family, retired) {
    const gone = new Set(retired.map(({ key }) => key.id));
    const alive = family.filter(({ key }) => !gone.has(key.id));
    return [...alive, ...retired]
        .sort((left, right) => (0,_key_js__WEBPACK_IMPORTED_MODULE_7__/* .newestFirst */ .ll)(left.key, right.key))
        .map(({ key, state }) => ({
        apiUserId: key.id,
        publicKey: key.publicKey,
        state: gone.has(key.id) ? 'retired' : state,
    }));
}


/***/ }),

/***/ 2353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JL: () => (/* binding */ settleCurrent),
/* harmony export */   Pv: () => (/* binding */ demoteOlder),
/* harmony export */   Y8: () => (/* binding */ restoreCurrent),
/* harmony export */   hO: () => (/* binding */ markUndecided),
/* harmony export */   vr: () => (/* binding */ demote)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7236);
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9446);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2375);
/* harmony import */ var _make_key_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2338);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3043);
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Renames the key to the plain text, then looks whether others did the same at the same moment. */
async function settleCurrent(step, promotion) {
    await step.atlas.renameKey(promotion, promotion.desc);
    return demoteOlder(step, promotion);
}
/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
async function demoteOlder(step, place) {
    const family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_1__/* .readFamily */ .LX)(step.atlas, place.groupId, place.desc);
    const [, ...older] = (0,_family_js__WEBPACK_IMPORTED_MODULE_1__/* .membersIn */ .Jp)(family, 'current');
    await Promise.all(older.map((member) => demote(step, member, place)));
    return family;
}
/** Marks a rotation's key as one that somebody may hold, and that is not final. */
async function markUndecided(step, key) {
    await step.atlas.renameKey(key, (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMarked */ .MF)(key.desc, { ...(0,_make_key_js__WEBPACK_IMPORTED_MODULE_2__/* .ownMark */ .a1)(step), state: 'undecided' }));
}
/**
 * Gives the plain text back where no key has it. An undecided key that was retired may have been committed at the same
 * moment; then the key that stands in for a current one becomes current.
 */
async function restoreCurrent(step, place) {
    const family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_1__/* .readFamily */ .LX)(step.atlas, place.groupId, place.desc);
    const acting = (0,_family_js__WEBPACK_IMPORTED_MODULE_1__/* .actingCurrent */ .y9)(family);
    if (acting === undefined || acting.state === 'current')
        return;
    const { groupId, orgId, desc } = place;
    await settleCurrent(step, { groupId, orgId, desc, apiUserId: acting.key.id });
}
/** Marks a key as superseded and alive. `gone`: it was deleted, and is only listed still. */
async function demote(step, { key }, { groupId, orgId, desc }) {
    const previous = (0,_mark_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMarked */ .MF)(desc, { ...(0,_make_key_js__WEBPACK_IMPORTED_MODULE_2__/* .ownMark */ .a1)(step), state: 'previous' });
    const target = { groupId, orgId: (0,_key_js__WEBPACK_IMPORTED_MODULE_4__/* .organizationOf */ .d1)(key) ?? orgId, apiUserId: key.id };
    try {
        await step.atlas.renameKey(target, previous);
        return 'demoted';
    }
    catch (error) {
        if ((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'gone'))
            return 'gone';
        throw error;
    }
}


/***/ }),

/***/ 973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ DeliveryError)
/* harmony export */ });
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

/***/ 497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OJ: () => (/* binding */ winElection),
/* harmony export */   hs: () => (/* binding */ LOOK_AGAIN)
/* harmony export */ });
/* unused harmony export electionOf */
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9446);
/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one
 * sees the other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees
 * only larger ones waits until they have given up or one of them is current. docs/lifecycle.md has the proof.
 */

/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/** The state of the election as this family shows it to the maker of the pending key `apiUserId`. */
function electionOf(family, apiUserId, serviceNow) {
    if ((0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(family, 'current').length > 0)
        return 'lost';
    const makers = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .livePending */ .iR)(family, serviceNow).map((member) => member.key.id);
    if (makers.some((id) => id < apiUserId))
        return 'lost';
    return makers.length === 1 && makers[0] === apiUserId ? 'won' : 'undecided';
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, { groupId, desc, apiUserId, }) {
    for (let family = first;;) {
        const election = electionOf(family, apiUserId, step.atlas.serviceNow());
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
        family = await (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .readFamily */ .LX)(step.atlas, groupId, desc);
    }
}


/***/ }),

/***/ 9446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ap: () => (/* binding */ familyOf),
/* harmony export */   Jp: () => (/* binding */ membersIn),
/* harmony export */   LX: () => (/* binding */ readFamily),
/* harmony export */   Tf: () => (/* binding */ nonceOf),
/* harmony export */   gQ: () => (/* binding */ deadPending),
/* harmony export */   iR: () => (/* binding */ livePending),
/* harmony export */   y9: () => (/* binding */ actingCurrent)
/* harmony export */ });
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2375);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3043);


/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function familyOf(desc, keys) {
    return keys
        .flatMap((key) => memberOf(desc, key) ?? [])
        .sort((left, right) => (0,_key_js__WEBPACK_IMPORTED_MODULE_1__/* .newestFirst */ .ll)(left.key, right.key));
}
/** The family `desc` as the project lists it now. */
async function readFamily(atlas, groupId, desc) {
    return familyOf(desc, await atlas.listProjectKeys(groupId));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { state: 'current', key };
    const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_0__/* .readMark */ .Mp)(key.desc);
    if (marked === undefined || !(0,_mark_js__WEBPACK_IMPORTED_MODULE_0__/* .isMarkedAs */ .Bi)(marked, desc))
        return undefined;
    return { state: marked.mark.state, key, mark: marked.mark };
}
/** The members in one of these states, newest first. */
function membersIn(family, ...states) {
    return family.filter((member) => states.includes(member.state));
}
/**
 * The key that users of this family hold: the newest plain one. Without any, a commit was interrupted between its
 * two renames: the newest previous key carries the nonce of the step that wanted to put its own in its place, and that
 * one stands in. An undecided key alone never does: its machine may have been lost before anybody got it.
 */
function actingCurrent(family) {
    const [plain] = membersIn(family, 'current');
    if (plain !== undefined)
        return plain;
    const [former] = membersIn(family, 'previous');
    if (former === undefined)
        return undefined;
    return membersIn(family, 'undecided').find((member) => nonceOf(member) === nonceOf(former)) ?? former;
}
/** The nonce of the step that marked the key last. */
function nonceOf(member) {
    return 'mark' in member ? member.mark.nonce : undefined;
}
/** Pending keys whose maker may still be at work, by the service's clock. */
function livePending(family, serviceNow) {
    return family.filter((member) => member.state === 'pending' && !isPast(member, serviceNow));
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter((member) => member.state === 'pending' && isPast(member, serviceNow));
}
function isPast(member, serviceNow) {
    return 'mark' in member && 'until' in member.mark && serviceNow > member.mark.until;
}


/***/ }),

/***/ 3636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ KeyError)
/* harmony export */ });
/** One sentence for a person: what failed, why, what to do. */
class KeyError extends Error {
    name = 'KeyError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}


/***/ }),

/***/ 2375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ createdAt),
/* harmony export */   d1: () => (/* binding */ organizationOf),
/* harmony export */   io: () => (/* binding */ sameRoles),
/* harmony export */   ll: () => (/* binding */ newestFirst),
/* harmony export */   t4: () => (/* binding */ rolesIn),
/* harmony export */   u8: () => (/* binding */ isOwner)
/* harmony export */ });
/** When the key was made, in milliseconds since 1970: the first four bytes of its ObjectId are Unix seconds. */
function createdAt(apiUserId) {
    return Number.parseInt(apiUserId.slice(0, 8), 16) * 1000;
}
/** The organisation that a key's roles name; a key made through a project is always a member of it. */
function organizationOf(key) {
    return key.roles.find((role) => role.orgId !== undefined)?.orgId;
}
/** The roles of Atlas, and Ops Manager's own, that change and delete a key of the organisation. */
const OWNERS = ['ORG_OWNER', 'GLOBAL_OWNER'];
/** Whether these are the roles of an owner of the organisation. */
function isOwner(caller) {
    return caller.roles.some(({ roleName }) => OWNERS.includes(roleName));
}
/** The key's roles in one project, sorted. Their order changes between answers, so only the set means anything. */
function rolesIn(groupId, key) {
    return [
        ...new Set(key.roles.filter((role) => role.groupId === groupId).map((role) => role.roleName)),
    ].sort();
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


/***/ }),

/***/ 2338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   NG: () => (/* binding */ makeEphemeralKey),
/* harmony export */   OF: () => (/* binding */ undoMaking),
/* harmony export */   a1: () => (/* binding */ ownMark),
/* harmony export */   dA: () => (/* binding */ makePendingKey),
/* harmony export */   xS: () => (/* binding */ factsOf),
/* harmony export */   yB: () => (/* binding */ checkMayRename),
/* harmony export */   yd: () => (/* binding */ withdrawKey)
/* harmony export */ });
/* unused harmony exports pendingUntil, deleteStrays */
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7236);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2375);
/* harmony import */ var _key_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3636);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3043);
/* harmony import */ var _organization_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4241);
/* harmony import */ var _revoke_key_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6830);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7168);
/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */







/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;
/** How long after its deadline a maker's last rename may still reach the service. */
const GRACE = 60_000;
/**
 * Cloud Manager and Ops Manager change a description through the organisation alone, which is for its owners. Says so
 * before a key is made that could never get its name.
 */
async function checkMayRename(step) {
    if (step.surface !== 'public/v1.0')
        return;
    const caller = await step.atlas.whoAmI();
    if (caller === undefined || (0,_key_js__WEBPACK_IMPORTED_MODULE_4__/* .isOwner */ .u8)(caller))
        return;
    throw new _key_error_js__WEBPACK_IMPORTED_MODULE_1__/* .KeyError */ .e('notSupported', 'A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
        'make the key by hand and let mode: ensure keep its roles.');
}
/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
function makePendingKey(step, making) {
    return makeKey(step, making, 'pending', pendingUntil(step));
}
/** The time for the mark of a key that is pending from now on: when this step surely does nothing more. */
function pendingUntil(step) {
    return wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE);
}
/** Makes a key that belongs to this run and says until when. */
function makeEphemeralKey(step, making, ttl) {
    return makeKey(step, making, 'ephemeral', wholeSeconds(step.atlas.serviceNow() + ttl));
}
/** Marks know no finer ones. */
function wholeSeconds(milliseconds) {
    return Math.floor(milliseconds / 1000) * 1000;
}
async function makeKey(step, { purpose, desc, groupIds, roles }, state, until) {
    let intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
    const marked = (0,_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .describeMarked */ .MF)(desc, { ...step.run, nonce: step.nonce, state, until });
    for (let tried = 1;; tried += 1) {
        step.journal({ phase: 'making', ...intent });
        const created = await createOnce(step, intent, { desc: marked, roles });
        if ('key' in created)
            return completeMaking(step, intent, created.key, roles);
        intent = { ...intent, answerLost: true };
        step.journal({ phase: 'making', ...intent });
        const cleared = await clearLostCreate(step, intent);
        if (!cleared || tried === CREATES || step.isOver())
            throw created.lost;
    }
}
/** The key, or the error of a create that may have been carried out. Throws where none was. */
async function createOnce(step, intent, key) {
    try {
        return { key: await step.atlas.createKey(intent.groupIds[0], key) };
    }
    catch (error) {
        if ((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'answerLost', 'timeout', 'cancelled'))
            return { lost: error };
        step.journal(nothingLeft(intent));
        throw error;
    }
}
/** Whether it is certain that no key of the unanswered create is left, as far as lists can tell. */
async function clearLostCreate(step, intent) {
    try {
        const deleted = await deleteStrays(step, intent);
        step.log.info(deleted === 0
            ? 'A create was not answered, and no key came of it.'
            : 'A create was not answered; the key that came of it had a secret that nobody has, and was deleted.');
        return true;
    }
    catch {
        step.log.warning('A create was not answered, and Atlas could not be searched for its key; the post step does it.');
        return false;
    }
}
async function completeMaking(step, intent, key, roles) {
    const [first, ...others] = intent.groupIds;
    const orgId = await (0,_organization_js__WEBPACK_IMPORTED_MODULE_5__/* .organizationOfProject */ .S)(step.atlas, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: key.id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    try {
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)));
        // Only once all have ended: an assignment under way would outlive the undoing of one who may only unassign.
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    }
    catch (error) {
        await undoMaking(step, made);
        throw error;
    }
    return made;
}
/** What is told of a key that this step made. */
function factsOf({ key, intent }) {
    const { desc, orgId, groupIds } = intent;
    return { key, desc, orgId, groupIds, roles: (0,_key_js__WEBPACK_IMPORTED_MODULE_4__/* .rolesIn */ .t4)(groupIds[0], key) };
}
/**
 * Deletes a key that nobody shall hold, with the budget for undoing. What fails here is only told: post does
 * it again from the journal.
 */
async function undoMaking(step, made) {
    try {
        const { outcome } = await withdrawKey(step, made);
        if (outcome !== 'unassigned')
            step.log.info(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .V)(made.key)} was deleted again.`);
    }
    catch {
        step.log.warning(`The new key ${(0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .V)(made.key)} could not be deleted yet; the post step tries again.`);
    }
}
/** Deletes a key that was made and shall not be used, and notes that nothing is left to do. */
async function withdrawKey(step, made) {
    const revocation = await (0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_3__/* .retireKey */ .n3)(step.undoing, made.intent, {
        desc: made.intent.desc,
        mark: ownMark(step),
    });
    if (revocation.outcome === 'unassigned')
        step.log.warning((0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_3__/* .livesOn */ .pC)((0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .V)(made.key), made.intent.orgId));
    step.journal(nothingLeft(made.intent));
    return revocation;
}
/** Nothing is left to do, unless a lost create of the same step may still turn up. */
function nothingLeft(intent) {
    return intent.answerLost ? { phase: 'making', ...intent } : { phase: 'idle' };
}
/** Deletes every key that a create of this intent made, but for `keep`. Returns how many went. */
async function deleteStrays(step, intent, keep) {
    const keys = await step.undoing.listProjectKeys(intent.groupIds[0]);
    const strays = keys.filter((key) => key.id !== keep && isStray(key, intent.nonce));
    let deleted = 0;
    for (const stray of strays) {
        const orgId = await (0,_organization_js__WEBPACK_IMPORTED_MODULE_5__/* .organizationOfProject */ .S)(step.undoing, intent.groupIds[0], [stray]);
        const doomed = { apiUserId: stray.id, orgId, groupIds: intent.groupIds };
        const revocation = await (0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_3__/* .retireKey */ .n3)(step.undoing, doomed, { desc: intent.desc, mark: ownMark(step) });
        if (revocation.outcome === 'unassigned')
            step.log.warning((0,_revoke_key_js__WEBPACK_IMPORTED_MODULE_3__/* .livesOn */ .pC)((0,_step_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .V)(stray), orgId));
        if (revocation.outcome !== 'gone')
            deleted += 1;
    }
    return deleted;
}
/** What this step writes into marks of its own making. */
function ownMark(step) {
    return { ...step.run, nonce: step.nonce };
}
/**
 * Whether a create of this nonce's step made the key and nothing became of it. A step writes its nonce on keys of
 * others, too: on the former current one when that becomes previous.
 */
function isStray(key, nonce) {
    const mark = (0,_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .readMark */ .Mp)(key.desc)?.mark;
    return (mark?.nonce === nonce &&
        (mark.state === 'pending' || mark.state === 'ephemeral' || mark.state === 'retired'));
}


/***/ }),

/***/ 3043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B2: () => (/* binding */ looksLikeMark),
/* harmony export */   Bi: () => (/* binding */ isMarkedAs),
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
const SETTLED_STATES = ['undecided', 'previous', 'retired'];
const LIMITED_STATES = ['pending', 'ephemeral'];
// Owner and name as GitHub allows them; with the longest of each, 12 characters are left for the text.
const PATTERN = new RegExp(String.raw `^(?<text>.*) \[atlas-key/1 ` +
    `(?:(?<settled>${SETTLED_STATES.join('|')})|(?<limited>${LIMITED_STATES.join('|')})) ` +
    String.raw `(?<repository>[\w.-]{1,39}/[\w.-]{1,100}) (?<runId>\d{1,20})\.(?<attempt>\d{1,4}) ` +
    '(?<nonce>[0-9a-f]{16}) (?<digest>[0-9a-f]{8})' +
    String.raw `(?: (?<until>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?\]$`, 's');
/** Whether a human text could be taken for a mark; such a `desc` is refused on input. */
function looksLikeMark(text) {
    return text.includes('[atlas-key/');
}
/** The description of a marked key: the human text, cut first, then the mark. */
function describeMarked(desc, mark) {
    const until = 'until' in mark ? ` ${isoSeconds(mark.until)}` : '';
    const suffix = ` [atlas-key/1 ${mark.state} ${mark.repository} ${mark.runId}.${mark.attempt} ` +
        `${mark.nonce} ${digestOf(desc)}${until}]`;
    return cut(desc, DESC_LIMIT - suffix.length) + suffix;
}
/** Reads a description strictly; `undefined` for everything that we did not write. */
function readMark(description) {
    const groups = PATTERN.exec(description)?.groups;
    if (groups === undefined)
        return undefined;
    const { text, settled, limited, repository, runId, attempt, nonce, digest, until } = groups;
    const origin = { repository, runId, attempt, nonce };
    const limit = until === undefined ? undefined : Date.parse(until);
    if ((settled === undefined) === (limit === undefined) || Number.isNaN(limit))
        return undefined;
    const mark = (limit === undefined ? { ...origin, state: settled } : { ...origin, state: limited, until: limit });
    return { text: text, digest: digest, mark };
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

/***/ 4241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ organizationOfProject)
/* harmony export */ });
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2375);

/** From its keys where there are any, each of which is a member of the organisation; else by one more call. */
async function organizationOfProject(atlas, groupId, keys) {
    for (const key of keys) {
        const orgId = (0,_key_js__WEBPACK_IMPORTED_MODULE_0__/* .organizationOf */ .d1)(key);
        if (orgId !== undefined)
            return orgId;
    }
    return (await atlas.readProject(groupId)).orgId;
}


/***/ }),

/***/ 6773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lj: () => (/* binding */ inUse),
/* harmony export */   Yd: () => (/* binding */ undecidedToRetire),
/* harmony export */   g6: () => (/* binding */ doomedAsBefore),
/* harmony export */   iD: () => (/* binding */ membersToRetire)
/* harmony export */ });
/* harmony import */ var _family_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9446);
/** Which members of a family go when a rotation has made a new key. Decides alone; `commit.ts` carries it out. */

/**
 * What is in use in the family as a commit finds it. In a commit that is done again the former current key is known by
 * `nonce`, with which the first try marked it.
 */
function inUse(before, { apiUserId, nonce }) {
    const others = allBut(apiUserId, before);
    const superseded = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'current', 'previous');
    const former = superseded.find((member) => member.state === 'current' || (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .nonceOf */ .Tf)(member) === nonce) ?? superseded[0];
    const acting = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .actingCurrent */ .y9)(others);
    return { former, standIn: acting?.state === 'undecided' ? acting : undefined };
}
/**
 * Which members a commit retires: of the superseded all but the former current one and then the newest, up to
 * `keepPrevious`; of the undecided all but the newest `keepPrevious` + 1 and the stand-in; and what is retired already.
 */
function membersToRetire(family, { apiUserId, keepPrevious }, { former, standIn }) {
    const others = allBut(apiUserId, family);
    const superseded = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'current', 'previous');
    const formerFirst = [
        ...superseded.filter((member) => isSame(member, former)),
        ...superseded.filter((member) => !isSame(member, former)),
    ];
    const undecided = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'undecided')
        .slice(keepPrevious + 1)
        .filter((member) => keepPrevious === 0 || !isSame(member, standIn));
    return [...formerFirst.slice(keepPrevious), ...undecided, ...(0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'retired')];
}
/**
 * Which undecided members go when another rotation has been made and is not final yet: with the new one, the newest
 * `keepPrevious` + 1 stay. The key that stands in for a current one always stays.
 */
function undecidedToRetire(family, { apiUserId, keepPrevious }) {
    const others = allBut(apiUserId, family);
    const acting = (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .actingCurrent */ .y9)(others);
    return (0,_family_js__WEBPACK_IMPORTED_MODULE_0__/* .membersIn */ .Jp)(others, 'undecided')
        .slice(keepPrevious)
        .filter((member) => !isSame(member, acting));
}
/**
 * Of these members, as the newest look shows them, those that were doomed in an earlier one as well. What is current, or
 * was demoted or made only since then, is left to the next rotation: somebody may just have got it.
 */
function doomedAsBefore(doomed, before) {
    const states = new Map(before.map(({ key, state }) => [key.id, state]));
    return doomed.filter(({ key, state }) => {
        const earlier = states.get(key.id);
        if (state === 'current')
            return false;
        return state === 'previous' ? earlier === 'current' || earlier === 'previous' : earlier === state;
    });
}
function allBut(apiUserId, family) {
    return family.filter(({ key }) => key.id !== apiUserId);
}
function isSame(member, other) {
    return member.key.id === other?.key.id;
}


/***/ }),

/***/ 6830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ revokeKey),
/* harmony export */   n3: () => (/* binding */ retireKey),
/* harmony export */   pC: () => (/* binding */ livesOn)
/* harmony export */ });
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7236);
/* harmony import */ var _mark_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3043);
/** How one key dies. */


/**
 * Deletes the key from its organisation, the only true revocation. A caller who may not do that unassigns it
 * from its projects instead. A key that is already gone is fine. Throws `AtlasError` for everything else.
 */
async function revokeKey(atlas, key) {
    try {
        const deletion = await atlas.deleteKey(key.orgId, key.apiUserId);
        return { outcome: deletion === 'deleted' ? 'revoked' : 'gone' };
    }
    catch (error) {
        if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'notAllowed'))
            throw error;
        await Promise.all(key.groupIds.map((groupId) => atlas.unassignKey(groupId, key.apiUserId)));
        return { outcome: 'unassigned', refusal: error };
    }
}
/** Of a key that could only be unassigned: what is left to do, and by whom. */
function livesOn(name, orgId) {
    return (`Key ${name} is out of the project but lives on in organisation ${orgId}: deleting it needs Organization Owner. ` +
        'Delete it there, or run mode: sweep with that role.');
}
/**
 * Marks the key as retired, then revokes it. A deleted key may be listed for two more minutes; the mark keeps
 * such a ghost from being taken for a current or a pending key, and lets a sweep with an owner's rights find
 * a key that could only be unassigned.
 */
async function retireKey(atlas, key, name) {
    const { repository, runId, attempt, nonce } = name.mark;
    const retired = (0,_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .describeMarked */ .MF)(name.desc, { state: 'retired', repository, runId, attempt, nonce });
    const [groupId] = key.groupIds;
    if (groupId !== undefined) {
        try {
            await atlas.renameKey({ groupId, orgId: key.orgId, apiUserId: key.apiUserId }, retired);
        }
        catch (error) {
            // The mark only helps readers. A key that cannot be renamed, or is gone, still has to be revoked.
            if (!(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtlasError */ .yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
                throw error;
        }
    }
    return revokeKey(atlas, key);
}


/***/ }),

/***/ 7168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ count),
/* harmony export */   V: () => (/* binding */ nameOf)
/* harmony export */ });
/** `6a79…d3b1 (flezioeg)`: how a key is named to a person. Neither part is a secret. */
function nameOf(key) {
    return `${key.id} (${key.publicKey})`;
}
/** `1 key`, `2 keys`. */
function count(items, noun) {
    return `${items.length} ${noun}${items.length === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 342:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7236);
/* harmony import */ var _atlas_proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(519);
/* harmony import */ var _github_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9452);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2854);
/* harmony import */ var _keys_delivery_error_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(973);
/* harmony import */ var _modes_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8079);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5534);
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(5834);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(3489);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(8847);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(2135);
/* harmony import */ var _trust_js__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(5237);
/** The step itself. Reads what is asked for, does it, publishes it; the only catch is here. */














try {
    for (const secret of (0,_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .readSecrets */ .ql)(process.env))
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .mask */ .dK)(secret);
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .saveNothingToSettle */ .Z1)();
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .readRequest */ ["in"])(process.env, (path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8'));
    for (const notice of inputs.notices)
        _publish_js__WEBPACK_IMPORTED_MODULE_8__/* .log */ .Rm.notice(notice);
    for (const warning of inputs.warnings)
        _publish_js__WEBPACK_IMPORTED_MODULE_8__/* .log */ .Rm.warning(warning);
    await run(inputs, (0,_session_js__WEBPACK_IMPORTED_MODULE_9__/* .listenForCancel */ .F)());
}
catch (error) {
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .fail */ .fJ)(error);
}
async function run(inputs, signals) {
    const { request, credentials, service, run, timeout } = inputs;
    const nonce = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex');
    const record = {
        baseUrl: service.baseUrl,
        surface: service.surface,
        run,
        nonce,
        timeout,
        caller: (0,_request_js__WEBPACK_IMPORTED_MODULE_12__/* .nameOfCaller */ .I)(credentials),
        trust: (0,_trust_js__WEBPACK_IMPORTED_MODULE_13__/* .trustOf */ .A)(process.env),
    };
    const store = storeOf(request);
    const session = (0,_session_js__WEBPACK_IMPORTED_MODULE_9__/* .openSession */ .f)({
        service,
        credentials,
        run,
        nonce,
        timeout,
        signals,
        journal: (entry) => (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .saveState */ .LZ)({ ...record, entry }),
        store: async (key) => {
            const open = await opening;
            if (open === undefined || store === undefined)
                return;
            await open.write(key).catch(refuseDelivery);
            _publish_js__WEBPACK_IMPORTED_MODULE_8__/* .log */ .Rm.info(tellStored(store));
        },
    });
    const opening = store && openStore(store, session.deadline.signal);
    try {
        // A store that cannot be opened is told before a key is made.
        await opening;
        const outcome = await (0,_modes_js__WEBPACK_IMPORTED_MODULE_7__/* .carryOut */ .u)(session.step, request);
        for (const line of (0,_summary_js__WEBPACK_IMPORTED_MODULE_10__/* .tellPlan */ .fb)(outcome))
            _publish_js__WEBPACK_IMPORTED_MODULE_8__/* .log */ .Rm.info(line);
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .publishOutputs */ .eB)(outcome);
        await (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_10__/* .renderSummary */ .Br)(outcome, session.step.atlas.serviceNow()));
        if (outcome.problem !== undefined)
            return (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .fail */ .fJ)(new Error(outcome.problem));
        // Last: a step that fails after all must not leave variables to the later ones.
        if (exportsVariables(request) && outcome.result !== 'planned')
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .exportVariables */ .qY)(outcome);
    }
    finally {
        await Promise.allSettled([session.close(), opening?.then((vault) => vault.close())]);
    }
}
function refuseDelivery(error) {
    const nobodyHasIt = error instanceof _github_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .SecretStoreError */ .u && error.written.length === 0 && error.perhapsWritten === undefined;
    throw new _keys_delivery_error_js__WEBPACK_IMPORTED_MODULE_6__/* .DeliveryError */ .V((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error), { nobodyHasIt, cause: error });
}
function storeOf(request) {
    return 'handover' in request && !request.dryRun ? request.handover.store : undefined;
}
function exportsVariables(request) {
    return 'handover' in request && request.handover.exportEnv;
}
function tellStored({ names, repository, environment }) {
    const place = environment === undefined ? repository : `the environment "${environment}" of ${repository}`;
    return names.form === 'combined'
        ? `Stored the new key as the Actions secret ${names.secret} of ${place}.`
        : `Stored the new key as the Actions secrets ${names.publicKeySecret} and ${names.privateKeySecret} of ${place}.`;
}
/** Octokit takes longer to load than the rest of this action, so only a step that stores a secret loads it. */
async function openStore(store, signal) {
    const { openSecretStore } = await Promise.all(/* import() */[__nccwpck_require__.e(701), __nccwpck_require__.e(81), __nccwpck_require__.e(315)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1142));
    return openSecretStore(store, {
        signal,
        proxy: (0,_atlas_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .proxyFor */ .i)(store.apiUrl, process.env),
        random: Math.random,
        pause: _time_js__WEBPACK_IMPORTED_MODULE_11__/* .pause */ .v,
        debug: _publish_js__WEBPACK_IMPORTED_MODULE_8__/* .log */ .Rm.debug,
    });
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 8079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  u: () => (/* binding */ carryOut)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: ./lib/keys/key.js
var keys_key = __nccwpck_require__(2375);
// EXTERNAL MODULE: ./lib/keys/key-error.js
var key_error = __nccwpck_require__(3636);
;// CONCATENATED MODULE: ./lib/keys/outcome.js
/** An outcome of which only the given parts are remarkable. */
function outcome(parts) {
    return { previous: [], retired: [], family: [], plan: [], ...parts };
}
/** What dryRun answers. */
function planned(plan, parts = {}) {
    return outcome({ ...parts, result: 'planned', changed: false, plan });
}

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __nccwpck_require__(7168);
;// CONCATENATED MODULE: ./lib/keys/converge.js




/** Assigns or updates where the roles differ. Never touches the caller's own key. */
async function converge(step, convergence) {
    const { request, key, orgId, desc, before, privateKey } = convergence;
    const changes = changesNeeded(request.groupIds, request.roles, key);
    const facts = { key, desc, orgId, groupIds: request.groupIds, roles: [...request.roles].sort() };
    const plan = changes.map(({ action, groupId }) => ({
        action,
        key,
        what: `${request.roles.join(', ')} in project ${groupId}${wasRoles(key, groupId)}`,
    }));
    if (changes.length > 0 && key.publicKey === step.callerPublicKey) {
        throw new key_error/* KeyError */.e('callersOwn', `Key ${(0,keys_step/* nameOf */.V)(key)} is the one this step signs in with, and its roles differ from those declared. The step never ` +
            'changes its own key: sign in with another one, or declare another desc.');
    }
    if (request.dryRun)
        return planned([...before, ...plan], { facts });
    const done = await Promise.allSettled(changes.map(({ action, groupId }) => action === 'assign'
        ? step.atlas.assignKey(groupId, key.id, request.roles)
        : step.atlas.updateRoles(groupId, key.id, request.roles)));
    tellOf(step, changes, done, key);
    if (changes.length === 0 && before.length === 0)
        step.log.info(`Key ${(0,keys_step/* nameOf */.V)(key)} has these roles already.`);
    return outcome({
        result: changes.some(({ action }) => action === 'assign')
            ? 'assigned'
            : changes.length + before.length > 0
                ? 'updated'
                : 'unchanged',
        changed: changes.length + before.length > 0,
        facts,
        ...(privateKey === undefined ? {} : { privateKey }),
    });
}
/** One change a project in which the key's roles are not the declared set. */
function changesNeeded(groupIds, roles, key) {
    return groupIds.flatMap((groupId) => {
        const actual = (0,keys_key/* rolesIn */.t4)(groupId, key);
        if ((0,keys_key/* sameRoles */.io)(actual, roles))
            return [];
        return [{ action: actual.length === 0 ? 'assign' : 'update', groupId }];
    });
}
/**
 * The key with its roles everywhere: a project's list need not show the roles in other projects, so a request
 * that names several reads the key in the organisation.
 */
async function readRolesEverywhere(step, key, orgId, groupIds) {
    return groupIds.length === 1 ? key : step.atlas.readOrganizationKey(orgId, key.id);
}
function wasRoles(key, groupId) {
    const actual = (0,keys_key/* rolesIn */.t4)(groupId, key);
    return actual.length === 0 ? '' : `, was ${actual.join(', ')}`;
}
/** Says what was done; on a failure half-way also that it stays, since the key was there before. */
function tellOf(step, changes, done, key) {
    changes.forEach(({ action, groupId }, index) => {
        if (done[index]?.status !== 'fulfilled')
            return;
        const was = wasRoles(key, groupId);
        step.log.info(action === 'assign'
            ? `Assigned key ${(0,keys_step/* nameOf */.V)(key)} to project ${groupId}.`
            : `Updated the roles of key ${(0,keys_step/* nameOf */.V)(key)} in project ${groupId}${was}.`);
    });
    const failed = done.find((result) => result.status === 'rejected');
    if (failed === undefined)
        return;
    if (done.some((result) => result.status === 'fulfilled')) {
        step.log.warning(`Key ${(0,keys_step/* nameOf */.V)(key)} has its new roles in some of the projects only; the next run goes on from there.`);
    }
    throw failed.reason;
}

// EXTERNAL MODULE: ./lib/keys/current.js
var keys_current = __nccwpck_require__(2353);
// EXTERNAL MODULE: ./lib/keys/election.js
var election = __nccwpck_require__(497);
// EXTERNAL MODULE: ./lib/keys/family.js
var keys_family = __nccwpck_require__(9446);
;// CONCATENATED MODULE: ./lib/keys/handover.js
/** What makes a new key usable before anybody gets it: its own access list, and a first sign-in. */



/** A new key may be unknown to the service's other machines for a moment: how long a 401 is waited out, in milliseconds. */
const SIGN_IN_PATIENCE = 10_000;
const SIGN_IN_PAUSE = 500;
/** Turns the wishes into entries; asks Atlas for this machine's address where `current` is among them. */
async function resolveAccessList(step, wishes) {
    if (!wishes.includes('current'))
        return wishes.filter((wish) => wish !== 'current');
    try {
        const current = { ipAddress: await step.atlas.currentAddress() };
        step.log.info(`This machine is ${current.ipAddress} to Atlas; the new key's access list gets it.`);
        return wishes.map((wish) => (wish === 'current' ? current : wish));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'credentials', 'notAllowed', 'gone', 'badRequest', 'unintelligible'))
            throw error;
        // A 401 may be about this address of the service alone. Credentials that are wrong everywhere are told as such.
        if (error.kind === 'credentials')
            await step.atlas.whoAmI();
        throw new key_error/* KeyError */.e('addressUnknown', 'accessList: current cannot be used: Atlas did not tell the address of this machine ' +
            '(GET /api/private/ipinfo is refused or missing here). Name the addresses or CIDR blocks instead.', { cause: error });
    }
}
/** Says which of the wishes for a new key do nothing for one that exists. */
function tellWhatIsForNewKeys(step, { accessList, store }) {
    if (accessList.length > 0) {
        step.log.info('accessList is for a newly made key; the access list of this one stays as it is.');
    }
    if (store !== undefined) {
        step.log.info('Actions secrets are written for a newly made key only; those that are there stay as they are.');
    }
}
/** Puts the entries on the new key's own list, then signs in as the key. Throws when the key is of no use. */
async function makeUsable(step, made, handover, entries) {
    if (entries.length > 0) {
        await step.atlas.addAccessListEntries(made.intent.orgId, made.key.id, entries);
    }
    if (handover.verify)
        await verifyKey(step, made, entries.length > 0);
}
async function verifyKey(step, { key }, limited) {
    const patience = step.remaining() - SIGN_IN_PATIENCE;
    for (;;) {
        try {
            return await step.atlas.signInAs(key);
        }
        catch (error) {
            if ((0,errors/* isAtlasError */.yH)(error, 'addressRefused')) {
                if (limited) {
                    throw new key_error/* KeyError */.e('notUsable', `The new key ${(0,keys_step/* nameOf */.V)(key)} may not be used from this machine: its access list does not hold this ` +
                        "machine's address. Add `current` to accessList, or set verify: false when the key is for another " +
                        'machine.', { cause: error });
                }
                step.log.warning(`The new key ${(0,keys_step/* nameOf */.V)(key)} may not be used from this machine: its organisation requires an access list, ` +
                    'and the key has none. Set accessList: current, unless the key is meant for another machine whose ' +
                    'address you add yourself.');
                return;
            }
            if (!(0,errors/* isAtlasError */.yH)(error, 'credentials'))
                throw error;
            if (step.remaining() - SIGN_IN_PAUSE <= patience) {
                throw new key_error/* KeyError */.e('notUsable', `Atlas still refuses the new key ${(0,keys_step/* nameOf */.V)(key)} after ${SIGN_IN_PATIENCE / 1000} seconds, so it was not ` +
                    'handed out. Run the job again; if it happens again, look at https://status.mongodb.com.', { cause: error });
            }
            await step.pause(SIGN_IN_PAUSE);
        }
    }
}

;// CONCATENATED MODULE: ./lib/keys/known-secret.js
/** Whether a secret that was stored in an earlier run is the secret of the key that was found. */



/**
 * Compares the tail with the one that Atlas shows, which costs no call, then signs in. Where the key's access
 * list refuses this machine's address, the tail (12 characters) has to do. `undefined` where no secret is given.
 */
async function checkKnownSecret(step, key, { knownPrivateKey: privateKey, knownPublicKey }) {
    if (privateKey === undefined)
        return undefined;
    if (knownPublicKey !== undefined && knownPublicKey !== key.publicKey)
        return 'otherKey';
    if (key.privateKeyTail !== '' && !privateKey.endsWith(key.privateKeyTail))
        return 'tailDiffers';
    try {
        await step.atlas.signInAs({ publicKey: key.publicKey, privateKey });
        return 'fits';
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'addressRefused')) {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.V)(key)} may not be used from this machine: its own access list does not hold this machine's address. ` +
                'Add the address to it in Atlas, if the key is for this machine.');
            return 'fits';
        }
        if ((0,errors/* isAtlasError */.yH)(error, 'credentials'))
            return 'refused';
        throw error;
    }
}
/** The secret to hand on: the known one where it fits. Throws `KeyError` where one is given that does not. */
async function acceptKnownSecret(step, key, known) {
    const verdict = await checkKnownSecret(step, key, known);
    if (verdict === undefined)
        return undefined;
    if (verdict === 'fits') {
        step.log.info(`knownPrivateKey is the secret of key ${(0,keys_step/* nameOf */.V)(key)}; it is handed on.`);
        return known.knownPrivateKey;
    }
    throw new key_error/* KeyError */.e('secretMismatch', `knownPrivateKey is not the secret of key ${(0,keys_step/* nameOf */.V)(key)}: ${misfit(verdict, known)}. Store the secret again, or use mode: ` +
        'rotate, which makes a new key when the stored secret does not fit.');
}
function misfit(verdict, { knownPublicKey }) {
    switch (verdict) {
        case 'otherKey':
            return `it belongs to the key ${knownPublicKey}`;
        case 'tailDiffers':
            return 'its end is another one';
        case 'refused':
            return 'Atlas refuses it';
    }
}
/** The member of the family that the known secret belongs to, by public key or by tail; not yet signed in with. */
function memberOfSecret(family, { knownPrivateKey, knownPublicKey }) {
    if (knownPrivateKey === undefined)
        return undefined;
    return family.find(({ key }) => knownPublicKey === undefined
        ? key.privateKeyTail !== '' && knownPrivateKey.endsWith(key.privateKeyTail)
        : key.publicKey === knownPublicKey);
}

// EXTERNAL MODULE: ./lib/keys/make-key.js
var make_key = __nccwpck_require__(2338);
// EXTERNAL MODULE: ./lib/keys/organization.js
var organization = __nccwpck_require__(4241);
// EXTERNAL MODULE: ./lib/keys/revoke-key.js
var revoke_key = __nccwpck_require__(6830);
;// CONCATENATED MODULE: ./lib/keys/make-current.js
/**
 * How ensure makes the key: as pending, in an election with all others who do the same, and current only when it has
 * been handed out.
 */










/** Makes the key; `undefined` when another maker has it. */
async function makeCurrent(step, request, desc) {
    const { groupIds, roles, handover } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const made = await (0,make_key/* makePendingKey */.dA)(step, { purpose: { mode: 'ensure' }, desc, groupIds, roles });
    const [groupId] = groupIds;
    try {
        const [family] = await Promise.all([
            (0,keys_family/* readFamily */.LX)(step.atlas, groupId, desc),
            makeUsable(step, made, handover, entries),
        ]);
        const candidate = { groupId, desc, apiUserId: made.key.id };
        if (!(await (0,election/* winElection */.OJ)(step, family, candidate))) {
            await (0,make_key/* withdrawKey */.yd)(step, made);
            return undefined;
        }
        step.log.info(`Created key ${(0,keys_step/* nameOf */.V)(made.key)}.`);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await (0,make_key/* undoMaking */.OF)(step, made);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    const family = await becomeCurrent(step, made);
    const retired = await retireDead(step, request, desc, (0,keys_family/* deadPending */.gQ)(family, step.atlas.serviceNow()));
    return outcome({
        result: 'created',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
        privateKey: made.key.privateKey,
        retired,
    });
}
/**
 * The last rename. It stays within the deadline that the mark tells everybody, because every call does. When
 * it is refused for good, the key is undone; when it is only unanswered, post sends it again. Returns the family.
 */
async function becomeCurrent(step, made) {
    const { desc, groupIds, orgId, apiUserId } = made.intent;
    const promotion = { groupId: groupIds[0], orgId, apiUserId, desc };
    try {
        await step.atlas.renameKey(promotion, desc);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed', 'badRequest', 'gone')) {
            step.recall();
            step.journal({ phase: 'made', ...made.intent });
            await (0,make_key/* undoMaking */.OF)(step, made);
        }
        throw error;
    }
    try {
        // A rotation takes no part in the election: it may have committed since.
        const family = await (0,keys_current/* demoteOlder */.Pv)(step, promotion);
        step.journal({ phase: 'settled', ...made.intent });
        return family;
    }
    catch {
        step.log.warning('Whether a rotation was committed at the same moment is left to the post step to find out.');
        return [];
    }
}
/** Pending keys of makers that are gone: after the new key is safe, and only as a favour. */
async function retireDead(step, request, desc, dead) {
    const retired = [];
    for (const { key } of dead.filter(({ key }) => key.publicKey !== step.callerPublicKey)) {
        try {
            const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, request.groupIds[0], [key]);
            const doomed = { apiUserId: key.id, orgId, groupIds: request.groupIds };
            const { outcome: how } = await (0,revoke_key/* retireKey */.n3)(step.atlas, doomed, { desc, mark: (0,make_key/* ownMark */.a1)(step) });
            if (how === 'revoked')
                retired.push(key.id);
            const verb = how === 'unassigned' ? 'Unassigned' : 'Deleted';
            step.log.info(`${verb} key ${(0,keys_step/* nameOf */.V)(key)}, which a run that died had made and handed to nobody.`);
        }
        catch {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.V)(key)}, which a run that died had made, could not be deleted; a sweep does it.`);
        }
    }
    return retired;
}

// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __nccwpck_require__(3043);
// EXTERNAL MODULE: ./lib/keys/retirement.js
var retirement = __nccwpck_require__(6773);
;// CONCATENATED MODULE: ./lib/keys/plan.js


/** The making of a key and its assignment to the other projects. */
function planMaking({ desc, roles, groupIds }, until) {
    const [first, ...others] = groupIds;
    const elsewhere = others.length === 0 ? '' : `, assigned to ${others.join(', ')}`;
    const end = until === undefined ? '' : `, ${until}`;
    return {
        action: 'create',
        what: `"${desc}" with ${roles.join(', ')} in project ${first}${elsewhere}${end}`,
    };
}
/** The deletion of a key, told by its description. */
function planDeletion(key) {
    return { action: 'revoke', key, what: `"${key.desc}"` };
}
/** A rotation from its making to its commit. `nonce` is this step's own. */
function planRotation(request, family, nonce) {
    const when = request.commit === 'step' ? '' : ' when the job succeeds';
    // The key is not there yet.
    const rotation = { apiUserId: '', keepPrevious: request.keepPrevious, nonce };
    const atOnce = request.commit === 'step' ? [] : (0,retirement/* undecidedToRetire */.Yd)(family, rotation);
    const later = (0,retirement/* membersToRetire */.iD)(family, rotation, (0,retirement/* inUse */.Lj)(family, rotation)).filter((member) => !atOnce.includes(member));
    const superseded = (0,keys_family/* membersIn */.Jp)(family, 'current').filter((member) => !later.includes(member));
    return [
        planMaking(request, `current${when === '' ? ' at once' : when}`),
        ...atOnce.map(({ key, state }) => ({ action: 'revoke', key, what: `is ${state}` })),
        ...superseded.map(({ key }) => ({ action: 'rename', key, what: `is current, becomes previous${when}` })),
        ...later.map(({ key, state }) => ({
            action: 'revoke',
            key,
            what: `is ${state}${when && `, goes${when}`}`,
        })),
    ];
}

;// CONCATENATED MODULE: ./lib/keys/ensure.js
/**
 * ensure: the key is there, once, with exactly the declared roles. Any number of these steps at the same moment
 * leave one key; one of them reports `created`.
 */
















async function ensure(step, request) {
    return request.key.by === 'apiUserId'
        ? ensureById(step, request, request.key.apiUserId)
        : ensureByDesc(step, request, request.key.desc);
}
async function ensureById(step, request, apiUserId) {
    const { orgId } = await step.atlas.readProject(request.groupIds[0]);
    const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
    step.log.info(`Found key ${(0,keys_step/* nameOf */.V)(key)} in the organisation.`);
    return bringToDeclared(step, request, { key, orgId, desc: key.desc, before: [] });
}
async function ensureByDesc(step, request, desc) {
    const [groupId] = request.groupIds;
    for (let saidWaiting = false, sawSeveral = false;;) {
        const keys = await step.atlas.listProjectKeys(groupId);
        const family = (0,keys_family/* familyOf */.Ap)(desc, keys);
        if (!sawSeveral && (0,keys_family/* membersIn */.Jp)(family, 'current').length > 1) {
            // Two rotations that commit at the same moment both have the plain text for a moment.
            sawSeveral = true;
            await step.pause(election/* LOOK_AGAIN */.hs);
            continue;
        }
        const current = onlyCurrent(desc, family);
        const stored = memberOfSecret((0,keys_family/* membersIn */.Jp)(family, 'undecided', 'previous'), request);
        if (stored !== undefined && stored !== current)
            return useStored(step, request, desc, stored);
        if (current !== undefined)
            return useCurrent(step, request, desc, current);
        const [rival] = (0,keys_family/* livePending */.iR)(family, step.atlas.serviceNow());
        if (rival !== undefined) {
            if (!saidWaiting)
                step.log.info(`Another run is making this key (${(0,keys_step/* nameOf */.V)(rival.key)}); waiting for it.`);
            saidWaiting = true;
            await waitForRival(step, rival);
            continue;
        }
        const elsewhere = await findInOrganization(step, groupId, desc, keys);
        if (elsewhere !== undefined) {
            step.log.info(`Found key ${(0,keys_step/* nameOf */.V)(elsewhere.key)} in the organisation, not yet in the project. Whoever holds its secret gets these roles here.`);
            tellWhatIsForNewKeys(step, request.handover);
            return bringToDeclared(step, request, { ...elsewhere, desc, before: [] });
        }
        await (0,make_key/* checkMayRename */.yB)(step);
        if (request.dryRun) {
            step.log.info('There is no such key yet.');
            const dead = (0,keys_family/* deadPending */.gQ)(family, step.atlas.serviceNow());
            return planned([planMaking({ ...request, desc }), ...dead.map(({ key }) => planDeletion(key))]);
        }
        const made = await makeCurrent(step, request, desc);
        if (made !== undefined)
            return made;
        step.log.info('Another run was first; using its key.');
    }
}
/** The key that carries this text; the newest of those handed out where a commit was interrupted. */
function onlyCurrent(desc, family) {
    const plain = (0,keys_family/* membersIn */.Jp)(family, 'current');
    if (plain.length > 1)
        throw ambiguous(desc, plain.map(({ key }) => key), 'project');
    return (0,keys_family/* actingCurrent */.y9)(family);
}
async function useCurrent(step, request, desc, current) {
    const [groupId] = request.groupIds;
    step.log.info(`Found key ${(0,keys_step/* nameOf */.V)(current.key)} in the project.`);
    tellWhatIsForNewKeys(step, request.handover);
    const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, groupId, [current.key]);
    const before = current.state === 'current' ? [] : [{ action: 'rename', key: current.key, what: `"${desc}"` }];
    if (before.length > 0 && current.key.publicKey === step.callerPublicKey) {
        throw new key_error/* KeyError */.e('callersOwn', `Key ${(0,keys_step/* nameOf */.V)(current.key)} is the one this step signs in with, and a rotation to it was not finished. The step ` +
            'never changes its own key: sign in with another one to finish it.');
    }
    if (before.length > 0 && !request.dryRun) {
        step.log.info('A rotation stopped between its two renames; this key is the newest that was handed out.');
        await (0,keys_current/* settleCurrent */.JL)(step, { groupId, orgId, apiUserId: current.key.id, desc });
    }
    const key = await readRolesEverywhere(step, current.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, orgId, desc, before });
}
/**
 * The stored secret is that of a key that a rotation has superseded, or has not made final. Such keys stay alive for
 * those who hold them, and this job is one.
 */
async function useStored(step, request, desc, stored) {
    const [groupId] = request.groupIds;
    step.log.info(`knownPrivateKey belongs to key ${(0,keys_step/* nameOf */.V)(stored.key)}, which is ${stored.state} and still alive.`);
    const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, groupId, [stored.key]);
    const key = await readRolesEverywhere(step, stored.key, orgId, request.groupIds);
    return bringToDeclared(step, request, { key, orgId, desc, before: [] });
}
/** Brings the key that was found to the declared roles, and hands its secret on where that is known and fits. */
async function bringToDeclared(step, request, found) {
    const privateKey = await acceptKnownSecret(step, found.key, request);
    return converge(step, { request, ...found, privateKey });
}
/** A key of this text that the organisation has and the project lacks. Who may not list keys has none there. */
async function findInOrganization(step, groupId, desc, projectKeys) {
    const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, groupId, projectKeys);
    const keys = await listWhereAllowed(step, orgId);
    // A key that was just unassigned, or assigned since, is the project list's business.
    const named = keys.filter((key) => key.desc === desc && (0,keys_key/* rolesIn */.t4)(groupId, key).length === 0);
    if (named.length > 1)
        throw ambiguous(desc, named, 'organisation');
    return named[0] === undefined ? undefined : { key: named[0], orgId };
}
async function listWhereAllowed(step, orgId) {
    try {
        return await step.atlas.listOrganizationKeys(orgId);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            return [];
        throw error;
    }
}
function ambiguous(desc, keys, where) {
    return new key_error/* KeyError */.e('ambiguous', `${keys.length} keys of the ${where} are named "${desc}": ${keys.map(keys_step/* nameOf */.V).join(', ')}. Say which one with ` +
        'apiUserId, or give the others another description.');
}
async function waitForRival(step, rival) {
    if (step.remaining() <= election/* LOOK_AGAIN */.hs) {
        // not covered: every pending key's mark says until when, which the type of a member does not.
        const until = 'mark' in rival && 'until' in rival.mark ? (0,keys_mark/* isoSeconds */.nE)(rival.mark.until) : 'a while';
        throw new key_error/* KeyError */.e('unfinished', `Another run began to make this key (${(0,keys_step/* nameOf */.V)(rival.key)}) and has not finished. If that run is gone, its key ` +
            `counts as left over after ${until}: run this job again then, or give a longer timeout.`);
    }
    await step.pause(election/* LOOK_AGAIN */.hs);
}

;// CONCATENATED MODULE: ./lib/keys/concurrently.js
/**
 * Runs `work` on every item, at most `limit` at once, and returns how each ended, in the items' order. One
 * failure does not stop the others.
 */
async function concurrently(items, limit, work) {
    const results = [];
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue) {
            [results[index]] = (await Promise.allSettled([work(item)]));
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return results;
}

;// CONCATENATED MODULE: ./lib/keys/sweep.js
/**
 * sweep: deletes what runs left behind. Only what carries our mark and is due by the service's clock; never a
 * key that a person made, never the caller's own, never one that may still be in use.
 */









/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;
/** After how many deletions a line tells how far a long sweep is. */
const PROGRESS_EVERY = 25;
const WORDS = { revoked: 'Deleted', gone: 'Already gone:', unassigned: 'Unassigned' };
async function sweep(step, request) {
    const doomed = await findLeftovers(step, request);
    const rows = doomed.map(({ key }) => rowOf(key));
    if (doomed.length === 0)
        step.log.info('Nothing is left over.');
    if (request.dryRun) {
        return planned(doomed.map(({ key }) => planDeletion(key)), { family: rows });
    }
    const swept = await deleteAll(step, doomed);
    const gone = new Set(swept.deleted.map((key) => key.id));
    return outcome({
        result: 'swept',
        changed: swept.deleted.length + swept.unassigned.length > 0,
        retired: [...gone],
        family: rows.map((row) => (gone.has(row.apiUserId) ? { ...row, state: 'retired' } : row)),
        ...problemOf(swept),
    });
}
/**
 * What an ephemeral step does in passing for its own text. Never rejects: another run's left-overs are no
 * reason to fail this one.
 */
async function sweepInPassing(step, request) {
    try {
        const due = await findInPassing(step, request);
        if (due.length === 0)
            return [];
        const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, request.groupIds[0], due);
        const swept = await deleteAll(step, due.map((key) => ({ key, orgId, groupIds: request.groupIds })));
        return swept.deleted.map((key) => key.id);
    }
    catch (error) {
        step.log.warning(`Left-over keys of earlier runs were not looked for; the next run does it. ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
/** What `sweepInPassing` would delete. */
async function findInPassing(step, request) {
    const keys = await step.atlas.listProjectKeys(request.groupIds[0]);
    const leftovers = leftoversOf(step, request);
    return keys.filter((key) => isLeftover(key, leftovers));
}
/** Whether a key is left over: ours, due, and within what the sweep was asked for. */
function isLeftover(key, leftovers) {
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || key.publicKey === leftovers.callerPublicKey)
        return false;
    const { mark } = marked;
    const asked = leftovers.desc === undefined
        ? mark.repository === leftovers.repository
        : (0,keys_mark/* isMarkedAs */.Bi)(marked, leftovers.desc);
    if (!asked)
        return false;
    switch (mark.state) {
        case 'ephemeral': {
            const age = leftovers.serviceNow - (0,keys_key/* createdAt */.CT)(key.id);
            return leftovers.serviceNow > mark.until && age >= leftovers.ttl;
        }
        case 'pending':
            return leftovers.serviceNow > mark.until;
        case 'retired':
            // Its deletion was begun and did not end, or was not allowed.
            return true;
        case 'undecided':
        case 'previous':
            return false;
    }
}
async function findLeftovers(step, request) {
    const lists = await Promise.all(request.groupIds.map(async (groupId) => ({ groupId, keys: await step.atlas.listProjectKeys(groupId) })));
    // not covered: there is a list for every project, which the types do not know.
    const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, request.groupIds[0], lists[0]?.keys ?? []);
    const orphans = await listOrphans(step, orgId);
    const leftovers = leftoversOf(step, request);
    const doomed = new Map();
    for (const { groupId, keys } of lists) {
        for (const key of keys.filter((candidate) => isLeftover(candidate, leftovers))) {
            doomed.set(key.id, { key, orgId, groupIds: [...(doomed.get(key.id)?.groupIds ?? []), groupId] });
        }
    }
    for (const key of orphans.filter((candidate) => isLeftover(candidate, leftovers))) {
        doomed.set(key.id, { key, orgId, groupIds: [] });
    }
    return [...doomed.values()];
}
/** Keys of the organisation that are in no project any more; none for a caller who may not list them. */
async function listOrphans(step, orgId) {
    try {
        const keys = await step.atlas.listOrganizationKeys(orgId);
        return keys.filter((key) => key.roles.every((role) => role.groupId === undefined));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        step.log.info('Only the project is swept: listing the keys of the organisation needs Organization Member.');
        return [];
    }
}
function leftoversOf(step, wish) {
    return {
        desc: wish.desc,
        repository: step.run.repository,
        ttl: wish.ttl,
        serviceNow: step.atlas.serviceNow(),
        callerPublicKey: step.callerPublicKey,
    };
}
async function deleteAll(step, doomed) {
    const deleted = [];
    const unassigned = [];
    // Were in no project any more.
    const outOfReach = [];
    let ended = 0;
    const results = await concurrently(doomed, AT_ONCE, async ({ key, orgId, groupIds }) => {
        const { outcome: how } = await (0,revoke_key/* revokeKey */.CB)(step.atlas, { apiUserId: key.id, orgId, groupIds });
        if (how === 'revoked')
            deleted.push(key);
        if (how === 'unassigned')
            (groupIds.length === 0 ? outOfReach : unassigned).push(key);
        if (how !== 'unassigned' || groupIds.length > 0) {
            step.log.info(`${WORDS[how]} left-over key ${(0,keys_step/* nameOf */.V)(key)}: "${key.desc}".`);
        }
        ended += 1;
        if (ended % PROGRESS_EVERY === 0)
            step.log.info(`${ended} of ${(0,keys_step/* count */.U)(doomed, 'left-over key')} done.`);
    });
    const failed = doomed.filter((_, index) => results[index]?.status === 'rejected').map(({ key }) => key);
    results.forEach((result, index) => {
        const key = doomed[index]?.key;
        if (result.status === 'rejected' && key !== undefined) {
            step.log.warning(`Left-over key ${(0,keys_step/* nameOf */.V)(key)} could not be deleted; the next sweep tries again. ${(0,errors/* messageOf */.bD)(result.reason)}`);
        }
    });
    const alive = [...unassigned, ...outOfReach];
    if (alive.length > 0) {
        step.log.warning('Still alive in the organisation, though out of the project, since deleting needs Organization Owner: ' +
            `${alive.map(keys_step/* nameOf */.V).join(', ')}. Sweep with that role.`);
    }
    return { deleted, unassigned, failed };
}
function problemOf({ failed }) {
    if (failed.length === 0)
        return {};
    return {
        problem: `${(0,keys_step/* count */.U)(failed, 'left-over key')} could not be deleted: ${failed.map(keys_step/* nameOf */.V).join(', ')}. The warnings above say why; ` +
            'the next sweep tries again.',
    };
}
function rowOf(key) {
    // not covered: what was swept had a mark.
    const state = (0,keys_mark/* readMark */.Mp)(key.desc)?.mark.state ?? 'current';
    return { apiUserId: key.id, publicKey: key.publicKey, state };
}

;// CONCATENATED MODULE: ./lib/keys/ephemeral.js









async function ephemeral(step, request) {
    const { desc, groupIds, roles, handover, ttl, onRevokeFailure } = request;
    const [entries] = await Promise.all([
        resolveAccessList(step, handover.accessList),
        tellWhetherRevocable(step, onRevokeFailure),
    ]);
    if (request.dryRun) {
        const leftovers = await findInPassing(step, { groupIds, desc, ttl });
        return planned([planMaking(request, 'revoked when the job ends'), ...leftovers.map(planDeletion)]);
    }
    const purpose = { mode: 'ephemeral', onRevokeFailure };
    const made = await (0,make_key/* makeEphemeralKey */.NG)(step, { purpose, desc, groupIds, roles }, ttl);
    const sweeping = sweepInPassing(step, { groupIds, desc, ttl });
    try {
        await makeUsable(step, made, handover, entries);
        await step.deliver({ key: made.key, orgId: made.intent.orgId });
    }
    catch (error) {
        await Promise.all([(0,make_key/* undoMaking */.OF)(step, made), sweeping]);
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    step.log.info(`Created key ${(0,keys_step/* nameOf */.V)(made.key)} for this run. The post step revokes it; if that cannot run, it counts as left ` +
        `over after ${(0,keys_mark/* isoSeconds */.nE)(made.intent.until)}.`);
    return outcome({
        result: 'created',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
        privateKey: made.key.privateKey,
        expiresAt: made.intent.until,
        retired: await sweeping,
    });
}
/** Says before minting that post will only be able to unassign, where the caller's own roles can be read. */
async function tellWhetherRevocable(step, onRevokeFailure) {
    // Of a service account Atlas tells nothing here; but the answer brings its clock, which the expiry needs.
    const caller = await step.atlas.whoAmI();
    if (caller === undefined || (0,keys_key/* isOwner */.u8)(caller))
        return;
    const what = 'The caller is no Organization Owner, so the key cannot be deleted when the job ends: it is only unassigned from ' +
        'the project and lives on in the organisation';
    if (onRevokeFailure === 'fail') {
        throw new key_error/* KeyError */.e('notRevocable', `${what}. Nothing was made, because onRevokeFailure is fail. Give the caller Organization Owner, or set ` +
            'onRevokeFailure: warn.');
    }
    step.log.warning(`${what}. Give the caller Organization Owner to have it truly revoked.`);
}

;// CONCATENATED MODULE: ./lib/keys/revoke.js
/** revoke: one key by its id, or all keys of a text in the projects. What is gone already is a success. */











const revoke_AT_ONCE = 8;
async function revoke(step, request) {
    const targets = request.key.by === 'apiUserId'
        ? await findById(step, request, request.key.apiUserId)
        : await findFamily(step, request, request.key.desc);
    refuseCallersOwn(step, targets);
    if (targets.length === 0)
        step.log.info('There is no such key any more.');
    if (request.dryRun) {
        return planned(targets.map(({ key }) => planDeletion(key)), { family: targets.map(revoke_rowOf) });
    }
    // Current ones go last: without any, an ensure at the same moment would give a superseded key its text back, just
    // before that one is deleted and goes on being listed.
    const current = targets.filter(({ state }) => state === 'current');
    const superseded = targets.filter(({ state }) => state !== 'current');
    const results = [...(await retireAll(step, superseded)), ...(await retireAll(step, current))];
    const revoked = [];
    let unassigned = 0;
    const left = [];
    [...superseded, ...current].forEach((target, index) => {
        const result = results[index];
        const name = (0,keys_step/* nameOf */.V)(target.key);
        if (result?.status === 'rejected') {
            left.push(`${name}: ${(0,errors/* messageOf */.bD)(result.reason)}`);
        }
        else if (result?.value.outcome === 'unassigned') {
            unassigned += 1;
            left.push((0,revoke_key/* livesOn */.pC)(name, target.orgId));
        }
        else if (result?.value.outcome === 'revoked') {
            revoked.push(target);
            step.log.info(`Revoked key ${name}.`);
        }
        else {
            step.log.info(`Key ${name} was gone already.`);
        }
    });
    const gone = new Set(revoked.map(({ key }) => key.id));
    return outcome({
        result: 'revoked',
        changed: gone.size + unassigned > 0,
        retired: [...gone],
        family: targets.map((target) => gone.has(target.key.id) ? { ...revoke_rowOf(target), state: 'retired' } : revoke_rowOf(target)),
        ...(left.length === 0
            ? {}
            : { problem: `${(0,keys_step/* count */.U)(left, 'key')} could not be revoked. ${left.join(' ')}` }),
    });
}
function retireAll(step, targets) {
    return concurrently(targets, revoke_AT_ONCE, ({ key, orgId, groupIds, desc }) => (0,revoke_key/* retireKey */.n3)(step.atlas, { apiUserId: key.id, orgId, groupIds }, { desc, mark: (0,make_key/* ownMark */.a1)(step) }));
}
async function findById(step, { groupIds }, apiUserId) {
    const { orgId } = await step.atlas.readProject(groupIds[0]);
    try {
        const key = await step.atlas.readOrganizationKey(orgId, apiUserId);
        const inProjects = [...new Set(key.roles.flatMap((role) => role.groupId ?? []))];
        const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
        const state = marked?.mark.state ?? 'current';
        return [{ key, state, orgId, groupIds: inProjects, desc: marked?.text ?? key.desc }];
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            return [];
        throw error;
    }
}
async function findFamily(step, { groupIds }, desc) {
    const targets = new Map();
    for (const groupId of groupIds) {
        const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupId, desc);
        // One in the making would die under the hands of its maker, and be listed under the plain text it had got.
        const spared = [...(0,keys_family/* membersIn */.Jp)(family, 'ephemeral'), ...(0,keys_family/* livePending */.iR)(family, step.atlas.serviceNow())];
        for (const { key, state } of spared) {
            step.log.info(state === 'ephemeral'
                ? `Left ephemeral key ${(0,keys_step/* nameOf */.V)(key)} alone: its own run revokes it, or a sweep once it is due.`
                : `Left key ${(0,keys_step/* nameOf */.V)(key)} alone: another run is making it. If that run is gone, a sweep deletes it once it is due.`);
        }
        for (const { key, state } of family.filter((member) => !spared.includes(member))) {
            const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, groupId, [key]);
            const known = targets.get(key.id)?.groupIds ?? [];
            targets.set(key.id, { key, state, orgId, groupIds: [...known, groupId], desc });
        }
    }
    return [...targets.values()];
}
function refuseCallersOwn(step, targets) {
    const own = targets.find(({ key }) => key.publicKey === step.callerPublicKey);
    if (own === undefined)
        return;
    throw new key_error/* KeyError */.e('callersOwn', `Key ${(0,keys_step/* nameOf */.V)(own.key)} is the one this step signs in with; it is never revoked, and no other key was touched. Sign ` +
        'in with another one to revoke it.');
}
function revoke_rowOf({ key, state }) {
    return { apiUserId: key.id, publicKey: key.publicKey, state };
}

// EXTERNAL MODULE: ./lib/keys/commit.js
var keys_commit = __nccwpck_require__(2343);
// EXTERNAL MODULE: ./lib/keys/delivery-error.js
var delivery_error = __nccwpck_require__(973);
;// CONCATENATED MODULE: ./lib/keys/rotate.js















async function rotate(step, request) {
    const { desc, groupIds } = request;
    const family = await (0,keys_family/* readFamily */.LX)(step.atlas, groupIds[0], desc);
    rotate_refuseCallersOwn(step, family);
    const current = (0,keys_family/* actingCurrent */.y9)(family);
    if (current !== undefined) {
        const verdict = await checkKnownSecret(step, current.key, request);
        const reason = reasonToRotate(step, request, current, verdict);
        if (reason === undefined)
            return keep(step, request, family, current);
        step.log.info(`The current key is ${(0,keys_step/* nameOf */.V)(current.key)}; ${reason}`);
    }
    else {
        step.log.info('There is no key of this desc yet.');
    }
    await (0,make_key/* checkMayRename */.yB)(step);
    if (request.dryRun) {
        return planned(planRotation(request, family, step.nonce), { family: (0,keys_commit/* rowsOf */.RO)(family, []) });
    }
    const made = await makeUndecided(step, request);
    const rotation = { ...made.intent, keepPrevious: request.keepPrevious };
    const final = request.commit === 'step'
        ? await commitNow(step, made, rotation)
        : await leaveOpen(step, made, rotation, family);
    return outcome({
        result: 'rotated',
        changed: true,
        facts: (0,make_key/* factsOf */.xS)(made),
        privateKey: made.key.privateKey,
        retired: final.retired,
        previous: supersededIn(final.family, made.key.id),
        family: final.family,
    });
}
/** Why a new key is due, as the end of a sentence; `undefined` when the current one is to stay. */
function reasonToRotate(step, { rotateAfter }, current, verdict) {
    if (verdict !== undefined && verdict !== 'fits') {
        return 'the stored secret is not its secret, so a new one is due now.';
    }
    const age = step.atlas.serviceNow() - (0,keys_key/* createdAt */.CT)(current.key.id);
    return age >= rotateAfter ? 'a new one is due.' : undefined;
}
/** The current key stays; its roles are brought to those declared. A known secret fits it by now. */
async function keep(step, request, family, current) {
    const { desc, groupIds } = request;
    const orgId = await (0,organization/* organizationOfProject */.S)(step.atlas, groupIds[0], [current.key]);
    const before = [];
    if (current.state !== 'current') {
        before.push({ action: 'rename', key: current.key, what: `"${desc}"` });
        if (!request.dryRun) {
            await (0,keys_current/* settleCurrent */.JL)(step, { groupId: groupIds[0], orgId, apiUserId: current.key.id, desc });
        }
    }
    step.log.info(`Key ${(0,keys_step/* nameOf */.V)(current.key)} is younger than rotateAfter; it stays.`);
    tellWhatIsForNewKeys(step, request.handover);
    const key = await readRolesEverywhere(step, current.key, orgId, groupIds);
    const rows = (0,keys_commit/* rowsOf */.RO)(family, []);
    const privateKey = request.knownPrivateKey;
    const kept = await converge(step, { request, key, orgId, desc, before, privateKey });
    return { ...kept, family: rows, previous: supersededIn(rows, key.id) };
}
/**
 * The new key, made, tried, handed over and marked undecided. The mark comes first where the key is stored beyond this
 * machine: were the machine lost just then, a sweep would take a pending one. Otherwise it comes last: were the
 * machine lost with the outputs, a sweep shall take it.
 */
async function makeUndecided(step, request) {
    const { desc, groupIds, roles, handover, commit, keepPrevious } = request;
    const entries = await resolveAccessList(step, handover.accessList);
    const purpose = { mode: 'rotate', commit, keepPrevious };
    const made = await (0,make_key/* makePendingKey */.dA)(step, { purpose, desc, groupIds, roles });
    const { orgId, apiUserId } = made.intent;
    const inProject = { groupId: groupIds[0], orgId, apiUserId, desc };
    const isStored = handover.store !== undefined;
    try {
        await makeUsable(step, made, handover, entries);
        if (isStored)
            await (0,keys_current/* markUndecided */.hO)(step, inProject);
    }
    catch (error) {
        await (0,make_key/* undoMaking */.OF)(step, made);
        throw error;
    }
    step.journal({ phase: 'delivering', ...made.intent });
    step.log.info(`Created key ${(0,keys_step/* nameOf */.V)(made.key)}.`);
    try {
        await step.deliver({ key: made.key, orgId });
    }
    catch (error) {
        if (error instanceof delivery_error/* DeliveryError */.V && error.nobodyHasIt)
            await (0,make_key/* undoMaking */.OF)(step, made);
        else {
            step.log.warning(`Key ${(0,keys_step/* nameOf */.V)(made.key)} stays, undecided: some of it may have been stored. The former key stays valid.`);
        }
        throw error;
    }
    step.journal({ phase: 'handedOut', ...made.intent });
    if (!isStored)
        await (0,keys_current/* markUndecided */.hO)(step, inProject);
    step.journal({ phase: 'open', ...made.intent });
    return made;
}
async function commitNow(step, made, rotation) {
    step.journal({ phase: 'committing', ...made.intent });
    const commit = await (0,keys_commit/* commitRotation */.eN)(step, rotation);
    step.journal({ phase: 'settled', ...made.intent });
    step.log.info(commit.outcome === 'committed'
        ? 'The rotation is final: the new key is current.'
        : 'A newer rotation was committed meanwhile; this key counts as previous.');
    return commit;
}
/** The job decides. Only undecided keys of rotations that came to nothing are thinned out. */
async function leaveOpen(step, made, rotation, family) {
    const retired = await thinOut(step, rotation, family);
    const until = (0,keys_family/* actingCurrent */.y9)(family) === undefined ? '' : '; until then the former key stays current';
    step.log.info(`The rotation becomes final when the job succeeds${until}.`);
    const mine = { apiUserId: made.key.id, publicKey: made.key.publicKey, state: 'undecided' };
    return { retired: retired.map(({ key }) => key.id), family: [mine, ...(0,keys_commit/* rowsOf */.RO)(family, retired)] };
}
/** Retires undecided keys of rotations that came to nothing, unless they were committed since the family was read. */
async function thinOut(step, rotation, family) {
    if ((0,retirement/* undecidedToRetire */.Yd)(family, rotation).length === 0)
        return [];
    const now = await (0,keys_family/* readFamily */.LX)(step.atlas, rotation.groupIds[0], rotation.desc);
    const doomed = (0,retirement/* doomedAsBefore */.g6)((0,retirement/* undecidedToRetire */.Yd)(now, rotation), family);
    const retired = await (0,keys_commit/* retireMembers */.h_)(step, rotation, doomed);
    const { groupIds, orgId, desc } = rotation;
    if (doomed.length > 0)
        await (0,keys_current/* restoreCurrent */.Y8)(step, { groupId: groupIds[0], orgId, desc });
    return retired;
}
/** Keys that the new one takes over from and that are still alive. */
function supersededIn(family, apiUserId) {
    return family
        .filter((row) => row.apiUserId !== apiUserId && (row.state === 'current' || row.state === 'previous'))
        .map((row) => row.apiUserId);
}
function rotate_refuseCallersOwn(step, family) {
    const own = (0,keys_family/* membersIn */.Jp)(family, 'current', 'previous', 'undecided', 'retired').find(({ key }) => key.publicKey === step.callerPublicKey);
    if (own === undefined)
        return;
    throw new key_error/* KeyError */.e('callersOwn', `Key ${(0,keys_step/* nameOf */.V)(own.key)} of this desc is the one this step signs in with; the step never changes its own key. Sign ` +
        'in with another one to rotate it.');
}

;// CONCATENATED MODULE: ./lib/modes.js
/** Which function serves which mode. */





function carryOut(step, request) {
    switch (request.mode) {
        case 'ensure':
            return ensure(step, request);
        case 'ephemeral':
            return ephemeral(step, request);
        case 'rotate':
            return rotate(step, request);
        case 'revoke':
            return revoke(step, request);
        case 'sweep':
            return sweep(step, request);
    }
}


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
    core_error(message);
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
function core_error(message, properties = {}) {
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
// EXTERNAL MODULE: ./lib/inputs/input-error.js
var input_error = __nccwpck_require__(1674);
// EXTERNAL MODULE: ./lib/keys/mark.js
var mark = __nccwpck_require__(3043);
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
    if (!isRecord(record)) {
        throw new Error('What the step left for its post step cannot be read, perhaps because a later step changed it, so nothing was ' +
            'cleaned up. A key of this run that is still in Atlas carries a mark, [atlas-key/…]: run mode: sweep, or delete it.');
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
function isRecord(value) {
    return (isObject(value) &&
        value.version === 1 &&
        isText(value.baseUrl, /^https?:\/\/[^/\s@]+$/) &&
        SURFACES.some((surface) => surface === value.surface) &&
        isObject(value.run) &&
        isText(value.run.repository, /^[\w.-]+\/[\w.-]+$/) &&
        isText(value.run.runId, /^\d+$/) &&
        isText(value.run.attempt, /^\d+$/) &&
        isText(value.nonce, NONCE) &&
        Number.isFinite(value.timeout) &&
        isText(value.caller, /./) &&
        isObject(value.trust) &&
        isObject(value.entry) &&
        isEntry(value.entry));
}
const ID = /^[0-9a-f]{24}$/;
const NONCE = /^[0-9a-f]{16}$/;
const PHASES = (/* unused pure expression or super */ null && (['made', 'delivering', 'handedOut', 'open', 'committing', 'settled']));
function isEntry(entry) {
    if (entry.phase === 'idle')
        return true;
    const intended = isObject(entry.purpose) &&
        isText(entry.purpose.mode, /^(ensure|ephemeral|rotate)$/) &&
        isText(entry.desc, /./s) &&
        Array.isArray(entry.groupIds) &&
        entry.groupIds.length > 0 &&
        entry.groupIds.every((groupId) => isText(groupId, ID)) &&
        isText(entry.nonce, NONCE) &&
        Number.isFinite(entry.until);
    if (entry.phase === 'making')
        return intended;
    return (intended &&
        PHASES.includes(entry.phase) &&
        isText(entry.apiUserId, ID) &&
        isText(entry.orgId, ID));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value, pattern) {
    return typeof value === 'string' && pattern.test(value);
}

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
function deliverOutputs({ key, orgId }) {
    setOutput('apiUserId', key.id);
    setOutput('publicKey', key.publicKey);
    setOutput('orgId', orgId);
    setOutput('privateKey', key.privateKey);
}
/** Takes them back: of several values the last one counts. */
function recallOutputs() {
    for (const name of ['apiUserId', 'publicKey', 'orgId', 'privateKey'])
        setOutput(name, '');
}
function publishOutputs({ facts, privateKey, ...outcome }) {
    setOutput('result', outcome.result);
    setOutput('created', outcome.result === 'created' || outcome.result === 'rotated');
    setOutput('changed', outcome.changed);
    setOutput('apiUserId', facts?.key.id ?? '');
    setOutput('publicKey', facts?.key.publicKey ?? '');
    setOutput('privateKey', privateKey ?? '');
    setOutput('orgId', facts?.orgId ?? '');
    setOutput('groupId', facts?.groupIds[0] ?? '');
    setOutput('desc', facts?.desc ?? '');
    setOutput('roles', JSON.stringify(facts?.roles ?? []));
    setOutput('expiresAt', outcome.expiresAt === undefined ? '' : (0,mark/* isoSeconds */.nE)(outcome.expiresAt));
    setOutput('previousApiUserIds', JSON.stringify(outcome.previous));
    setOutput('retiredApiUserIds', JSON.stringify(outcome.retired));
}
/** Sets the variables that the Atlas CLI and the Terraform provider read, for the later steps of this job. */
function exportVariables({ facts, privateKey }) {
    if (facts === undefined || privateKey === undefined) {
        notice('exportEnv: nothing was exported, because this step does not know the private key, which Atlas shows only once. ' +
            'Give it as knownPrivateKey, or let mode: rotate or ephemeral make a new key.');
        return;
    }
    const variables = {
        MONGODB_ATLAS_PUBLIC_API_KEY: facts.key.publicKey,
        MONGODB_ATLAS_PRIVATE_API_KEY: privateKey,
        MONGODB_ATLAS_PUBLIC_KEY: facts.key.publicKey,
        MONGODB_ATLAS_PRIVATE_KEY: privateKey,
        MONGODB_ATLAS_PROJECT_ID: facts.groupIds[0],
        MONGODB_ATLAS_ORG_ID: facts.orgId,
    };
    const replaced = Object.entries(variables).filter(([name, value]) => (process.env[name] ?? value) !== value);
    if (replaced.length > 0) {
        log.warning(`exportEnv replaces ${replaced.map(([name]) => name).join(', ')} for the rest of this job. Another use of this ` +
            'action that signs in with these variables, its post step included, then finds the wrong key: give it its ' +
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
        log.warning(`The job summary could not be written; everything else was done. ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** Fails the step with one line for a person, or one a wrong input; how it came about goes to the debug log. */
function fail(error) {
    if (error instanceof input_error/* InputError */.d && error.problems.length > 1) {
        for (const problem of error.problems)
            core_error(plain(problem));
        setFailed(`${error.problems.length} things are wrong with the inputs, each named above; nothing was sent to Atlas.`);
        return;
    }
    setFailed(plain((0,errors/* messageOf */.bD)(error)));
    for (let cause = error; cause instanceof Error && cause.cause !== undefined;) {
        cause = cause.cause;
        core_debug(plain(`caused by: ${cause}`));
    }
}


/***/ }),

/***/ 5834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ MODES),
/* harmony export */   I: () => (/* binding */ nameOfCaller)
/* harmony export */ });
/** What names the caller and is no secret: the public key, or the client id. */
function nameOfCaller(credentials) {
    return credentials.kind === 'apiKey' ? credentials.publicKey : credentials.clientId;
}
const MODES = [
    'ensure',
    'ephemeral',
    'rotate',
    'revoke',
    'sweep',
];


/***/ }),

/***/ 3489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ listenForCancel),
  f: () => (/* binding */ openSession)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./lib/atlas/secrets.js
/**
 * Finds what must be masked in the raw text of an answer, before anything else is done with it: also when the
 * JSON is broken, cut, or of an odd content type. A redacted value (`********-****-****-01bdd56c8977`) is no
 * secret and is never returned. `created` also takes every UUID, for the answer to a create has one secret in
 * it and it looks like that.
 */
function secretsIn(text, created) {
    const found = new Set();
    for (const [, written = ''] of text.matchAll(/"(?:privateKey|access_token)"\s*:\s*"((?:[^"\\]|\\.)*)/g)) {
        found.add(written);
        found.add(unescaped(written));
    }
    if (created) {
        for (const [uuid] of text.matchAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi))
            found.add(uuid);
    }
    return [...found].filter(isSecret);
}
/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
function isSecret(value) {
    return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}
function unescaped(written) {
    try {
        return String(JSON.parse(`"${written}"`));
    }
    catch {
        return written;
    }
}

;// CONCATENATED MODULE: ./lib/atlas/answer.js


/** Reads an answer's error body: `{error, errorCode, detail, reason, parameters}`, or whatever else came. */
function readRefusal(answer) {
    const body = parseObject(answer.text);
    const nothing = { errorCode: undefined, detail: undefined, address: undefined };
    if (body === undefined) {
        return { status: answer.status, ...nothing, body: answer.text.trim() === '' ? 'empty' : 'other' };
    }
    const sentence = body.detail ?? body.error_description;
    const told = typeof sentence === 'string' ? withoutSecrets(sentence, answer.text) : '';
    const detail = told.trim() === '' ? undefined : cleaned(told);
    const parameters = Array.isArray(body.parameters) ? body.parameters : [];
    const words = [...parameters, detail].filter((word) => typeof word === 'string').slice(0, 20);
    return {
        status: answer.status,
        errorCode: errorCodeIn(body) ?? oauthErrorIn(body),
        detail,
        address: words
            .flatMap((text) => text.slice(0, 1000).split(/[\s,;()[\]"']/))
            .map(bareAddress)
            .find((word) => (0,external_node_net_.isIP)(word) > 0),
        body: 'json',
    };
}
/** A sentence of the service without any secret of the answer that it came in: it goes into errors. */
function withoutSecrets(sentence, answer) {
    return secretsIn(answer, true).reduce((text, secret) => text.replaceAll(secret, '***'), sentence);
}
/** Whether a 401 says "I know you, but no", and signing in again would only repeat it. */
function isRefusalOfKnownCaller(answer) {
    return kindOf(readRefusal(answer)) !== 'credentials';
}
// https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ and the recordings; the status alone decides nothing.
const KINDS = [
    [/^(?:INVALID_CLIENT|UNAUTHORIZED_CLIENT|INVALID_GRANT|INVALID_TOKEN)$/, 'credentials'],
    [/^(?:USER_UNAUTHORIZED|USER_CANNOT_ACCESS_\w+|NOT_\w+|API_KEY_\w+_ACCESS_DENIED)$/, 'notAllowed'],
    [/^(?:IP_ADDRESS_NOT_ON|ORG_REQUIRES|RESOURCE_REQUIRES)_(?:ACCESS_LIST|WHITELIST)$/, 'addressRefused'],
    [/^(?:API_KEY|RESOURCE|GROUP|ORG)_NOT_FOUND$/, 'gone'],
    [/^API_KEY_ALREADY_IN_GROUP$/, 'alreadyThere'],
    [/^MAX_PUBLIC_API_KEY_REACHED$/, 'full'],
    [
        /^(?:INVALID_ENUM_VALUE|UNSUPPORTED_ROLE|INVALID_ROLE_FOR_GROUP|CANNOT_ADD_ORG_ROLE|INVALID_API_KEY_DESC|VALIDATION_ERROR|PATH_PARAM_PARSE_ERROR)$/,
        'badRequest',
    ],
    [/^(?:RATE_LIMITED|RATE_LIMITED_TOKEN_BUCKET|WRITES_NOT_ALLOWED_DURING_APP_UPGRADES)$/, 'unavailable'],
];
/** What a refusal means to the caller: by its `errorCode`, and only where that is unknown by its status. */
function kindOf({ status, errorCode, body }) {
    const known = KINDS.find(([pattern]) => errorCode !== undefined && pattern.test(errorCode));
    if (known !== undefined)
        return known[1];
    // Wrong credentials come with the challenge's own code, or with none; any other code is for someone known.
    if (status === 401)
        return (errorCode ?? 'UNEXPECTED_ERROR') === 'UNEXPECTED_ERROR' ? 'credentials' : 'notAllowed';
    if (status === 407)
        return 'network';
    if (status === 429 || status >= 500)
        return 'unavailable';
    if (status < 400)
        return 'unintelligible';
    // A 403 or 404 that is not the service's own may come from a proxy, and says nothing about the key.
    if (body !== 'json')
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
 * A text from the service as it may stand in an error: one line of at most 300 characters, without control,
 * bidirectional and invisible characters.
 */
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
    if (isDeep(text))
        return undefined;
    try {
        const value = JSON.parse(text);
        return isObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** A list of keys with their roles is five levels deep; a few megabytes of brackets would take half a gigabyte. */
const DEEPEST = 64;
/** One pass by hand: a pattern with quotes in it takes quadratic time for those that are never closed. */
function isDeep(text) {
    let depth = 0;
    let quoted = false;
    for (let at = 0; at < text.length && depth <= DEEPEST; at++) {
        const character = text[at];
        if (quoted && character === '\\')
            at++;
        else if (character === '"')
            quoted = !quoted;
        else if (!quoted && (character === '[' || character === '{'))
            depth++;
        else if (!quoted && (character === ']' || character === '}'))
            depth--;
    }
    return depth > DEEPEST;
}
/** Whether a value is a JSON object. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The `errorCode` of an error body, when it has the form of one. */
function errorCodeIn(body) {
    const { errorCode } = body;
    return typeof errorCode === 'string' && /^[A-Z][A-Z0-9_]{0,99}$/.test(errorCode) ? errorCode : undefined;
}
/** The token endpoint's own errors, `invalid_client` for one: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function oauthErrorIn({ error }) {
    return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error.toUpperCase() : undefined;
}
function bareAddress(word) {
    return word.replace(/[.:]+$/, '').replace(/\/\d+$/, '');
}

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
;// CONCATENATED MODULE: ./lib/atlas/explain.js


/** The error for an answer that is no success: what failed, why, and what to do next. */
function explainRefusal(call, refusal, location) {
    const kind = kindOf(refusal);
    const { status, errorCode, detail } = refusal;
    const said = detail === undefined ? '' : `: “${detail}”`;
    const answered = `${nameOf(call)} was answered with ${[status, errorCode].filter(Boolean).join(' ')}${said}`;
    return new errors/* AtlasError */.qL(`Could not ${call.does}: ${reason(kind, call, refusal, location)} (${answered})`, {
        kind,
        call: { method: call.method, path: call.path },
        status,
        errorCode,
        detail,
    });
}
function reason(kind, call, refusal, location) {
    const { status, address } = refusal;
    switch (kind) {
        case 'credentials':
            return 'the credentials are not accepted. Check that both halves belong together, that the key or secret still exists, and that baseUrl is the right cloud.';
        case 'notAllowed':
            return call.needs === undefined
                ? 'the caller is known but not allowed to do this. Check its roles: the README of this action says which it needs.'
                : `the caller is known but lacks the role ${call.needs}, which this call needs. Give the calling key or service account that role${/GROUP$/.test(refusal.errorCode ?? '') ? ', and check groupId: it may be a project of another organisation' : ''}.`;
        case 'addressRefused':
            return `the caller may not call from ${address === undefined ? 'this address' : address}. Add ${address === undefined ? "the runner's address" : 'it'} to the access list of the calling key itself (its API access list, not the project's IP access list).`;
        case 'gone':
            return /^(?:GROUP|ORG)_/.test(refusal.errorCode ?? '')
                ? `the ${refusal.errorCode === 'GROUP_NOT_FOUND' ? 'project' : 'organisation'} is not there, or the caller cannot see it. Check the id, and that baseUrl is the right cloud.`
                : 'it is not there, or the caller cannot see it. Check the id.';
        case 'alreadyThere':
            return 'it is there already; another run may have been quicker. Run the job again.';
        case 'full':
            return 'the organisation holds as many API keys as it may (500). Delete some that nobody uses.';
        case 'badRequest':
            return `the request was refused${whatToCheck(refusal.errorCode)}`;
        case 'unavailable':
            return status === 429
                ? 'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.'
                : 'the service does not serve this right now. Try again later; https://status.mongodb.com tells its state.';
        case 'network':
            return 'the proxy wants to be signed in to. Put its user name and password into HTTPS_PROXY.';
        default:
            if (status >= 300 && status < 400) {
                return `a redirect${location === undefined ? '' : ` to ${location}`} was not followed. Check baseUrl.`;
            }
            return `the answer is not the service's own but ${refusal.body === 'empty' ? 'empty' : 'HTML or text'}. ${CHECK_WAY}`;
    }
}
/** What to do about an answer that Atlas did not give. */
const CHECK_WAY = 'Check baseUrl, and the proxy if there is one.';
function whatToCheck(errorCode = '') {
    if (/ROLE|ENUM/.test(errorCode))
        return '. Check roles: Atlas does not take one of them here.';
    return /DESC/.test(errorCode) ? '. Check desc.' : '. Check the inputs against what Atlas says.';
}
/** The error for a request without a whole answer. `host` is the one we wanted to talk to. */
function explainFault(call, fault, host) {
    const kind = fault.reason === 'notHttp' || fault.reason === 'tooLarge' ? 'unintelligible' : 'network';
    return new errors/* AtlasError */.qL(`Could not ${call.does}: ${faultReason(fault, host)} (${nameOf(call)})`, {
        kind,
        call: { method: call.method, path: call.path },
        cause: fault.cause,
    });
}
function faultReason({ reason, code }, host) {
    const why = code === '' ? '' : ` [${cleaned(code)}]`;
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
            return `the proxy made no way to ${host}${why}. ${code === 'status 407' ? 'Put its user name and password into HTTPS_PROXY.' : 'Check HTTPS_PROXY and NO_PROXY.'}`;
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
/** The error for a deadline that is over, or a run that was cancelled. `cause` is the last trouble before it. */
function explainEnd(call, signal, cause) {
    const timeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    const before = cause instanceof errors/* AtlasError */.qL ? ` Before that: ${cause.message}` : '';
    const why = timeout
        ? 'the time for all calls of this step (timeout) is used up. Run the job again, or give a longer timeout.'
        : 'the run was cancelled while it was under way.';
    return new errors/* AtlasError */.qL(`Could not ${call.does}: ${why} (${nameOf(call)})${before}`, {
        kind: timeout ? 'timeout' : 'cancelled',
        call: { method: call.method, path: call.path },
        cause: cause ?? signal.reason,
    });
}
/** The error for something that was sent, whose outcome nobody told us. */
function explainLoss(call, cause) {
    return new errors/* AtlasError */.qL(`${cause.message} Atlas may have carried it out nevertheless.`, {
        kind: 'answerLost',
        call: { method: call.method, path: call.path },
        status: cause.status,
        errorCode: cause.errorCode,
        detail: cause.detail,
        cause,
    });
}
/** The error for a success whose content is not what the API documents. */
function explainNonsense(call, problem, cause) {
    return new errors/* AtlasError */.qL(`Could not ${call.does}: ${problem} (${nameOf(call)})`, {
        kind: 'unintelligible',
        call: { method: call.method, path: call.path },
        cause,
    });
}
function nameOf({ method, path }) {
    return `${method} ${path}`;
}

;// CONCATENATED MODULE: ./lib/atlas/pages.js
/** The most that Atlas gives at once, and as many keys as an organisation may hold. */
const ITEMS_PER_PAGE = 500;
/** What a server gives that does not heed `itemsPerPage`. */
const DEFAULT_ITEMS = 100;
/** 500 keys is the documented limit; a list that is a hundred times as long never ends. */
const MOST_PAGES = 100;
const SIDE_BY_SIDE = 4;
/** How often a list of several pages is read, while each time shows items that the last did not. */
const MOST_READS = 3;
/**
 * Reads a list to its end. Items move between pages while others come and go, so each is returned once, by its id, and
 * a list of several pages is read again, until that shows nothing new: one may have slipped to a page that was read
 * already. Undefined when there are more than `MOST_PAGES` pages.
 */
async function readAllPages(readPage) {
    const items = new Map();
    for (let read = 1; read <= MOST_READS; read += 1) {
        const known = items.size;
        const pages = await readToTheEnd(readPage);
        if (pages === undefined)
            return undefined;
        for (const { results } of pages)
            for (const item of results)
                items.set(item.id, item);
        const hasSeveral = pages.filter(({ results }) => results.length > 0).length > 1;
        if (!hasSeveral || items.size === known)
            break;
    }
    return [...items.values()];
}
/**
 * The first page, then as many as `totalCount` promises, a few side by side, and then on until a page is short, for the
 * count is an estimate.
 */
async function readToTheEnd(readPage) {
    const read = [];
    let received = 0;
    let batch = 1;
    while (read.length < MOST_PAGES) {
        const next = read.length + 1;
        const numbers = Array.from({ length: Math.min(batch, MOST_PAGES + 1 - next) }, (_, index) => next + index);
        const pages = await Promise.all(numbers.map(readPage));
        read.push(...pages);
        for (const { results } of pages)
            received += results.length;
        if (pages.some((page) => isLast(page, received)))
            return read;
        // not covered: every batch has a page, which the types do not know.
        const { results, totalCount = 0 } = pages.at(-1) ?? { results: [] };
        const promised = Math.ceil((totalCount - received) / Math.max(1, results.length));
        batch = Math.min(Math.max(1, promised), SIDE_BY_SIDE);
    }
    return undefined;
}
function isLast({ results, totalCount }, received) {
    if (results.length >= ITEMS_PER_PAGE)
        return false;
    return results.length !== DEFAULT_ITEMS || totalCount === undefined || totalCount <= received;
}

;// CONCATENATED MODULE: ./lib/atlas/shapes.js


/**
 * Reads the service's shapes out of parsed JSON. Each function returns undefined when the value is not what
 * the API documents: an id ends up in a path, a public key in an output, so nothing is taken on trust.
 */
const ID = /^[0-9a-f]{24}$/;
/** Both halves of a key: letters, digits and hyphens today, and harmless wherever an output is pasted. */
const HALF_OF_KEY = /^[0-9A-Za-z_-]{1,128}$/;
const ROLE = /^[A-Z][A-Z0-9_]{0,99}$/;
/** Whether this is the id of a key, a project or an organisation: 24 lower-case hex digits. */
function isId(value) {
    return typeof value === 'string' && ID.test(value);
}
/** A key, its private key reduced to the tail that stays in clear. */
function readKey(value) {
    if (!isObject(value))
        return undefined;
    const { id, publicKey, desc } = value;
    const roles = readRoles(value.roles);
    if (!isId(id) || !isHalfOfKey(publicKey) || typeof desc !== 'string' || roles === undefined)
        return undefined;
    return { id, publicKey, desc, roles, privateKeyTail: tailOf(value.privateKey) };
}
/** A key in the answer that made it, with its secret; undefined also when the secret is redacted. */
function readNewKey(value) {
    const key = readKey(value);
    if (key === undefined || !isObject(value))
        return undefined;
    const { privateKey } = value;
    if (!isHalfOfKey(privateKey) || privateKey.length < 16 || privateKey.includes('*'))
        return undefined;
    return { ...key, privateKey };
}
/** The organisation that a project belongs to. */
function readProject(value) {
    return isObject(value) && isId(value.orgId) ? { orgId: value.orgId } : undefined;
}
/** The roles of the signed-in key of `GET /api/{surface}`; `'none'` for a service account, and where the surface tells none. */
function readCaller(value) {
    if (!isObject(value))
        return undefined;
    const key = value.apiKey;
    if (key === undefined || key === null)
        return 'none';
    const roles = isObject(key) ? readRoles(key.roles) : undefined;
    return roles === undefined ? undefined : { roles };
}
/** The address of `GET /api/private/ipinfo`. */
function readAddress(value) {
    const address = isObject(value) ? value.currentIpv4Address : undefined;
    return typeof address === 'string' && (0,external_node_net_.isIPv4)(address) ? address : undefined;
}
/** One page of keys. */
function readKeyPage(value) {
    if (!isObject(value) || !Array.isArray(value.results))
        return undefined;
    const results = value.results.map(readListedKey).filter((key) => key !== undefined);
    if (results.length !== value.results.length)
        return undefined;
    const { totalCount } = value;
    return { results, totalCount: Number.isSafeInteger(totalCount) ? Number(totalCount) : undefined };
}
/** The API promises neither description nor roles, and somebody else's key without must not spoil the list. */
function readListedKey(value) {
    if (!isObject(value))
        return undefined;
    return readKey({ ...value, desc: value.desc ?? '', roles: value.roles ?? [] });
}
function readRoles(value) {
    if (!Array.isArray(value))
        return undefined;
    const roles = value.map(readRole).filter((role) => role !== undefined);
    return roles.length === value.length ? roles : undefined;
}
function readRole(value) {
    if (!isObject(value))
        return undefined;
    const { roleName, groupId = null, orgId = null } = value;
    if (typeof roleName !== 'string' || !ROLE.test(roleName))
        return undefined;
    if ((groupId !== null && !isId(groupId)) || (orgId !== null && !isId(orgId)))
        return undefined;
    return { roleName, ...(groupId === null ? {} : { groupId }), ...(orgId === null ? {} : { orgId }) };
}
function isHalfOfKey(value) {
    return typeof value === 'string' && HALF_OF_KEY.test(value);
}
/** `********-****-****-01bdd56c8977` → `01bdd56c8977`. */
function tailOf(privateKey) {
    const tail = typeof privateKey === 'string' ? /\*[*-]*([0-9A-Za-z]{1,12})$/.exec(privateKey)?.[1] : undefined;
    return tail ?? '';
}

;// CONCATENATED MODULE: ./lib/atlas/calls.js





/** The version that Atlas gives for every key endpoint: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ */
const VERSIONED = 'application/vnd.atlas.2023-01-01+json';
const JSON_TYPE = 'application/json';
/** Characters of all pages together: 500 keys with a role in every project stay below a million. */
const LARGEST_LIST = 16 * 1024 * 1024;
/** The calls of the Admin API, in terms of one function that makes a call. */
function atlasCalls(surface, { ask, askAs, serviceNow, mask }) {
    const root = `/api/${surface}`;
    const media = surface === 'atlas/v2' ? VERSIONED : JSON_TYPE;
    const call = (method, path, rest) => {
        return { method, path: `${root}${path}`, contentType: media, accept: media, repeat: 'always', ...rest };
    };
    const groupKey = (groupId, apiUserId) => `/groups/${id(groupId)}/apiKeys/${id(apiUserId)}`;
    const orgKey = (orgId, apiUserId) => `/orgs/${id(orgId)}/apiKeys/${id(apiUserId)}`;
    const read = async (request, reader) => {
        return understand(request, await ask(request), reader);
    };
    const send = async (request) => acknowledge(request, await ask(request));
    const list = async (path, does, needs) => {
        let received = 0;
        const page = async (pageNum) => {
            const query = `itemsPerPage=${ITEMS_PER_PAGE}&pageNum=${pageNum}`;
            const request = call('GET', path, { does, needs, query });
            const answer = await ask(request);
            received += answer.text.length;
            if (received > LARGEST_LIST)
                throw explainNonsense(request, `the list is larger than any that Atlas gives. ${CHECK_WAY}`);
            return understand(request, answer, readKeyPage);
        };
        const keys = await readAllPages(page);
        const problem = `the list does not end after ${MOST_PAGES} pages. ${CHECK_WAY}`;
        if (keys === undefined)
            throw explainNonsense(call('GET', path, { does }), problem);
        return keys;
    };
    const updateRoles = (groupId, apiUserId, roles) => {
        const does = "set the key's roles in the project";
        const body = JSON.stringify({ roles });
        return read(call('PATCH', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager', body }), readKey);
    };
    const remove = async (request, isGone) => {
        let doubt = false;
        try {
            await send({ ...request, onDoubt: () => (doubt = true) });
            return 'deleted';
        }
        catch (error) {
            if (!(0,errors/* isAtlasError */.yH)(error, 'gone') || !isGone(error))
                throw error;
            // Our own first try did it, and only its answer was lost.
            return doubt ? 'deleted' : 'gone';
        }
    };
    const addEntries = (orgId, apiUserId, entries) => {
        const does = "add to the key's access list";
        return send(call('POST', `${orgKey(orgId, apiUserId)}/accessList`, { does, body: JSON.stringify(entries) }));
    };
    const whoAmI = call('GET', '', { does: 'ask who signs in' });
    const signIn = { ...whoAmI, does: 'sign in as the key' };
    return {
        serviceNow,
        readProject: async (groupId) => {
            const request = call('GET', `/groups/${id(groupId)}`, {
                does: 'read the project',
                needs: 'Project Read Only',
            });
            return read(request, readProject);
        },
        listProjectKeys: async (groupId) => {
            return list(`/groups/${id(groupId)}/apiKeys`, "list the project's keys", 'Project Read Only');
        },
        listOrganizationKeys: async (orgId) => {
            return list(`/orgs/${id(orgId)}/apiKeys`, "list the organisation's keys", 'Organization Member');
        },
        readOrganizationKey: async (orgId, apiUserId) => {
            return read(call('GET', orgKey(orgId, apiUserId), { does: 'read the key', needs: 'Organization Member' }), readKey);
        },
        createKey: async (groupId, { desc, roles }) => {
            const request = call('POST', `/groups/${id(groupId)}/apiKeys`, {
                does: 'make a key in the project',
                needs: 'Project Access Manager',
                body: JSON.stringify({ desc, roles }),
                repeat: 'unlessExecuted',
                createsSecret: true,
            });
            const answer = await ask(request);
            const key = readNewKey(parseObject(answer.text));
            if (key === undefined)
                throw explainLoss(request, explainOddity(request, answer));
            // Masked in the raw text already, unless the text was written so oddly that only a parser finds it.
            mask(key.privateKey);
            return key;
        },
        assignKey: async (groupId, apiUserId, roles) => {
            // Cloud Manager and Ops Manager know no POST here: they assign by PATCH.
            if (surface !== 'public/v1.0') {
                const does = 'assign the key to the project';
                const body = JSON.stringify([{ roles }]);
                try {
                    return await send(call('POST', groupKey(groupId, apiUserId), { does, needs: 'Project Owner', body }));
                }
                catch (error) {
                    // PATCH assigns, too, and asks for less: Project Access Manager.
                    if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere', 'notAllowed'))
                        throw error;
                }
            }
            await updateRoles(groupId, apiUserId, roles);
        },
        updateRoles: async (groupId, apiUserId, roles) => updateRoles(groupId, apiUserId, roles),
        renameKey: async ({ groupId, orgId, apiUserId }, desc) => {
            const does = "change the key's description";
            const body = JSON.stringify({ desc });
            let gone;
            // Ops Manager documents only `roles` for the project's PATCH.
            if (surface !== 'public/v1.0') {
                const request = call('PATCH', groupKey(groupId, apiUserId), {
                    does,
                    needs: 'Project Access Manager',
                    body,
                });
                try {
                    const key = await read(request, readKey);
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
            const request = call('PATCH', orgKey(orgId, apiUserId), { does, needs: 'Organization Owner', body });
            const key = await read(request, readKey).catch((error) => {
                // Of a key that the project does not know, the role that the caller lacks elsewhere says less.
                throw gone !== undefined && (0,errors/* isAtlasError */.yH)(error, 'notAllowed') ? gone : error;
            });
            if (key.desc !== desc)
                throw explainNonsense(request, 'the answer still shows the old one. Check api, and run the job again.');
            return key;
        },
        unassignKey: async (groupId, apiUserId) => {
            const does = 'take the key out of the project';
            const request = call('DELETE', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager' });
            return remove(request, () => true);
        },
        deleteKey: async (orgId, apiUserId) => {
            const request = call('DELETE', orgKey(orgId, apiUserId), {
                does: 'delete the key',
                needs: 'Organization Owner',
            });
            // A wrong organisation says nothing about the key: it may live on in another.
            return remove(request, (error) => error.errorCode !== 'ORG_NOT_FOUND');
        },
        whoAmI: async () => {
            const caller = await read(whoAmI, readCaller);
            return caller === 'none' ? undefined : caller;
        },
        signInAs: async (key) => {
            understand(signIn, await askAs(key, signIn), (value) => (isObject(value) && errorCodeIn(value) === undefined) || undefined);
        },
        addAccessListEntries: async (orgId, apiUserId, entries) => {
            try {
                await addEntries(orgId, apiUserId, entries);
            }
            catch (error) {
                if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere'))
                    throw error;
                if (entries.length === 1)
                    return;
                // One of them is there already, and Atlas may have refused the rest with it.
                for (const entry of entries) {
                    await addEntries(orgId, apiUserId, [entry]).catch((single) => {
                        if (!(0,errors/* isAtlasError */.yH)(single, 'alreadyThere'))
                            throw single;
                    });
                }
            }
        },
        currentAddress: async () => {
            const does = "ask for this machine's address";
            const path = '/api/private/ipinfo';
            return read({ ...call('GET', '', { does }), path, accept: JSON_TYPE }, readAddress);
        },
    };
}
/** An id as a part of a path. Throws before anything is sent when it is none: it could lead elsewhere. */
function id(value) {
    if (isId(value))
        return value;
    throw new errors/* AtlasError */.qL(`An id must be 24 hex digits, not “${cleaned(value).slice(0, 60)}”; nothing was sent.`, {
        kind: 'badRequest',
    });
}
function understand(call, answer, reader) {
    const value = reader(parseObject(answer.text));
    if (value === undefined)
        throw explainOddity(call, answer);
    return value;
}
/** A success that needs no body; but one that carries an error, or a page of a proxy, is none. */
function acknowledge(call, answer) {
    if (answer.text.trim() === '')
        return;
    const body = parseObject(answer.text);
    if (body === undefined || errorCodeIn(body) !== undefined)
        throw explainOddity(call, answer);
}
function explainOddity(call, { status, text }) {
    const body = parseObject(text);
    if (body === undefined) {
        const what = text.trim() === '' ? 'empty' : 'no JSON';
        return explainNonsense(call, `the answer (${status}) is ${what}. ${CHECK_WAY}`);
    }
    const code = errorCodeIn(body);
    return explainNonsense(call, code === undefined
        ? `the answer (${status}) is not what the API documents. Check baseUrl and api.`
        : `the answer says ${status} and ${code} at once. ${CHECK_WAY}`);
}

;// CONCATENATED MODULE: ./lib/atlas/service-clock.js
/** A clock that follows the service's: the last `Date` header plus the time since. */
function followServiceClock(clock) {
    let told;
    return {
        note(date) {
            const service = parseHttpDate(date);
            if (service !== undefined)
                told = { service, here: clock.now() };
        },
        now: () => (told === undefined ? clock.wall() : told.service + (clock.now() - told.here)),
    };
}
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/**
 * Milliseconds since 1970 of an HTTP date in the form that senders must use
 * (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7), or undefined.
 */
function parseHttpDate(text) {
    if (text === undefined || !HTTP_DATE.test(text))
        return undefined;
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

;// CONCATENATED MODULE: ./lib/atlas/retry.js

/** The longest that one try may take, in milliseconds: the service answers in 50–150. */
const TRY_LIMIT = 30_000;
/** How often a call is tried at most. A host that is not there is mostly a mistake, and said soon. */
const MOST_TRIES = {
    unreachable: 5,
    broken: 8,
    serverFault: 8,
    rateLimited: 20,
    upgrade: 20,
};
/**
 * Milliseconds to wait before the next try, or undefined when there should be none: too many tries, or the
 * wait would outlast the deadline, and then it is better to fail now than then.
 */
function waitBeforeRetry({ trouble, tries, retryAfter, remaining, random, }) {
    if (tries >= MOST_TRIES[trouble])
        return undefined;
    const wait = retryAfter === undefined ? backoff(trouble, tries, random) : retryAfter + 250 * (1 + random);
    return wait < remaining ? wait : undefined;
}
/**
 * Doubling, with jitter down to half. A rate limit starts at ten seconds and stays at forty, as MongoDB
 * advises when `Retry-After` is missing: https://www.mongodb.com/docs/atlas/api/api-rate-limit/
 */
function backoff(trouble, tries, random) {
    const [first, most] = trouble === 'rateLimited' ? [10_000, 40_000] : [400, 10_000];
    return Math.min(first * 2 ** (tries - 1), most) * (1 - random / 2);
}
/**
 * `Retry-After` in milliseconds: seconds, or a date, which is compared with the answer's own `Date` since this
 * machine's clock may be wrong (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3). Undefined when missing
 * or unreadable.
 */
function retryAfter(headers) {
    const value = headers['retry-after']?.trim() ?? '';
    if (/^\d{1,9}$/.test(value))
        return Number(value) * 1000;
    const until = parseHttpDate(value);
    const now = parseHttpDate(headers.date);
    return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}

// EXTERNAL MODULE: ./lib/atlas/wire-fault.js
var wire_fault = __nccwpck_require__(7955);
;// CONCATENATED MODULE: ./lib/atlas/client.js






/**
 * Makes a call: signs in, repeats what may be repeated, and returns the answer, which is a success (2xx).
 * Throws an `AtlasError` for everything else, at the deadline at the latest.
 */
async function makeCall(call, signIn, deadline, context) {
    let last;
    for (let tries = 1;; tries++) {
        if (deadline.signal.aborted)
            throw explainEnd(call, deadline.signal, last);
        const outcome = await tryOnce(call, signIn, deadline, context, tries);
        if (!('error' in outcome))
            return outcome;
        if (outcome.maybeDone) {
            call.onDoubt?.();
            if (call.repeat === 'unlessExecuted') {
                const { signal } = deadline;
                throw explainLoss(call, signal.aborted ? explainEnd(call, signal, last) : outcome.error);
            }
        }
        if (deadline.signal.aborted)
            throw explainEnd(call, deadline.signal, last);
        if (outcome.trouble === undefined)
            throw outcome.error;
        const wait = waitBeforeRetry({
            trouble: outcome.trouble,
            tries,
            retryAfter: outcome.retryAfter,
            remaining: deadline.remaining(),
            random: context.random(),
        });
        if (wait === undefined)
            throw outcome.error;
        last = outcome.error;
        await context.pause(wait, deadline.signal);
    }
}
async function tryOnce(call, signIn, deadline, context, tries) {
    const { connection, clock } = context;
    const path = call.query === undefined ? call.path : `${call.path}?${call.query}`;
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(context.tryLimit ?? TRY_LIMIT)]);
    const started = clock.now();
    let exchanges = 0;
    let signed = false;
    const exchange = async (authorization) => {
        exchanges++;
        signed = authorization !== undefined;
        const body = signed ? call.body : undefined;
        const headers = {
            accept: call.accept,
            'user-agent': 'atlas-project-api-key',
            ...(body === undefined ? {} : { 'content-type': call.contentType }),
            ...(authorization === undefined ? {} : { authorization }),
        };
        const maskAll = (text) => {
            for (const secret of secretsIn(text, call.createsSecret === true))
                context.mask(secret);
        };
        try {
            const answer = await connection.exchange({ method: call.method, path, headers, body }, signal);
            maskAll(answer.text);
            context.serviceClock.note(answer.headers.date);
            return answer;
        }
        catch (error) {
            if (error instanceof wire_fault/* WireFault */.ML)
                maskAll(error.received);
            throw error;
        }
    };
    const tell = (outcome) => {
        const milliseconds = Math.round(clock.now() - started);
        const more = exchanges > 1 ? `, ${exchanges} requests` : '';
        context.debug(`${call.method} ${path} ${outcome} in ${milliseconds} ms, try ${tries}${more}`);
    };
    try {
        const answer = await signIn({ method: call.method, path, signal, deadline }, exchange);
        tell(answer.status);
        if (answer.status >= 200 && answer.status < 300) {
            if (signed || call.method === 'GET')
                return answer;
            const problem = 'the server did something without asking who we are, so it is not Atlas. Check baseUrl.';
            return failure(explainNonsense(call, problem));
        }
        const refusal = readRefusal(answer);
        const error = explainRefusal(call, refusal, redirectTarget(answer));
        const trouble = troubleOf(refusal);
        // Any other refusal of the service's own, 429 and the 405 of an upgrade among them, says that nothing was done.
        // A page of a proxy does not, nor does a refusal that shows a secret: that is what was made.
        const foreign = kindOf(refusal) === 'unintelligible' || secretsIn(answer.text, false).length > 0;
        const maybeDone = signed && (foreign || (refusal.status >= 500 && trouble !== 'upgrade'));
        return { error, trouble, retryAfter: retryAfter(answer.headers), maybeDone };
    }
    catch (error) {
        if (error instanceof errors/* AtlasError */.qL) {
            tell('not signed in');
            throw error.call === undefined ? explainNonsense(call, `${error.message} ${CHECK_WAY}`, error) : error;
        }
        const fault = error instanceof wire_fault/* WireFault */.ML ? error : lateFault(error, signal);
        tell(fault.message);
        // A connection that did not answer one request in time may be dead; the next try shall not wait for it.
        if (fault.reason === 'aborted' && fault.sent && !deadline.signal.aborted)
            connection.renew();
        return {
            error: explainFault(call, fault, context.host),
            trouble: troubleOfFault(fault),
            retryAfter: undefined,
            maybeDone: fault.sent && signed,
        };
    }
}
function failure(error) {
    return { error, trouble: undefined, retryAfter: undefined, maybeDone: false };
}
/** The try's time ran out while it waited for a nonce or a token that another call fetches. */
function lateFault(error, signal) {
    // not covered: an error of another kind is a mistake in this code, and must not look like one of the network.
    if (!signal.aborted)
        throw error;
    return new wire_fault/* WireFault */.ML('aborted', { sent: false, received: '', cause: signal.reason });
}
function troubleOf({ status, errorCode, ...refusal }) {
    if (errorCode === 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES')
        return 'upgrade';
    if (status === 429)
        return 'rateLimited';
    if (kindOf({ status, errorCode, ...refusal }) !== 'unavailable')
        return undefined;
    return [500, 502, 503, 504].includes(status) ? 'serverFault' : undefined;
}
function troubleOfFault({ reason, sent, code }) {
    if (reason === 'unreachable' || reason === 'broken')
        return reason;
    if (reason === 'aborted')
        return sent ? 'broken' : 'unreachable';
    // A proxy that refuses (4xx) will refuse again; one that has no way right now (5xx) may have one soon.
    return reason === 'proxy' && !code.startsWith('status 4') ? 'unreachable' : undefined;
}
/** The host of a redirect, for the error that refuses it. */
function redirectTarget({ headers }) {
    const host = URL.parse(headers.location ?? '')?.host;
    return host === undefined || !/^[\w.:[\]-]{1,100}$/.test(host) ? undefined : host;
}

;// CONCATENATED MODULE: ./lib/atlas/deadline.js
/**
 * Time, as the Atlas layer knows it: a monotonic clock, a pause, and the moment after which nothing may run.
 * All of it is passed in, so that tests own the time.
 */
/**
 * Starts a deadline of this many milliseconds. `cancelled` ends it early, when the run is cancelled.
 * Its timer does not keep the process alive.
 */
function startDeadline(milliseconds, clock, cancelled) {
    const end = clock.now() + milliseconds;
    const timeout = AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)));
    return {
        signal: cancelled === undefined ? timeout : AbortSignal.any([timeout, cancelled]),
        remaining: () => Math.max(0, end - clock.now()),
    };
}
/**
 * Waits for something that others wait for, too, but no longer than this signal allows. The shared work goes
 * on; only this waiting ends. Rejects with the signal's reason.
 */
function waitFor(shared, signal) {
    // Nobody may be left to hear of a failure of the shared work, and Node would end the process for it.
    shared.catch(() => { });
    if (signal.aborted)
        return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    return promise;
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
// EXTERNAL MODULE: ./lib/certificate-fault.js
var certificate_fault = __nccwpck_require__(3973);
// EXTERNAL MODULE: ./lib/atlas/proxy.js
var atlas_proxy = __nccwpck_require__(519);
;// CONCATENATED MODULE: ./lib/atlas/tunnel.js



/**
 * Asks a proxy for a tunnel (CONNECT, https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6) to a host and
 * returns the socket, on which TLS to that host is still to be spoken. `proxy` is a URL with the proxy's
 * credentials in it, if it wants any. Rejects with a `ProxyRefusal`.
 */
async function openTunnel(proxy, target, signal) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const { protocol, hostname, port } = new URL(proxy);
    const { username, password } = (0,atlas_proxy/* proxyCredentials */.F)(proxy);
    const host = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${target.port}`;
    const credentials = Buffer.from(`${username}:${password}`, 'utf8');
    const headers = { host };
    if (username !== '')
        headers['proxy-authorization'] = `Basic ${credentials.toString('base64')}`;
    // Loaded only where there is a proxy.
    const { request: send } = await (protocol === 'https:' ? Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 4708, 19)) : Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 7067, 19)));
    const request = send({
        method: 'CONNECT',
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: host,
        headers,
        agent: false,
        signal,
        rejectUnauthorized: true,
    });
    // For a CONNECT, Node takes an answer of any status for this event.
    request.once('connect', (answer, socket) => {
        if (answer.statusCode === 200)
            return resolve(socket);
        socket.destroy();
        reject(new wire_fault/* ProxyRefusal */.fR(`status ${answer.statusCode}`));
    });
    request.once('error', (error) => reject(new wire_fault/* ProxyRefusal */.fR((0,certificate_fault/* codeOf */.$)(error), error)));
    request.end();
    return promise;
}

;// CONCATENATED MODULE: ./lib/atlas/sockets.js




const DEFAULT_PORTS = { 'https:': 443, 'http:': 80 };
const CONNECT_LIMIT = 10_000;
/** A socket that nobody took is left after this time, as undici leaves its own: soon a server may close it. */
const IDLE_LIMIT = 4_000;
/**
 * Starts to open a socket to an origin at once, so that the handshake runs while the rest of the step is still being
 * loaded. Certificates are always checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
 */
function openSockets(origin, proxy) {
    const { protocol, hostname, port: written } = new URL(origin);
    const host = hostname.replace(/^\[|\]$/g, '');
    const port = Number(written || DEFAULT_PORTS[protocol]);
    const closing = new AbortController();
    const sockets = new Set();
    const keep = (socket) => {
        sockets.add(socket);
        // What becomes of it is told where it is awaited or used; in between nobody listens.
        return socket
            .setNoDelay(true)
            .setKeepAlive(true, 60_000)
            .on('error', () => { })
            .once('close', () => sockets.delete(socket));
    };
    const open = async (handshaking = () => { }) => {
        const limit = AbortSignal.any([closing.signal, AbortSignal.timeout(CONNECT_LIMIT)]);
        if (protocol === 'http:')
            return ready(keep((0,external_node_net_.connect)({ host, port })), 'connect', limit);
        const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, { hostname: host, port: `${port}` }, limit);
        const secured = (0,external_node_tls_.connect)({
            host,
            port,
            socket: tunnel,
            servername: (0,external_node_net_.isIP)(host) === 0 ? host : '',
            ALPNProtocols: ['h2', 'http/1.1'],
            rejectUnauthorized: true,
        });
        if (tunnel === undefined)
            secured.once('connect', handshaking);
        else
            handshaking();
        return ready(keep(secured), 'secureConnect', limit);
    };
    const begun = Promise.withResolvers();
    let ahead = open(begun.resolve);
    ahead
        .then((socket) => socket.unref().setTimeout(IDLE_LIMIT, () => socket.destroy()))
        .catch(() => { })
        .finally(begun.resolve);
    return {
        underWay: begun.promise,
        async take() {
            const first = ahead;
            ahead = undefined;
            const socket = await (first ?? open());
            if (first === undefined)
                return socket;
            return socket.destroyed ? open() : socket.setTimeout(0).ref();
        },
        close() {
            closing.abort();
            for (const socket of sockets)
                socket.destroy();
        },
    };
}
async function ready(socket, event, limit) {
    try {
        await (0,external_node_events_.once)(socket, event, { signal: limit });
        return socket;
    }
    catch (error) {
        socket.destroy();
        throw limit.aborted ? Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }) : error;
    }
}

;// CONCATENATED MODULE: ./lib/atlas/connection.js


/**
 * Opens a connection to an origin. It is one connection, because a second costs a TLS handshake and breaks the digest's
 * rising count. undici, which speaks over it, takes longer to load than all of our own code, and so it is loaded while
 * the handshake is on its way.
 */
function openConnection(origin, proxy) {
    const sockets = openSockets(origin, proxy);
    const loading = sockets.underWay.then(async () => {
        const { speakHttp } = await Promise.all(/* import() */[__nccwpck_require__.e(701), __nccwpck_require__.e(359)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4359));
        return speakHttp(origin, sockets.take);
    });
    return {
        exchange: async (request, signal) => (await waitFor(loading, signal)).exchange(request, signal),
        renew: () => void loading.then((http) => http.renew()),
        async close() {
            sockets.close();
            await loading.then((http) => http.close()).catch(() => { });
        },
    };
}

;// CONCATENATED MODULE: ./lib/atlas/challenge.js

// RFC 9110 §5.6.2, §5.6.4 and §11.2. Sticky, and without nested choices of the same character: linear in time.
const SEPARATORS = /[ \t,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*)"/y;
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const END_OF_ITEM = /[ \t]*(?=,|$)/y;
/**
 * Reads the challenges of a `WWW-Authenticate` header. Several header lines are joined with a comma before.
 * Throws an `AtlasError` of kind `unintelligible` when the text is no list of challenges, or when one names a
 * parameter twice, which RFC 9110 §11.2 forbids: two readers could then see two different challenges.
 */
function parseChallenges(header) {
    const challenges = [];
    let position = 0;
    const take = (pattern) => {
        pattern.lastIndex = position;
        const found = pattern.exec(header);
        if (found !== null)
            position = pattern.lastIndex;
        return found;
    };
    take(SEPARATORS);
    while (position < header.length) {
        const name = take(TOKEN)?.[0].toLowerCase();
        if (name === undefined)
            throw malformed('a name is missing');
        const current = challenges.at(-1);
        if (take(EQUALS) !== null) {
            if (current === undefined)
                throw malformed('a parameter stands before its scheme');
            if (current.parameters.has(name))
                throw malformed('a parameter is given twice');
            current.parameters.set(name, takeValue(take));
            if (take(END_OF_ITEM) === null)
                throw malformed('a comma is missing');
        }
        else {
            challenges.push({ scheme: name, parameters: new Map() });
            // What follows a scheme is a token68 (Negotiate), the first parameter, or the next challenge.
            if (take(TOKEN68) === null && !/[ \t,]/.test(header[position] ?? ',')) {
                throw malformed('a scheme is followed by neither a blank nor a comma');
            }
        }
        take(SEPARATORS);
    }
    return challenges;
}
function takeValue(take) {
    const quoted = take(QUOTED);
    if (quoted !== null)
        return quoted[0].slice(1, -1).replace(/\\(.)/gs, '$1');
    const token = take(TOKEN);
    if (token === null)
        throw malformed('a value is missing or its quotes are not closed');
    return token[0];
}
function malformed(problem) {
    return new errors/* AtlasError */.qL(`The WWW-Authenticate header cannot be read: ${problem}.`, {
        kind: 'unintelligible',
    });
}

;// CONCATENATED MODULE: ./lib/atlas/digest.js


/** Weakest last: RFC 7616 §3.7 asks for the strongest one offered. */
const HASHES = [
    ['SHA-256', 'sha256'],
    ['MD5', 'md5'],
];
/**
 * Chooses the strongest Digest challenge that we can answer: SHA-256 before MD5, with `qop=auth`.
 * `userhash` is an offer that a client may leave (RFC 7616 §3.3), and so we leave it.
 * Throws an `AtlasError` of kind `unintelligible` that says what was offered when there is none.
 */
function chooseChallenge(challenges) {
    const offers = challenges.filter(({ scheme }) => scheme === 'digest');
    for (const [name, hash] of HASHES) {
        for (const { parameters } of offers) {
            const realm = parameters.get('realm');
            const nonce = parameters.get('nonce');
            const algorithm = parameters.get('algorithm');
            const fits = (algorithm ?? 'MD5').toUpperCase() === name && qualities(parameters).includes('auth');
            if (!fits || realm === undefined || nonce === undefined || nonce === '')
                continue;
            const stale = parameters.get('stale')?.toLowerCase() === 'true';
            return { realm, nonce, opaque: parameters.get('opaque'), hash, algorithm, stale };
        }
    }
    throw new errors/* AtlasError */.qL(`${describe(challenges)}. Understood are Digest with MD5 or SHA-256 and qop=auth.`, {
        kind: 'unintelligible',
    });
}
/**
 * The value of the `Authorization` header that answers a challenge: RFC 7616 §3.4, with `qop=auth`.
 * Pure: the same input gives the same answer.
 */
function digestAuthorization(challenge, input) {
    const hash = (text) => (0,external_node_crypto_.createHash)(challenge.hash).update(text).digest('hex');
    const nc = input.count.toString(16).padStart(8, '0');
    const secret = hash(`${input.username}:${challenge.realm}:${input.password}`);
    const target = hash(`${input.method}:${input.uri}`);
    const response = hash([secret, challenge.nonce, nc, input.cnonce, 'auth', target].join(':'));
    const parts = [
        `username=${quoted(input.username)}`,
        `realm=${quoted(challenge.realm)}`,
        `nonce=${quoted(challenge.nonce)}`,
        `uri=${quoted(input.uri)}`,
        `response="${response}"`,
        // Unquoted on purpose: RFC 7616 §3.4 says so for these three.
        ...(challenge.algorithm === undefined ? [] : [`algorithm=${challenge.algorithm}`]),
        'qop=auth',
        `nc=${nc}`,
        `cnonce=${quoted(input.cnonce)}`,
        ...(challenge.opaque === undefined ? [] : [`opaque=${quoted(challenge.opaque)}`]),
    ];
    return `Digest ${parts.join(', ')}`;
}
function quoted(text) {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
function qualities(parameters) {
    return (parameters.get('qop') ?? '').split(',').map((quality) => quality.trim().toLowerCase());
}
function describe(challenges) {
    const offers = challenges.map(({ scheme, parameters }) => {
        if (scheme !== 'digest')
            return scheme;
        return `digest with ${parameters.get('algorithm') ?? 'MD5'} and qop=${parameters.get('qop') ?? '(none)'}`;
    });
    const known = offers.map((offer) => offer.replace(/[^\w=(), -]/g, '?').slice(0, 60)).slice(0, 5);
    return known.length === 0
        ? 'No way to sign in is offered'
        : `Only ${known.join('; ')} is offered to sign in`;
}

;// CONCATENATED MODULE: ./lib/atlas/digest-sign-in.js




/** How often one call is signed anew, each time with a fresh nonce: stale ones, and servers with one-time ones. */
const MOST_SIGNINGS = 3;
const STALE = /\bstale[ \t]*=[ \t]*"?true/i;
/**
 * Signs in with an API key over HTTP Digest. The first call fetches the challenge, with its own method and
 * path; calls made meanwhile wait for that one. The nonce is then used again with a rising count, and each try
 * is signed anew. `cnonce` gives a fresh client nonce each time.
 */
function digestSession(key, cnonce, borrowed) {
    let current = borrowed;
    let fetching;
    const signIn = async ({ method, path, signal }, exchange) => {
        // Set to the nonce that this very call was given: refused with that one, the credentials are wrong.
        let own;
        while (fetching !== undefined)
            await waitFor(fetching, signal);
        if (current === undefined) {
            const { promise, resolve } = Promise.withResolvers();
            fetching = promise;
            try {
                const answer = await exchange(undefined);
                if (answer.status !== 401)
                    return answer;
                own = { challenge: challengeOf(answer), uses: 0 };
                current = own;
            }
            finally {
                fetching = undefined;
                resolve();
            }
        }
        for (let signings = 1;; signings++) {
            const nonce = own ?? current;
            nonce.uses++;
            const signature = digestAuthorization(nonce.challenge, {
                username: key.publicKey,
                password: key.privateKey,
                method,
                uri: path,
                count: nonce.uses,
                cnonce: cnonce(),
            });
            const answer = await exchange(signature);
            if (answer.status !== 401) {
                current = announced(answer, nonce) ?? current;
                return answer;
            }
            const header = answer.headers['www-authenticate'];
            // Atlas answers "not allowed" with 401, too, and signing again would only repeat the refusal. But a stale
            // nonce tells the server nothing about the caller, so then its body does not count.
            if (header === undefined || (isRefusalOfKnownCaller(answer) && !STALE.test(header)))
                return answer;
            const challenge = challengeOf(answer);
            const refused = own !== undefined && !challenge.stale;
            own = { challenge, uses: 0 };
            current = own;
            if (refused || signings === MOST_SIGNINGS)
                return answer;
        }
    };
    return { signIn, as: (other) => digestSession(other, cnonce, current) };
}
function challengeOf(answer) {
    return chooseChallenge(parseChallenges(answer.headers['www-authenticate'] ?? ''));
}
/** The nonce that the server wants to see next: https://www.rfc-editor.org/rfc/rfc7616#section-3.5 */
function announced(answer, used) {
    const nonce = /(?:^|[\s,])nextnonce="([^"\\]+)"/i.exec(answer.headers['authentication-info'] ?? '')?.[1];
    return nonce === undefined ? undefined : { challenge: { ...used.challenge, nonce }, uses: 0 };
}

;// CONCATENATED MODULE: ./lib/atlas/oauth.js



const TOKEN_PATH = '/api/oauth/token';
const REVOKE_PATH = '/api/oauth/revoke';
const FORM = 'application/x-www-form-urlencoded';
/** The body of the token request: https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2 */
const TOKEN_FORM = 'grant_type=client_credentials';
/** The body of the request that ends a token: https://www.rfc-editor.org/rfc/rfc7009#section-2.1 */
function revokeForm(token) {
    return `token=${encodeURIComponent(token)}&token_type_hint=access_token`;
}
/**
 * The `Authorization` of a service account's own two calls. RFC 6749 §2.3.1 asks to percent-encode both halves
 * first; Atlas's ids and secrets (`mdb_sa_id_…`) hold nothing that this would change, and Atlas does not decode.
 */
function basicAuthorization({ clientId, clientSecret }) {
    return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
/** The token of an answer to the token request, or undefined when there is none that a header can carry. */
function readToken(answer) {
    const body = parseObject(answer.text);
    const token = body?.access_token;
    const bearer = typeof body?.token_type === 'string' && body.token_type.toLowerCase() === 'bearer';
    // RFC 6750 §2.1: the characters of a bearer token.
    return bearer && typeof token === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? token : undefined;
}
/**
 * Signs in as a service account. The token is fetched once, when it is first needed, and shared by all calls
 * of the process: Atlas allows about ten new ones a minute. One that was accepted before and is refused now has
 * expired and is replaced; one that never was accepted is not, because the next would fare no better.
 */
function tokenSession(fetchToken) {
    let fetching;
    let token;
    const accepted = new Set();
    const currentToken = async (deadline, signal) => {
        while (token === undefined) {
            const mine = fetching === undefined;
            fetching ??= fetchToken(deadline).finally(() => {
                fetching = undefined;
            });
            try {
                token = await waitFor(fetching, signal);
            }
            catch (error) {
                // Another call fetched it, and only that one's time is over.
                if (mine || signal.aborted || !(0,errors/* isAtlasError */.yH)(error, 'timeout', 'cancelled'))
                    throw error;
            }
        }
        return token;
    };
    const signIn = async ({ signal, deadline }, exchange) => {
        for (let renewals = 0;; renewals++) {
            const used = await currentToken(deadline, signal);
            const answer = await exchange(`Bearer ${used}`);
            if (answer.status !== 401) {
                accepted.add(used);
                return answer;
            }
            if (isRefusalOfKnownCaller(answer) || !accepted.has(used) || renewals === 1)
                return answer;
            // Several calls may see the same expiry; only the first of them drops the token.
            if (token === used)
                token = undefined;
        }
    };
    return { signIn, token: () => token };
}

;// CONCATENATED MODULE: ./lib/atlas/api.js










/** How long the end of a step waits for the token's revocation: it would expire by itself, within the hour. */
const REVOKE_LIMIT = 3_000;
/** Opens a session. It begins to connect at once, and asks nothing before the first call. */
function openAtlas(options) {
    const { baseUrl, surface, credentials, proxy, clock } = options;
    for (const secret of secretsOfProxy(proxy))
        options.mask(secret);
    const connection = openConnection(new URL(baseUrl).origin, proxy);
    const serviceClock = followServiceClock(clock);
    const context = { ...bound(options), connection, serviceClock, host: new URL(baseUrl).host };
    const signIn = signInFor(credentials, context);
    const within = (deadline) => atlasCalls(surface, {
        ask: (call) => makeCall(call, signIn.caller, deadline, context),
        askAs: (key, call) => makeCall(call, signIn.as(key), deadline, context),
        serviceNow: serviceClock.now,
        mask: context.mask,
    });
    return {
        atlas: within(options.deadline),
        within,
        async close() {
            await signIn.end().catch(() => undefined);
            await connection.close();
        },
    };
}
function signInFor(credentials, context) {
    const cnonce = () => (0,external_node_crypto_.randomBytes)(16).toString('hex');
    if (credentials.kind === 'apiKey') {
        const session = digestSession(credentials, cnonce);
        return { caller: session.signIn, as: (key) => session.as(key).signIn, end: async () => undefined };
    }
    const authorization = basicAuthorization(credentials);
    const basic = (_target, exchange) => exchange(authorization);
    const form = (path, does, body) => {
        return {
            method: 'POST',
            path,
            does,
            body,
            contentType: FORM,
            accept: 'application/json',
            repeat: 'always',
        };
    };
    const session = tokenSession(async (deadline) => {
        const call = form(TOKEN_PATH, 'sign in as the service account', TOKEN_FORM);
        const token = readToken(await makeCall(call, basic, deadline, context));
        if (token === undefined)
            throw explainNonsense(call, `the answer holds no bearer token. ${CHECK_WAY}`);
        context.mask(token);
        return token;
    });
    return {
        caller: session.signIn,
        as: (key) => digestSession(key, cnonce).signIn,
        async end() {
            const token = session.token();
            if (token === undefined)
                return;
            const call = form(REVOKE_PATH, 'revoke the token', revokeForm(token));
            await makeCall(call, basic, startDeadline(REVOKE_LIMIT, context.clock), context);
        },
    };
}
function bound(options) {
    const { clock, pause, tryLimit } = options;
    const masked = new Set();
    return {
        clock,
        pause,
        tryLimit,
        random: () => options.random(),
        mask(secret) {
            if (!masked.has(secret))
                options.mask(secret);
            masked.add(secret);
        },
        debug: (line) => options.debug(line),
    };
}
/** A proxy's password, as it stands in the URL and as it is meant. */
function secretsOfProxy(proxy) {
    if (proxy === undefined)
        return [];
    return [new URL(proxy).password, (0,atlas_proxy/* proxyCredentials */.F)(proxy).password].filter((secret) => secret !== '');
}

// EXTERNAL MODULE: ./lib/publish.js + 10 modules
var publish = __nccwpck_require__(5534);
// EXTERNAL MODULE: ./lib/time.js + 1 modules
var time = __nccwpck_require__(2135);
;// CONCATENATED MODULE: ./lib/session.js
/** The parts of a step that main and post share: a session with Atlas under two deadlines, and what a mode is handed. */





/** Kept of the timeout for undoing, in milliseconds: enough for a look-up and two calls. */
const KEPT_FOR_UNDOING = 10_000;
/** What a cancelled step takes for undoing: the runner sends SIGTERM after 7.5 seconds, and SIGKILL 2.5 later. */
const UNDOING_AFTER_CANCEL = 5_000;
function openSession(wish) {
    const { service, credentials, timeout, signals } = wish;
    // A call that nobody waits for any more must not be repeated, or it keeps the process from ending.
    const ended = new AbortController();
    const until = (...ends) => AbortSignal.any([...ends, ended.signal]);
    const deadline = startDeadline(timeout - Math.min(KEPT_FOR_UNDOING, timeout / 4), time/* clock */.p, until(signals.cancelled));
    const session = openAtlas({
        baseUrl: service.baseUrl,
        surface: service.surface,
        credentials,
        proxy: service.proxy,
        deadline,
        mask: publish/* mask */.dK,
        debug: publish/* log */.Rm.debug,
        clock: time/* clock */.p,
        random: Math.random,
        pause: time/* pause */.v,
    });
    const step = {
        atlas: session.atlas,
        undoing: session.within(startDeadline(timeout, time/* clock */.p, until(signals.abandoned))),
        surface: service.surface,
        run: wish.run,
        nonce: wish.nonce,
        callerPublicKey: credentials.kind === 'apiKey' ? credentials.publicKey : undefined,
        log: publish/* log */.Rm,
        remaining: deadline.remaining,
        isOver: () => deadline.signal.aborted,
        pause: async (milliseconds) => {
            await (0,time/* pause */.v)(milliseconds, deadline.signal);
            if (deadline.signal.aborted)
                throw endOf(deadline.signal);
        },
        journal: wish.journal,
        deliver: async (delivery) => {
            await wish.store?.(delivery.key);
            (0,publish/* deliverOutputs */.e)(delivery);
        },
        recall: publish/* recallOutputs */.u3,
    };
    return {
        step,
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
        ? new errors/* AtlasError */.qL('The time for all calls of this step (timeout) is used up, and it still waited: for Atlas to know the new key, or ' +
            'for another run to finish its own. Run the job again, or give a longer timeout.', {
            kind: 'timeout',
        })
        : new errors/* AtlasError */.qL('The run was cancelled.', { kind: 'cancelled' });
}


/***/ }),

/***/ 8847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ renderSummary),
/* harmony export */   fb: () => (/* binding */ tellPlan)
/* harmony export */ });
/* unused harmony exports renderCommit, formatAge */
/* harmony import */ var _keys_key_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2375);
/* harmony import */ var _keys_mark_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3043);
/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */


const HEADLINES = {
    created: 'Created a project API key',
    assigned: 'Assigned an API key to the project',
    updated: 'Updated an API key',
    unchanged: 'The API key is as declared',
    rotated: 'Rotated the project API key',
    revoked: 'Revoked API keys',
    swept: 'Swept left-over API keys',
    planned: 'Dry run: nothing was changed',
};
/** More lines than this make nobody wiser; the log has them all. */
const ROWS_SHOWN = 50;
/** What a step did. `now` is by the service's clock, in milliseconds since 1970. */
function renderSummary(outcome, now) {
    const parts = [
        `### ${HEADLINES[outcome.result]}`,
        renderFacts(outcome, now),
        renderPlan(outcome),
        outcome.facts !== undefined && outcome.family.length > 0 ? 'Every key of this description:' : '',
        renderFamily(outcome.family, now),
        outcome.problem === undefined ? '' : `> [!WARNING]\n> ${escaped(outcome.problem)}`,
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
/** What post adds after it made a rotation final. */
function renderCommit(family, now) {
    return `### The rotation is final\n\n${renderFamily(family, now)}\n`;
}
function renderFacts({ facts, expiresAt, result }, now) {
    if (facts === undefined)
        return '';
    const head = ['Description', code(facts.desc)];
    const rows = [
        ['Key', code(facts.key.id)],
        ['Public key', code(facts.key.publicKey)],
        ['Roles', facts.roles.map(code).join(' ')],
        [facts.groupIds.length === 1 ? 'Project' : 'Projects', facts.groupIds.map(code).join(' ')],
        ['Age', result === 'created' || result === 'rotated' ? 'new' : formatAge(now - (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_1__/* .createdAt */ .CT)(facts.key.id))],
    ];
    if (expiresAt !== undefined) {
        rows.push(['Lives until', `the end of this job; counts as left over from ${(0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_0__/* .isoSeconds */ .nE)(expiresAt)}`]);
    }
    return table(head, rows);
}
function renderPlan({ result, plan }) {
    if (result !== 'planned')
        return '';
    if (plan.length === 0)
        return 'Nothing would be changed.';
    return ['This would be done:', '', ...plan.slice(0, ROWS_SHOWN).map(planLine), ...more(plan)].join('\n');
}
/** The plan as lines of the log. */
function tellPlan({ result, plan }) {
    if (result !== 'planned')
        return [];
    if (plan.length === 0)
        return ['Dry run: nothing would be changed.'];
    return plan.map(({ action, key, what }) => {
        return `Dry run, would ${action}${key === undefined ? '' : ` key ${key.id} (${key.publicKey})`}: ${what}`;
    });
}
function planLine({ action, key, what }) {
    const name = key === undefined ? '' : ` ${code(key.id)} (${code(key.publicKey)})`;
    return `- **${action}**${name}: ${escaped(what)}`;
}
function renderFamily(family, now) {
    if (family.length === 0)
        return '';
    const shown = family.slice(0, ROWS_SHOWN);
    const rows = shown.map((row) => [
        code(row.apiUserId),
        code(row.publicKey),
        formatAge(now - (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_1__/* .createdAt */ .CT)(row.apiUserId)),
        row.state,
    ]);
    return [
        table(['Key', 'Public key', 'Age', 'State'], rows),
        ...more(family),
        '',
        renderLives(shown, now),
    ].join('\n');
}
const STATES_IN_ORDER = [
    'current',
    'undecided',
    'pending',
    'ephemeral',
    'previous',
    'retired',
];
const LOOKS = { current: 'active, ', retired: 'done, ' };
/**
 * When each key lived, as a Mermaid gantt with a section a state. Its syntax takes no escapes, so only public keys
 * and states go in.
 */
function renderLives(family, now) {
    const births = family.map(({ apiUserId }) => (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_1__/* .createdAt */ .CT)(apiUserId));
    const span = Math.max(now - Math.min(...births), 10_000);
    const bar = ({ apiUserId, publicKey, state }) => {
        // The youngest key would be thinner than a line beside one of months.
        const from = Math.min((0,_keys_key_js__WEBPACK_IMPORTED_MODULE_1__/* .createdAt */ .CT)(apiUserId), now - span / 100);
        const name = publicKey.replace(/\W/g, '');
        return `    ${name} :${LOOKS[state] ?? ''}${ganttTime(from)}, ${ganttTime(now)}`;
    };
    const sections = STATES_IN_ORDER.flatMap((state) => {
        const rows = family.filter((row) => row.state === state);
        return rows.length === 0 ? [] : [`    section ${state}`, ...rows.map(bar)];
    });
    return [
        '```mermaid',
        'gantt',
        '    title When each key lived (UTC)',
        '    dateFormat YYYY-MM-DD HH:mm:ss',
        `    axisFormat ${axisFormat(span)}`,
        '    todayMarker off',
        ...sections,
        '```',
    ].join('\n');
}
/** About ten ticks share the axis, so each says only what tells it from the next. */
function axisFormat(span) {
    const hour = 3_600_000;
    if (span < hour / 6)
        return '%H:%M:%S';
    if (span < 24 * hour)
        return '%H:%M';
    if (span < 5 * 24 * hour)
        return '%a %H:%M';
    return span < 300 * 24 * hour ? '%d %b' : '%b %Y';
}
function ganttTime(milliseconds) {
    return (0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_0__/* .isoSeconds */ .nE)(milliseconds).slice(0, 19).replace('T', ' ');
}
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}
function more(items) {
    return items.length > ROWS_SHOWN ? [`\nand ${items.length - ROWS_SHOWN} more`] : [];
}
/** `3 d 4 h`, `12 min`, `5 s`. */
function formatAge(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit));
    if (days > 0)
        return `${days} d ${hours % 24} h`;
    if (hours > 0)
        return `${hours} h ${minutes % 60} min`;
    return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}
function code(text) {
    return `<code>${escaped(text)}</code>`;
}
/** Text that is text wherever it stands in Markdown or HTML: whatever could be syntax becomes a reference. */
function escaped(text) {
    return text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/[&<>"'|\\`*_[\](){}#~!:@^$+=-]/g, (character) => `&#${character.codePointAt(0)};`);
}


/***/ }),

/***/ 2135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ clock),
  v: () => (/* binding */ pause)
});

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./lib/time.js
/** The machine's clock and timers, for the two entry points. */

const clock = { now: () => performance.now(), wall: () => Date.now() };
/** Resolves early when the signal aborts; its timer does not keep the process alive beyond that. */
const pause = async (milliseconds, signal) => {
    await (0,promises_namespaceObject.setTimeout)(milliseconds, undefined, { signal }).catch(() => undefined);
};


/***/ }),

/***/ 5237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ trustOf)
/* harmony export */ });
/* unused harmony export differencesOfTrust */
/** The variables that are set; the same record in main and in post means the same trust. */
function trustOf(environment) {
    // SSL_CERT_* count for Node only with the system's authorities, and tools of all kinds set them.
    const system = environment.NODE_USE_SYSTEM_CA
        ? ['NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
        : [];
    const names = ['NODE_EXTRA_CA_CERTS', ...system];
    return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
/** The variables in which two environments differ. */
function differencesOfTrust(before, now) {
    return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]);
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
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
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
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
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
