import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

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

/***/ 5901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   L0: () => (/* binding */ cleaned),
/* harmony export */   Zy: () => (/* binding */ isTokenLimit),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   ni: () => (/* binding */ readRefusal),
/* harmony export */   nu: () => (/* binding */ errorCodeIn),
/* harmony export */   ow: () => (/* binding */ isRefusalOfKnownCaller)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9030);


/** Reads an answer's error body: `{error, errorCode, detail, reason, parameters}`, or whatever else came. */
function readRefusal(answer) {
    const body = parseObject(answer.text);
    const nothing = { errorCode: undefined, detail: undefined, address: undefined, refilledAfter: undefined };
    if (body === undefined) {
        return { status: answer.status, ...nothing, body: answer.text.trim() === '' ? 'empty' : 'other' };
    }
    const sentence = body.detail ?? body.error_description;
    const told = typeof sentence === 'string' ? (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSecrets */ .c)(sentence, answer.text) : '';
    const detail = told.trim() === '' ? undefined : cleaned(told);
    const parameters = Array.isArray(body.parameters) ? body.parameters : [];
    const words = [...parameters, detail].filter((word) => typeof word === 'string').slice(0, 20);
    const errorCode = errorCodeIn(body) ?? oauthErrorIn(body);
    return {
        status: answer.status,
        errorCode: errorCode === (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutSecrets */ .c)(errorCode ?? '', answer.text) ? errorCode : undefined,
        detail,
        address: words
            .flatMap((text) => text.slice(0, 1000).split(/[\s,;()[\]"']/))
            .map(bareAddress)
            .find((word) => (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(word) > 0),
        refilledAfter: errorCode === 'RATE_LIMITED_TOKEN_BUCKET' ? secondsOfBucket(parameters) : undefined,
        body: 'json',
    };
}
/** `["api/atlas/v2/orgs",55,10,5,60]`: 55 seconds. https://www.mongodb.com/docs/atlas/api/api-rate-limit/ */
function secondsOfBucket([, seconds]) {
    return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined;
}
/** Whether a 401 says "I know you, but no", and signing in again would only repeat it. */
function isRefusalOfKnownCaller(answer) {
    return kindOf(readRefusal(answer)) !== 'credentials';
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
    [
        /^(?:INVALID_ENUM_VALUE|UNSUPPORTED_ROLE|INVALID_ROLE_FOR_GROUP|CANNOT_ADD_(?:ORG|GROUP|GLOBAL)_ROLE|MISSING_API_KEY_ROLES)$/,
        'badRequest',
    ],
    [/^(?:INVALID_API_KEY_DESC|API_KEY_REQUIRES_DESCRIPTION)$/, 'badRequest'],
    [/^(?:DUPLICATE_ADDRESSES_IN_INPUT|CANNOT_ADD_IP_ADDRESS_TO_API_KEY_ACCESS_LIST)$/, 'badRequest'],
    [/^(?:INVALID_JSON|MALFORMED_JSON|VALIDATION_ERROR|PATH_PARAM_PARSE_ERROR)$/, 'badRequest'],
    [/^RATE_LIMITED(?:_TOKEN_BUCKET)?$/, 'rateLimited'],
    [/^(?:WRITES_NOT_ALLOWED_DURING_APP_UPGRADES|DATA_CONCURRENCY_ERROR)$/, 'unavailable'],
];
/** What a refusal means to the caller: by its `errorCode`, and only where that is unknown by its status. */
function kindOf(refusal) {
    const { status, errorCode, body } = refusal;
    if (isTokenLimit(refusal))
        return 'rateLimited';
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
/** Whether as many tokens of the service account are alive as may be. It has no code of its own. */
function isTokenLimit({ errorCode, detail }) {
    return errorCode === 'ACCESS_DENIED' && /\btoken limit\b/i.test(detail ?? '');
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
    try {
        const value = JSON.parse(text);
        return isObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
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
    errorCode;
    constructor(message, details) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.kind = details.kind;
        this.call = details.call;
        this.errorCode = details.errorCode;
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

/***/ 9030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ secretsIn),
/* harmony export */   c: () => (/* binding */ withoutSecrets)
/* harmony export */ });
/** A create's answer holds one secret, a token's one, and what a refusal repeats of it; more is an attack on the log. */
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
    const secrets = allSecretsIn(answer, true);
    if (secrets.length > MOST_SECRETS)
        return '***';
    return secrets
        .flatMap((secret) => [secret, secret.toLowerCase()])
        .reduce((text, secret) => text.replaceAll(secret, '***'), piece)
        .replace(SHAPES, '***');
}
function allSecretsIn(text, created) {
    const found = new Set();
    if (created) {
        for (const [name, value] of textsIn(parsed(text))) {
            if (NAMES.includes(name))
                found.add(value);
            for (const [shaped] of value.matchAll(SHAPES))
                found.add(shaped);
        }
    }
    for (const [, written = ''] of text.matchAll(NAMED)) {
        found.add(written);
        found.add(String(parsed(`"${written}"`) ?? written));
    }
    if (created)
        for (const [shaped] of text.matchAll(SHAPES))
            found.add(shaped);
    return [...found].filter(isSecret);
}
/** The texts in parsed JSON with their names, the outermost first. */
function textsIn(root) {
    const texts = [];
    const queue = [['', root]];
    // The queue grows while it is gone through.
    for (const [name, value] of queue) {
        if (typeof value === 'string')
            texts.push([name, value]);
        else if (typeof value === 'object' && value !== null)
            queue.push(...Object.entries(value).slice(0, MOST_VALUES - queue.length));
    }
    return texts;
}
/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
function isSecret(value) {
    return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}
function parsed(json) {
    try {
        return JSON.parse(json);
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
/* harmony export */   zq: () => (/* binding */ readAddress)
/* harmony export */ });
/* unused harmony export isRoleName */
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5901);


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
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { id, publicKey, desc } = value;
    const roles = readRoles(value.roles);
    if (!isId(id) || !isHalfOfKey(publicKey) || typeof desc !== 'string' || roles === undefined)
        return undefined;
    return { id, publicKey, desc, roles, privateKeyTail: tailOf(value.privateKey) };
}
/**
 * A key in the answer that made it, with its secret; undefined also when the secret is redacted, or stands once more in
 * a field that is printed.
 */
function readNewKey(value) {
    const key = readKey(value);
    if (key === undefined || !(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { privateKey } = value;
    if (!isHalfOfKey(privateKey) || privateKey.length < 16 || privateKey.includes('*'))
        return undefined;
    if (JSON.stringify(key).includes(privateKey))
        return undefined;
    return { ...key, privateKey };
}
/** The organisation that a project belongs to. */
function readProject(value) {
    return (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) && isId(value.orgId) ? { orgId: value.orgId } : undefined;
}
/** The roles of the signed-in key of `GET /api/{surface}`; `'none'` for a service account, and where the surface tells none. */
function readCaller(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const key = value.apiKey;
    if (key === undefined || key === null)
        return 'none';
    const roles = (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(key) ? readRoles(key.roles) : undefined;
    return roles === undefined ? undefined : { roles };
}
/** The address of `GET /api/private/ipinfo`. */
function readAddress(value) {
    const address = (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value.currentIpv4Address : undefined;
    return typeof address === 'string' && (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(address) ? address : undefined;
}
/** One page of keys. */
function readKeyPage(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !Array.isArray(value.results))
        return undefined;
    const results = value.results.map(readListedKey).filter((key) => key !== undefined);
    if (results.length !== value.results.length)
        return undefined;
    const { totalCount } = value;
    return { results, totalCount: Number.isSafeInteger(totalCount) ? Number(totalCount) : undefined };
}
/** The API promises neither description nor roles, and somebody else's key without must not spoil the list. */
function readListedKey(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
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
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { roleName, groupId = null, orgId = null } = value;
    if (!isRoleName(roleName))
        return undefined;
    if ((groupId !== null && !isId(groupId)) || (orgId !== null && !isId(orgId)))
        return undefined;
    return { roleName, ...(groupId === null ? {} : { groupId }), ...(orgId === null ? {} : { orgId }) };
}
function isRoleName(value) {
    return typeof value === 'string' && ROLE.test(value);
}
function isHalfOfKey(value) {
    return typeof value === 'string' && HALF_OF_KEY.test(value);
}
/** `********-****-****-01bdd56c8977` → `01bdd56c8977`. */
function tailOf(privateKey) {
    const tail = typeof privateKey === 'string' ? /\*[*-]*([0-9A-Za-z]{1,12})$/.exec(privateKey)?.[1] : undefined;
    return tail ?? '';
}
const CLIENT_ID = /^mdb_sa_id_[0-9a-fA-F]{24}$/;
/** What a header and an output can carry. */
const SECRET = /^[A-Za-z0-9._~+/-]{16,512}$/;
function isClientId(value) {
    return typeof value === 'string' && CLIENT_ID.test(value);
}
function readAccount(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !isClientId(value.clientId))
        return undefined;
    const { clientId, name = '', description = '', roles = [], secrets = [] } = value;
    if (typeof name !== 'string' || typeof description !== 'string')
        return undefined;
    if (!Array.isArray(roles) || !roles.every(isRoleName))
        return undefined;
    const read = Array.isArray(secrets) ? secrets.map(readSecret) : [undefined];
    const known = read.filter((secret) => secret !== undefined);
    return known.length === read.length ? { clientId, name, description, roles, secrets: known } : undefined;
}
function readNewAccount(value) {
    const account = readAccount(value);
    if (account === undefined || !(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !Array.isArray(value.secrets))
        return undefined;
    const secret = readNewSecret(value.secrets[0]);
    return secret === undefined ? undefined : { ...account, secret };
}
function readNewSecret(value) {
    const known = readSecret(value);
    if (known === undefined || !(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { secret } = value;
    return typeof secret === 'string' && SECRET.test(secret) ? { ...known, secret } : undefined;
}
function readEntry(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { ipAddress, cidrBlock } = value;
    const usedAt = Math.max(readTime(value.createdAt) ?? 0, readTime(value.lastUsedAt) ?? 0);
    if (typeof ipAddress === 'string')
        return { ipAddress, usedAt };
    return typeof cidrBlock === 'string' ? { cidrBlock, usedAt } : undefined;
}
/** The id of a project among those that an account is in. */
function readProjectId(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    return [value.groupId, value.id].find(isId);
}
/** The organisation's settings, as far as they concern secrets. */
function readLongestSecret(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return undefined;
    const { maxServiceAccountSecretValidityInHours: hours } = value;
    return { hours: typeof hours === 'number' && hours > 0 ? hours : undefined };
}
function readSecret(value) {
    if (!(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !isId(value.id))
        return undefined;
    const [createdAt, expiresAt] = [readTime(value.createdAt), readTime(value.expiresAt)];
    if (createdAt === undefined || expiresAt === undefined)
        return undefined;
    const { maskedSecretValue: masked = '' } = value;
    const tail = typeof masked === 'string' ? /\.\.\.([\w-]{4,})$/.exec(masked)?.[1] : undefined;
    return { id: value.id, createdAt, expiresAt, ...(tail !== undefined && { tail }) };
}
function readTime(value) {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
}


/***/ }),

/***/ 4090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  M: () => (/* binding */ businessOf)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./lib/keys/mark.js
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
function mark_beginsLikeMark(rest) {
    return rest.trimStart().startsWith('[atlas-key/');
}
/** The description of a marked key: the human text, cut first, then the mark. */
function mark_describeMarked(desc, mark) {
    const until = mark.until === undefined ? '' : ` ${isoSeconds(mark.until)}`;
    const suffix = ` [atlas-key/1 ${mark.state} ${mark.repository} ${mark.runId}.${mark.attempt} ` +
        `${mark.nonce} ${digestOf(desc)}${until}]`;
    return cut(desc, DESC_LIMIT - suffix.length) + suffix;
}
/** Reads a description strictly; `undefined` for everything that we did not write. */
function mark_readMark(description) {
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
/** Whether a marked description was made for exactly this human text. */
function isMarkedAs(marked, desc) {
    return marked.digest === digestOf(desc) && desc.startsWith(marked.text);
}
/** Whole seconds, since neither `Date` headers nor key ids know finer ones: `2026-11-23T12:00:00Z`. */
function isoSeconds(milliseconds) {
    return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
function digestOf(desc) {
    return (0,external_node_crypto_.createHash)('sha256').update(desc).digest('hex').slice(0, 8);
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

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __nccwpck_require__(7168);
;// CONCATENATED MODULE: ./lib/accounts/account.js
/** Two secrets an account; an expired one keeps its place until it is deleted. */
const PLACES = 2;
const HOUR = 3_600_000;
/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const LONGEST_JOB = 5 * 24 * HOUR;
const ID = '[0-9a-f]{24}';
const NOTE = new RegExp('^atlas-account-1(?<leased> leased)?' +
    String.raw `(?: pending (?<nonce>[0-9a-f]{16}) (?<until>\d{1,12}))?` +
    `(?: current (?<current>${ID}))?(?: previous (?<previous>${ID}))?` +
    `(?: next (?<next>${ID}) (?<state>open|stored|failed|kept))?$`);
/** Reads a description strictly; `undefined` for everything that we did not write. */
function readNote(description) {
    const groups = NOTE.exec(description)?.groups;
    if (groups === undefined)
        return undefined;
    const { leased, nonce, until, current, previous, next, state } = groups;
    return {
        ...(leased !== undefined && { isLeased: true }),
        ...(nonce !== undefined && { pending: { nonce, until: Number(until) * 1000 } }),
        ...(current !== undefined && { current }),
        ...(previous !== undefined && { previous }),
        ...(next !== undefined && { next: { id: next, state: state } }),
    };
}
function describe({ isLeased, pending, current, previous, next }) {
    return [
        'atlas-account-1',
        ...(isLeased ? ['leased'] : []),
        ...(pending === undefined ? [] : [`pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`]),
        ...(current === undefined ? [] : [`current ${current}`]),
        ...(previous === undefined ? [] : [`previous ${previous}`]),
        ...(next === undefined ? [] : [`next ${next.id} ${next.state}`]),
    ].join(' ');
}
/** The account as the project lists it now; `undefined` where it does not. */
async function accountIn({ accounts }, { groupId, clientId }) {
    return (await accounts.list(groupId)).find((listed) => listed.clientId === clientId);
}
/**
 * The accounts of exactly this name, oldest first; never the one that the step signs in as. Leased ones are apart: a new
 * secret brings the end of the others on its account nearer, so a lease must not stand beside a secret that is to last.
 */
function familyOf(name, accounts, caller) {
    return accounts
        .filter((account) => account.name === name && account.clientId !== caller)
        .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}
/** Those that runs lease: made for it, or by a person and without a secret that works. */
function leasable(family, serviceNow) {
    return family.filter((account) => {
        const note = readNote(account.description);
        return note === undefined ? secretsOf(account, serviceNow).alive.length === 0 : note.isLeased === true;
    });
}
/** Those that are to last. */
function lasting(family) {
    return family.filter(({ description }) => readNote(description)?.isLeased !== true);
}
/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
function secretsOf({ secrets }, serviceNow) {
    return {
        alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
        expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
    };
}
/**
 * What each living secret is. One that `known` ends like is current, since its user is this job. Without a note the oldest
 * is: of two the newer one may be what a lost run made, and nobody holds it. One that a rotation stored and whose job did
 * not succeed is current all the same: whoever reads the store holds it. No job is older than `LONGEST_JOB`, so a longer
 * wait decides as its failure would. What no note names is somebody else's.
 */
function standingOf(account, serviceNow, known) {
    const { alive } = secretsOf(account, serviceNow);
    const note = readNote(account.description) ?? {};
    const next = alive.find(({ id }) => id === note.next?.id);
    const isOver = next !== undefined && serviceNow - next.createdAt > LONGEST_JOB;
    const state = next === undefined ? undefined : note.next?.state;
    const isOpen = !isOver && (state === 'open' || state === 'stored');
    const isKept = state === 'kept' || (isOver && state === 'stored');
    const named = alive.find(({ id }) => id === note.current);
    const unnamed = note.current === undefined ? alive.findLast((secret) => secret !== next) : undefined;
    const held = alive.find((secret) => secret.tail !== undefined && known?.endsWith(secret.tail) && !(secret === next && isOpen));
    const current = held ?? (isKept ? next : (named ?? unnamed));
    const ours = [note.current, note.previous, note.next?.id];
    const others = alive.filter((secret) => secret !== current);
    const isSpare = (secret) => ours.includes(secret.id) && !(secret === next && isOpen);
    return {
        current,
        spare: others.filter(isSpare),
        taken: others.filter((secret) => !isSpare(secret)),
    };
}
/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left, right) {
    return right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1);
}

;// CONCATENATED MODULE: ./lib/accounts/revoke.js
/** revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. */




async function revokeAccounts(step, { groupIds, desc }) {
    const [groupId] = groupIds;
    const [listed, { orgId }] = await Promise.all([
        step.atlas.accounts.list(groupId),
        step.atlas.readProject(groupId),
    ]);
    const family = listed.filter(({ name }) => name === desc);
    if (family.length === 0)
        step.log.info('There is no such service account any more.');
    const left = [];
    let changed = false;
    for (const account of family) {
        try {
            const why = await outsideAccountRemit(step, account, { groupId, orgId });
            if (why === undefined) {
                await withdrawAccount(step, { groupId, orgId }, account);
                changed = true;
            }
            else {
                step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
                left.push(`${account.clientId}: ${why}`);
            }
        }
        catch (error) {
            left.push(`${account.clientId}: ${messageOf(error)}`);
        }
    }
    return outcome({
        result: 'revoked',
        changed,
        ...(left.length > 0 && { problem: `Not every service account could be revoked. ${left.join('; ')}` }),
    });
}
/**
 * Ends every secret of the account, then the account. Without the right to that in the organisation it is taken out of the
 * project, empty. Throws `AtlasError` where a secret may still work.
 */
async function withdrawAccount(step, { groupId, orgId }, { clientId, secrets }) {
    const { accounts } = step.undoing;
    const end = (doomed) => Promise.all(doomed.map(({ id }) => accounts.deleteSecret(groupId, clientId, id)));
    await end(secrets);
    try {
        await accounts.delete(orgId, clientId);
        step.log.info(`Deleted service account ${clientId}.`);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        // Out of the project nobody here could end a secret that another run has made meanwhile.
        const account = await accountIn(step.undoing, { groupId, clientId });
        await end(account?.secrets ?? []);
        await accounts.unassign(groupId, clientId);
        step.log.info(`Deleted every secret of service account ${clientId} and took it out of the project. It stays in the organisation, empty, ` +
            'and counts towards its limit of 200: deleting it needs Organization Owner.');
    }
}
/** Ends a secret that this run made; an account that was made with it goes, too. */
async function takeBack(step, lease) {
    const { groupId, clientId, secretId, isNewAccount } = lease;
    if (isNewAccount)
        return withdrawAccount(step, lease, { clientId, secrets: [{ id: secretId }] });
    const deletion = await step.undoing.accounts.deleteSecret(groupId, clientId, secretId);
    step.log.info(deletion === 'deleted'
        ? `Deleted secret ${secretId} of service account ${clientId}.`
        : `Secret ${secretId} of service account ${clientId} was gone already.`);
}

;// CONCATENATED MODULE: ./lib/accounts/settle.js
/** What post does about the secret that main made, from the journal alone. May be run again at any point. */





/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
function unfinishedLease({ phase, ...lease }, jobStatus) {
    const { purpose } = lease;
    if (phase === 'made' || purpose.mode === 'ephemeral')
        return { task: 'deleteSecret', lease };
    if (purpose.mode === 'ensure')
        return { task: 'finishAccount', lease };
    const isFinal = phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step');
    return { task: isFinal ? 'commitSecret' : 'leaveSecret', lease: { ...lease, purpose } };
}
/** The unfinished business as a sentence, for the person who has to do it by hand. */
function tellUnfinishedLease({ task, lease }) {
    const { clientId, secretId, expiresAt } = lease;
    const name = `Secret ${secretId} of service account ${clientId}`;
    const former = lease.former === undefined
        ? ''
        : ` Atlas ends the former secret by ${isoSeconds(lease.former.expiresAt)}: run the job again before.`;
    switch (task) {
        case 'deleteSecret':
            return `${name} is still alive. Atlas ends it on ${isoSeconds(expiresAt)}; delete it to end it now.`;
        case 'finishAccount':
            return `${name} was handed out, and the account's description still says that it is being made. Run the job again.`;
        case 'commitSecret':
            return `The rotation to secret ${secretId} of service account ${clientId} is not final.${former}`;
        case 'leaveSecret':
            return `${name} stays alive beside the former one, because the job did not succeed.${former}`;
    }
}
/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
async function settleLease(step, unfinished) {
    const { lease } = unfinished;
    switch (unfinished.task) {
        case 'deleteSecret':
            await takeBack(step, lease);
            return {};
        case 'finishAccount':
            return finishAccount(step, lease);
        case 'commitSecret':
            await commitLease(step, unfinished.lease);
            return { commit: { outcome: 'committed', retired: [], family: [] } };
        case 'leaveSecret':
            return giveUp(step, unfinished);
    }
}
/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
async function commitLease(step, lease) {
    const { groupId, clientId, secretId, former, purpose } = lease;
    const { accounts } = step.atlas;
    const account = await accountIn(step.atlas, lease);
    if (!account?.secrets.some(({ id }) => id === secretId)) {
        throw new keys_step/* KeyError */.eN(`Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
            'again for a new one.');
    }
    const note = readNote(account.description);
    // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
    if (note?.current === undefined || note.next?.id === secretId) {
        // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
        const description = describe({ current: secretId, ...(former && { previous: former.id }) });
        await accounts.update(groupId, clientId, { description });
        step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
    }
    if (purpose.keepPrevious === 1 || former === undefined)
        return;
    await accounts.deleteSecret(groupId, clientId, former.id);
    step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}
/** An account that is not pending any more may have been rotated since. */
async function finishAccount(step, lease) {
    const { groupId, clientId } = lease;
    const account = await accountIn(step.atlas, lease);
    if (readNote(account?.description ?? '')?.pending !== undefined) {
        await step.atlas.accounts.update(groupId, clientId, { description: describe({}) });
    }
    return {};
}
/** The job did not succeed. Says so in the description, so that the next rotation knows which secret may go. */
async function giveUp(step, unfinished) {
    const { lease } = unfinished;
    const { groupId, clientId, secretId } = lease;
    const account = await accountIn(step.atlas, lease);
    const note = readNote(account?.description ?? '') ?? {};
    if (note.next?.id === secretId) {
        const state = note.next.state === 'stored' ? 'kept' : 'failed';
        const description = describe({ ...note, next: { id: secretId, state } });
        await step.atlas.accounts.update(groupId, clientId, { description });
    }
    return { problem: tellUnfinishedLease(unfinished) };
}
/** Whether post may only warn about this failure: the user said so, and Atlas ends the secret by itself. */
function mayWarnOfLease({ task, lease: { purpose } }, error) {
    if (task === 'deleteSecret')
        return purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn';
    return task === 'finishAccount' || (0,errors/* isAtlasError */.yH)(error, 'gone');
}

// EXTERNAL MODULE: ./lib/keys/key.js
var key = __nccwpck_require__(2375);
;// CONCATENATED MODULE: ./lib/keys/family.js


/** The longest `timeout`, and what may pass until the last call of its step arrives, in milliseconds. */
const LONGEST_MAKING = (/* unused pure expression or super */ null && (11 * 60_000));
/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function family_familyOf(desc, keys) {
    return keys
        .flatMap((key) => memberOf(desc, key) ?? [])
        .sort((left, right) => (0,key/* newestFirst */.ll)(left.key, right.key));
}
/** The family `desc` as the project lists it now. */
async function readFamily(atlas, groupId, desc) {
    return family_familyOf(desc, await atlas.listProjectKeys(groupId));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { state: 'current', key };
    const marked = mark_readMark(key.desc);
    if (marked === undefined || !isMarkedAs(marked, desc))
        return undefined;
    return { state: marked.mark.state, key, mark: marked.mark };
}
/**
 * Whether a key counts as one of the family when the whole family is to go: also where something follows the text that
 * is no mark of ours and only looks like one, so that nobody can hide a key behind it.
 */
function passesForMember(desc, key) {
    if (memberOf(desc, key) !== undefined)
        return true;
    return key.desc.startsWith(desc) && beginsLikeMark(key.desc.slice(desc.length));
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
    return membersIn(family, 'undecided').find((member) => member.mark?.nonce === former.mark?.nonce) ?? former;
}
/**
 * Keys whose makers may still be at work, by the service's clock: pending ones, and undecided ones that are being
 * stored. No maker works longer than `LONGEST_MAKING`: a mark that claims more is not waited for.
 */
function inTheMaking(family, serviceNow) {
    return family.filter(({ key, mark }) => {
        if (mark?.until === undefined || mark.state === 'ephemeral')
            return false;
        return serviceNow <= mark.until && mark.until <= createdAt(key.id) + LONGEST_MAKING;
    });
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}
/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/**
 * Who of several makers at once has the key. Each lists after its own create, so of two makers at least one sees the
 * other; whoever sees a current key, or a pending one with a smaller id, gives up, and whoever sees only larger ones waits
 * until they have given up or one of them is current. docs/lifecycle.md has the proof. `makers` are the ids of all who are
 * at work, that of this one (`mine`) among them.
 */
function electionOf(isMade, makers, mine) {
    if (isMade || makers.some((id) => id < mine))
        return 'lost';
    return makers.length === 1 && makers[0] === mine ? 'won' : 'undecided';
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, { groupIds, desc, apiUserId }) {
    for (let family = first;;) {
        const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ key }) => key.id);
        const election = electionOf(actingCurrent(family) !== undefined, makers, apiUserId);
        if (election !== 'undecided')
            return election === 'won';
        await step.pause(LOOK_AGAIN);
        family = await readFamily(step.atlas, groupIds[0], desc);
    }
}

;// CONCATENATED MODULE: ./lib/keys/remit.js
/**
 * What a step may touch. A mark proves nothing about its author: whoever may rename a key of the project can write one on
 * any key that is in it, and the step signs in with more power than such a person has. So what a key is decides, and not
 * what is written on it. Every deletion, rename, unassignment and change of roles of a key that the step did not make
 * itself asks here first; docs/lifecycle.md has the argument.
 */

/** Why a key is left alone, as the end of a sentence; `undefined` where it may be touched. `key` with all its roles. */
function outsideRemit(key, claim, { caller, groupIds }) {
    if (key.publicKey === caller)
        return 'it is the key that this step signs in with';
    const beyond = key.roles.find(({ groupId, roleName }) => groupId === undefined && roleName !== 'ORG_MEMBER');
    if (beyond !== undefined)
        return `it has the organisation role ${beyond.roleName}`;
    const projects = key.roles.flatMap(({ groupId }) => groupId ?? []);
    const other = projects.find((groupId) => !groupIds.includes(groupId));
    if (other !== undefined)
        return `it has roles in project ${other}, too, which this step does not name`;
    if (projects.length === 0 && claim === 'member')
        return 'it is in no project any more';
    return undefined;
}
/**
 * The key as its organisation shows it now, where this step may touch it; else why not. A project's list need not show
 * the roles in other projects, so the key is read in the organisation. Throws `AtlasError`, of kind `gone` where the key
 * is not there any more.
 */
async function judge({ caller, atlas }, key, claim, { orgId, groupIds, whole: seen }) {
    const shown = outsideRemit(key, 'named', { caller, groupIds });
    if (shown !== undefined)
        return { why: shown };
    try {
        const whole = seen?.get(key.id) ?? (await atlas.readOrganizationKey(orgId, key.id));
        const why = outsideRemit(whole, claim, { caller, groupIds });
        return why === undefined ? { key: whole } : { why };
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        return { why: 'this step may not read it in the organisation, which shows its roles in other projects' };
    }
}
/** The same for a member of the family that is otherwise left alone: `undefined` then, and the reason is told. */
async function remit_lookAt(step, key, place) {
    const verdict = await judge(step, key, 'member', place);
    if ('key' in verdict)
        return verdict.key;
    step.leave(key, verdict.why);
    return undefined;
}

;// CONCATENATED MODULE: ./lib/keys/current.js
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Gives the key that this step made the plain text, then looks whether others did the same at the same moment. */
async function becomeCurrent(step, home, apiUserId) {
    await givePlainText(step, home, apiUserId);
    return demoteOlder(step, home);
}
/** To be followed by `demoteOlder`. */
async function givePlainText(step, home, apiUserId) {
    await current_describe(step, home, apiUserId, home.desc);
}
/**
 * Should two keys be plain, all but the newest become previous, which everyone computes alike. To be done by everyone
 * after a rename to the plain text: whoever looks last sees all. Returns the family.
 */
async function demoteOlder(step, home) {
    const family = await readFamily(step.atlas, home.groupIds[0], home.desc);
    const newest = newestCurrent(step, home, family);
    const others = membersIn(family, 'current').filter((member) => member !== newest);
    await Promise.all(others.map((member) => demote(step, home, member)));
    return family;
}
/** The newest plain key that the list does not show out of the remit: what somebody else renamed decides nothing here. */
function newestCurrent({ caller }, { groupIds }, family) {
    return membersIn(family, 'current').find(({ key }) => outsideRemit(key, 'member', { caller, groupIds }) === undefined);
}
/**
 * Gives the plain text to the key that stands in for a current one, after a commit that was interrupted. Whether it has
 * it now: `false` where it is not this step's to rename.
 */
async function promote(step, home, { key }) {
    if ((await lookAt(step, key, home)) === undefined)
        return false;
    await becomeCurrent(step, home, key.id);
    return true;
}
/**
 * Marks this step's own key as one that somebody may hold, and that is not final; with `until`, that the step is still
 * at work on it or on older ones.
 */
async function markUndecided(step, home, apiUserId, until) {
    const mark = { ...(0,keys_step/* ownMark */.a1)(step), state: 'undecided', ...(until !== undefined && { until }) };
    await current_describe(step, home, apiUserId, mark_describeMarked(home.desc, mark));
}
/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
async function demote(step, home, { key }) {
    try {
        if ((await remit_lookAt(step, key, home)) === undefined)
            return;
        await current_describe(step, home, key.id, mark_describeMarked(home.desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'previous' }));
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
            throw error;
    }
}
async function current_describe(step, { groupIds, orgId }, apiUserId, desc) {
    await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}

;// CONCATENATED MODULE: ./lib/keys/concurrently.js
/**
 * Runs `work` on every item, at most `limit` at once, and returns what each gave, in the items' order. A failure that
 * `work` lets through stops its part of the others: it is a mistake in this code, so `work` catches what may happen.
 */
async function concurrently(items, limit, work) {
    const values = [];
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue)
            values[index] = await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return values;
}

;// CONCATENATED MODULE: ./lib/keys/retire.js
/**
 * How keys die. To retire a key is to delete it from its organisation, the only true revocation. A caller who may not do
 * that marks it as retired and takes it out of its projects: a sweep with an owner's rights finds it by that mark.
 */





/** Deletions at once: well inside the rate limit of an organisation's key endpoints (500, 250 more a minute). */
const AT_ONCE = 8;
/** After how many keys a line tells how far a long list is. */
const PROGRESS_EVERY = 25;
/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
function retire_retireMade(step, made) {
    return retire(step, step.undoing, made);
}
/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit. `why` is the end of a
 * sentence that names the key. One failure is told and does not stop the others.
 */
async function retireFound(step, keys, how) {
    const { place, claim, why, next, atlas = step.atlas } = how;
    const deleted = [];
    const unassigned = [];
    const gone = [];
    const left = [];
    const failed = [];
    let ended = 0;
    await concurrently(keys, AT_ONCE, async (key) => {
        try {
            const fate = await retireOne(step, atlas, key, claim, place);
            if (fate === 'gone') {
                gone.push(key);
                step.log.info(`Key ${(0,keys_step/* nameOf */.Vb)(key)} was gone already.`);
            }
            else if (fate === 'deleted') {
                deleted.push(key);
                step.log.info(`Deleted key ${(0,keys_step/* nameOf */.Vb)(key)}, ${why(key)}.`);
            }
            else if (fate === 'unassigned')
                unassigned.push(key);
            else {
                left.push({ key, ...fate });
                step.leave(key, fate.why);
            }
        }
        catch (error) {
            failed.push({ key, why: (0,errors/* messageOf */.bD)(error) });
            step.log.warning(`Key ${(0,keys_step/* nameOf */.Vb)(key)} could not be deleted; ${next} tries again. ${(0,errors/* messageOf */.bD)(error)}`);
        }
        ended += 1;
        if (ended % PROGRESS_EVERY === 0)
            step.log.info(`${ended} of ${(0,keys_step/* count */.U9)(keys, 'key')} done.`);
    });
    if (unassigned.length > 0)
        step.log.warning(retire_livesOn(unassigned.map(keys_step/* nameOf */.Vb).join(', '), place.orgId));
    const taken = unassigned.filter(({ roles }) => roles.some(({ groupId }) => groupId !== undefined));
    return { deleted, unassigned, gone, left, failed, changed: deleted.length + taken.length > 0 };
}
/** These keys, as the given rounds left them, without those that somebody else had deleted. */
function rowsAfter(keys, rounds) {
    const idsOf = (fate) => new Set(rounds.flatMap((round) => round[fate].map(({ id }) => id)));
    const [deleted, unassigned, gone] = [idsOf('deleted'), idsOf('unassigned'), idsOf('gone')];
    return keys
        .filter(({ id }) => !gone.has(id))
        .map(({ id, publicKey, desc }) => {
        const marked = readMark(desc);
        const state = deleted.has(id) ? 'revoked' : unassigned.has(id) ? 'retired' : marked?.mark.state;
        return {
            apiUserId: id,
            publicKey,
            state: state ?? 'current',
            ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
        };
    });
}
/** The end of a sentence that names the key. */
function whatItWas({ desc }) {
    return `which was ${mark_readMark(desc)?.mark.state ?? 'current'}`;
}
/** Of keys that could only be unassigned: what is left to do, and by whom. */
function retire_livesOn(names, orgId) {
    return (`Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
        'there, or run mode: sweep with that role.');
}
async function retireOne(step, atlas, key, claim, place) {
    try {
        const verdict = await judge({ caller: step.caller, atlas }, key, claim, place);
        if ('why' in verdict)
            return verdict;
        const whole = verdict.key;
        // The post step of its maker may just have made it current.
        if (claim === 'leftOver' && whole.desc !== key.desc)
            return { why: 'its description has just changed' };
        const marked = mark_readMark(whole.desc);
        const groupIds = [...new Set(whole.roles.flatMap(({ groupId }) => groupId ?? []))];
        const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? whole.desc };
        // While it has its plain text, an ensure at the same moment would take it for the key to use.
        if (marked === undefined)
            await markRetired(step, atlas, doomed);
        return await retire(step, atlas, doomed);
    }
    catch (error) {
        if ((0,errors/* isAtlasError */.yH)(error, 'gone'))
            return 'gone';
        throw error;
    }
}
async function retire(step, atlas, doomed) {
    const { apiUserId, orgId, groupIds } = doomed;
    try {
        return await atlas.deleteKey(orgId, apiUserId);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        await markRetired(step, atlas, doomed);
        await Promise.all(groupIds.map((groupId) => atlas.unassignKey(groupId, apiUserId)));
        return 'unassigned';
    }
}
/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(step, atlas, { desc, apiUserId, orgId, groupIds: [groupId] }) {
    if (groupId === undefined)
        return;
    try {
        const retired = mark_describeMarked(desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'retired' });
        await atlas.renameKey({ apiUserId, orgId, groupId }, retired);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone', 'notAllowed', 'badRequest', 'unintelligible'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./lib/keys/commit.js
/** How a rotation becomes final, and which keys go then. */





/**
 * Makes the rotation's key the current one: the former become previous, then it gets the plain text, then those
 * beyond `keepPrevious` are retired. May be run again after it was interrupted. Throws `KeyError` when the key is gone.
 */
async function commitRotation(step, rotation) {
    const { desc, apiUserId, groupIds } = rotation;
    const first = await readFamily(step.atlas, groupIds[0], desc);
    const mine = first.find((member) => member.key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new keys_step/* KeyError */.eN(`Key ${apiUserId} that this rotation made is no longer in use, so it cannot become current. No other key was ` +
            'changed. Somebody revoked it. Run the job again.');
    }
    // What was stored last is the newest; docs/lifecycle.md says why.
    const isSuperseded = (family) => {
        const newest = newestCurrent(step, rotation, family);
        return newest !== undefined && (0,key/* newestFirst */.ll)(newest.key, mine.key) < 0;
    };
    if (isSuperseded(first)) {
        await demote(step, rotation, mine);
        return superseded(await readFamily(step.atlas, groupIds[0], desc));
    }
    const former = membersIn(first, 'current').filter((member) => member !== mine);
    await Promise.all(former.map((member) => demote(step, rotation, member)));
    const last = await becomeCurrent(step, rotation, apiUserId);
    if (isSuperseded(last))
        return superseded(last);
    const retired = await retireMembers(step, rotation, [
        // An earlier try had made it current already. What has become previous since then is left to the next rotation.
        ...(mine.state === 'current' ? [] : supersededToRetire(first, last, rotation)),
        ...abandonedToRetire(first, rotation, step.atlas.serviceNow()),
    ]);
    return { outcome: 'committed', retired: retired.map(({ key }) => key.id), family: rowsOf(last, retired) };
}
function superseded(family) {
    return { outcome: 'superseded', retired: [], family: rowsOf(family, []) };
}
/** Retires these members side by side, each where it lies within the remit. Returns those that went. */
async function retireMembers(step, place, members) {
    const { deleted } = await retireFound(step, members.map(({ key }) => key), { place, claim: 'member', why: whatItWas, next: 'the next rotation' });
    return members.filter(({ key }) => deleted.includes(key));
}
/** The family as a table, newest first, with what this step deleted. */
function rowsOf(family, retired) {
    const gone = new Set(retired.map(({ key }) => key.id));
    const alive = family.filter(({ key }) => !gone.has(key.id));
    return [...alive, ...retired]
        .sort((left, right) => (0,key/* newestFirst */.ll)(left.key, right.key))
        .map(({ key, state }) => ({
        apiUserId: key.id,
        publicKey: key.publicKey,
        state: gone.has(key.id) ? 'revoked' : state,
    }));
}
/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const commit_LONGEST_JOB = 6 * 24 * 3_600_000;
/**
 * Which superseded members a commit retires: all but the one that was current in its first look and then the newest, up
 * to `keepPrevious`. They are counted as the last look shows them. What is current there, or was demoted only since the
 * first, is left to the next rotation: somebody may just have got it.
 */
function supersededToRetire(first, last, { apiUserId, nonce, purpose: { keepPrevious } }) {
    const before = allBut(apiUserId, first);
    const previous = membersIn(before, 'previous');
    // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
    const formerFirst = [
        ...membersIn(before, 'current'),
        ...previous.filter(({ mark }) => mark?.nonce === nonce),
        ...previous,
    ];
    const known = formerFirst.map(({ key }) => key.id);
    const superseded = membersIn(allBut(apiUserId, last), 'current', 'previous');
    const isFormer = ({ key }) => key.id === known[0];
    return [...superseded.filter(isFormer), ...superseded.filter((member) => !isFormer(member))]
        .slice(keepPrevious)
        .filter(({ key, state }) => state === 'previous' && known.includes(key.id));
}
/**
 * Which members go with any rotation, final or not: undecided ones whose job cannot commit them any more, but for the
 * newest `keepPrevious` and the key that stands in for a current one; and what is retired already.
 */
function abandonedToRetire(family, { apiUserId, purpose: { keepPrevious } }, serviceNow) {
    const others = allBut(apiUserId, family);
    const acting = actingCurrent(others);
    const undecided = membersIn(others, 'undecided').slice(keepPrevious);
    return [
        ...undecided.filter((member) => member !== acting && serviceNow - (0,key/* createdAt */.CT)(member.key.id) > commit_LONGEST_JOB),
        ...membersIn(others, 'retired'),
    ];
}
function allBut(apiUserId, family) {
    return family.filter(({ key }) => key.id !== apiUserId);
}

;// CONCATENATED MODULE: ./lib/keys/make-key.js
/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */






/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;
/** How long after its deadline a maker's last rename may still reach the service. */
const GRACE = 60_000;
/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS = (/* unused pure expression or super */ null && (['GROUP_OWNER', 'GROUP_ACCESS_MANAGER']));
/**
 * Cloud Manager and Ops Manager change a description through the organisation alone, which is for its owners. Says so
 * before a key is made that could never get its name.
 */
async function checkMayRename(step) {
    if (step.surface !== 'public/v1.0')
        return;
    const caller = await step.atlas.whoAmI();
    if (caller === undefined || isOwner(caller))
        return;
    throw new KeyError('A key cannot be made in this mode: it is made under a provisional description, and on api: public/v1.0 only an ' +
        'Organization Owner may change descriptions, which the caller is not. Nothing was made. Give the caller that role, or ' +
        'make the key by hand and let mode: ensure keep its roles.');
}
/**
 * Waits until the service's clock has left the second in which the newest of these keys was made: within one second ids
 * tell no order, and by their order the newest is current.
 */
async function outlastSecondOf(step, keys) {
    const newest = Math.max(0, ...keys.map(({ id }) => createdAt(id)));
    const rest = newest + 1000 - step.atlas.serviceNow();
    // A key can be a second younger than the service's clock.
    if (rest > 0 && rest <= 2000)
        await step.pause(rest);
}
/** Makes a key that nobody may take for a current one: it is marked pending until it has been handed out. */
function makePendingKey(step, making) {
    // By then this step is certainly over.
    return makeKey(step, making, 'pending', wholeSeconds(step.atlas.serviceNow() + step.remaining() + GRACE));
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
    const marked = describeMarked(desc, { ...step.run, nonce: step.nonce, state, until });
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
        if (isAtlasError(error, 'answerLost', 'timeout', 'cancelled'))
            return { lost: error };
        step.journal(nothingLeft(intent));
        throw error;
    }
}
/** Whether it is certain that no key of the unanswered create is left, as far as lists can tell. */
async function clearLostCreate(step, intent) {
    try {
        const deleted = await retireStrays(step, intent);
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
    const orgId = await organizationOfProject(step.atlas, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: key.id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    try {
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, key.id, roles)));
        // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
    const powers = roles.filter((role) => MAKE_KEYS.includes(role));
    if (powers.length > 0) {
        step.log.info(`Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
            'those. Give it narrower roles where they suffice.');
    }
    return made;
}
/** What is told of a key that this step made. */
function factsOf({ key, intent }) {
    const { desc, orgId, groupIds } = intent;
    return { key, desc, orgId, groupIds, roles: rolesIn(groupIds[0], key) };
}
/**
 * Retires a key that was made and that nobody shall hold, with the budget for undoing. What fails here is only told:
 * post does it again from the journal.
 */
async function undo(step, { key, intent }) {
    step.journal({ phase: 'made', ...intent });
    try {
        const retirement = await retireMade(step, intent);
        step.journal(nothingLeft(intent));
        if (retirement === 'unassigned')
            step.log.warning(livesOn(nameOf(key), intent.orgId));
        else
            step.log.info(`The new key ${nameOf(key)} was deleted again.`);
    }
    catch {
        step.log.warning(`The new key ${nameOf(key)} could not be deleted yet; the post step tries again.`);
    }
}
/** Retires every key that a create of this intent made, but for `keep`. Returns how many went. */
async function retireStrays(step, intent, keep) {
    const { groupIds, nonce } = intent;
    const keys = await step.undoing.listProjectKeys(groupIds[0]);
    const strays = keys.filter((key) => key.id !== keep && isStray(key, nonce));
    if (strays.length === 0)
        return 0;
    const orgId = await (0,key/* organizationOfProject */.Sk)(step.undoing, groupIds[0], strays);
    const { deleted, unassigned, failed } = await retireFound(step, strays, {
        place: { orgId, groupIds },
        claim: 'member',
        why: () => 'which a create without an answer had made',
        next: 'the post step',
        atlas: step.undoing,
    });
    if (failed[0] !== undefined)
        throw new keys_step/* KeyError */.eN(failed[0].why);
    return deleted.length + unassigned.length;
}
/**
 * Whether a create of this nonce's step made the key and nothing became of it. A step writes its nonce on keys of
 * others, too: on the former current one when that becomes previous.
 */
function isStray(key, nonce) {
    const mark = mark_readMark(key.desc)?.mark;
    return (mark?.nonce === nonce &&
        (mark.state === 'pending' || mark.state === 'ephemeral' || mark.state === 'retired'));
}

;// CONCATENATED MODULE: ./lib/keys/settle.js
/**
 * What post does about the key that main made, from the journal alone: finish what was begun, or undo it. May be
 * run again at any point.
 */






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
            return isFinal(entry.purpose, jobStatus)
                ? { task: 'commit', made: entry }
                : { task: 'leaveUndecided', made: entry, why: whyOpen(jobStatus) };
        case 'handedOut': {
            const { purpose, ...made } = entry;
            switch (purpose.mode) {
                case 'ephemeral':
                    return { task: 'revoke', made: entry };
                case 'ensure':
                    return { task: 'finishEnsure', made: entry };
                case 'rotate':
                    return isFinal(purpose, jobStatus)
                        ? { task: 'commit', made: { ...made, purpose } }
                        : { task: 'markUndecided', made: entry, why: whyOpen(jobStatus) };
            }
        }
    }
}
function whyOpen(jobStatus) {
    return jobStatus === undefined
        ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
            'does not wait for the job)'
        : 'the job did not succeed';
}
function isFinal({ commit }, jobStatus) {
    return jobStatus === 'success' || commit === 'step';
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
            return (`The rotation to key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} is not final. ` +
                `${tellFormer(unfinished.made)} The next rotation makes another key.`);
        case 'markUndecided':
        case 'leaveUndecided':
            return (`Key ${unfinished.made.apiUserId} of project ${unfinished.made.groupIds[0]} stays alive, undecided, because ` +
                `${unfinished.why}, and somebody may have stored it. ` +
                (unfinished.made.purpose.mode === 'ensure'
                    ? 'The next run makes another one. Delete this one when nobody holds it.'
                    : `Later rotations remove it. ${tellFormer(unfinished.made)}`));
    }
}
/** Which key others find meanwhile. */
function tellFormer({ purpose }) {
    return purpose.mode === 'rotate' && purpose.former !== undefined
        ? `The former key ${purpose.former} stays current.`
        : 'There was no current key before it.';
}
/** Finishes or undoes. Throws `AtlasError` or `KeyError` when that was not possible. */
async function settle(step, unfinished) {
    const settlement = await carryOut(step, unfinished);
    if (unfinished.task !== 'findUnanswered' && unfinished.made.answerLost) {
        await retireStrays(step, unfinished.made, unfinished.made.apiUserId);
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
            return commit(step, unfinished.made);
        case 'markUndecided':
            return keepUndecided(step, unfinished.made, unfinished.why);
        case 'leaveUndecided':
            return warn(step, tellUnfinished(unfinished));
    }
}
function warn(step, warning) {
    step.log.warning(warning);
    return { warning };
}
async function findUnanswered(step, entry) {
    let deleted = await retireStrays(step, entry);
    if (deleted === 0) {
        await step.pause(LATE_CREATE);
        deleted = await retireStrays(step, entry);
    }
    step.log.info(deleted === 0
        ? 'A create of this step was not answered; no key came of it.'
        : 'A create of this step was not answered; the key that came of it, which nobody holds, was deleted.');
    return {};
}
async function withdraw(step, made) {
    const { apiUserId, orgId } = made;
    if ((await retire_retireMade(step, made)) === 'unassigned')
        return warn(step, retire_livesOn(apiUserId, orgId));
    step.log.info(`The step ended before key ${apiUserId} was final; it was deleted.`);
    return {};
}
async function revokeEphemeral(step, made) {
    const { purpose, apiUserId, orgId } = made;
    const retirement = await retire_retireMade(step, made);
    if (retirement === 'unassigned') {
        const warning = retire_livesOn(apiUserId, orgId);
        const mustFail = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
        return mustFail ? { problem: warning } : warn(step, warning);
    }
    step.log.info(retirement === 'deleted' ? `Revoked key ${apiUserId}.` : `Key ${apiUserId} was gone already.`);
    return {};
}
/** The key was handed out, and what ends its making is missing. */
async function finishEnsure(step, made) {
    const { desc, groupIds, apiUserId } = made;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    switch (mine?.state) {
        case undefined:
            return warn(step, `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
        case 'pending':
            // Its time may be over, and another run may have made the key meanwhile.
            if (membersIn(family, 'current').length > 0)
                return withdraw(step, made);
            break;
        case 'undecided':
            break;
        case 'retired':
            return withdraw(step, made);
        case 'current':
            await demoteOlder(step, made);
            return {};
        default:
            // It was current, and a later rotation has superseded it.
            return {};
    }
    await becomeCurrent(step, made, apiUserId);
    step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
    return {};
}
/** The key was handed out, or may have been, and the job did not succeed. */
async function keepUndecided(step, made, why) {
    const { desc, groupIds, apiUserId } = made;
    const family = await readFamily(step.atlas, groupIds[0], desc);
    const mine = family.find(({ key }) => key.id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        return warn(step, `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`);
    }
    if (mine.mark?.until !== undefined)
        await markUndecided(step, made, apiUserId);
    return warn(step, tellUnfinished({ task: 'leaveUndecided', made, why }));
}
async function commit(step, made) {
    const done = await commitRotation(step, made);
    step.log.info(done.outcome === 'committed'
        ? `The rotation is final: key ${made.apiUserId} is current.`
        : `A newer rotation was committed meanwhile; key ${made.apiUserId} counts as previous.`);
    return { commit: done };
}
/**
 * Whether post may only warn about this failure: the user said so, or nothing can be lost by it. A limit alone is no
 * reason to leave a key behind unseen: it strikes many jobs at once, and will again.
 */
function mayWarn(unfinished, error) {
    const reasons = [error, error instanceof Error && error.cause];
    if (reasons.some((reason) => (0,errors/* isAtlasError */.yH)(reason, 'rateLimited')))
        return false;
    if (unfinished.task === 'revoke') {
        const { purpose } = unfinished.made;
        return purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'warn';
    }
    return unfinished.task !== 'commit' || (0,errors/* isAtlasError */.yH)(error, 'gone');
}

;// CONCATENATED MODULE: ./lib/business.js


/** Decides from the journal and the job's status; `undefined` when nothing is left. */
function businessOf(entry, jobStatus) {
    if ('credential' in entry) {
        const unfinished = unfinishedLease(entry, jobStatus);
        return {
            task: unfinished.task,
            told: tellUnfinishedLease(unfinished),
            asksAtlas: true,
            mayWarn: (error) => mayWarnOfLease(unfinished, error),
            settle: (step) => settleLease(step, unfinished),
        };
    }
    const unfinished = unfinishedBusiness(entry, jobStatus);
    if (unfinished === undefined)
        return undefined;
    return {
        task: unfinished.task,
        told: tellUnfinished(unfinished),
        asksAtlas: unfinished.task !== 'leaveUndecided' || unfinished.made.answerLost,
        mayWarn: (error) => mayWarn(unfinished, error),
        settle: (step) => settle(step, unfinished),
    };
}


/***/ }),

/***/ 8448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _J: () => (/* binding */ readPostInputs)
});

// UNUSED EXPORTS: InputError, readRequest, readSecrets

;// CONCATENATED MODULE: ./lib/inputs/reader.js
/** What is wrong with a text, each as a sentence without its subject, the name of the input. */
class reader_Faults {
    sentences;
    constructor(...sentences) {
        this.sentences = sentences;
    }
}
/** Any text, as it is. */
const anyText = (text) => text;
/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
const reader_boolean = (text, { quote }) => {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    return /^(false|False|FALSE)$/.test(text)
        ? false
        : new reader_Faults(`is ${quote(text)}: write \`true\` or \`false\`.`);
};
/** One of a closed set of words. */
function choice(choices) {
    return (text, { quote }) => choices.find((candidate) => candidate === text) ??
        new reader_Faults(`is ${quote(text)}, which does not exist: choose ${nameAll(choices, 'or')}.`);
}
/** A whole number from 0 to `max`. */
function wholeNumber(max) {
    return (text, { quote }) => /^\d{1,9}$/.test(text) && Number(text) <= max
        ? Number(text)
        : new reader_Faults(`is ${quote(text)}: write a whole number from 0 to ${max}.`);
}
/** Reads one way for API keys and another way for service accounts. */
function byCredential(apiKey, serviceAccount) {
    return (text, context) => context.credential === 'serviceAccount' ? serviceAccount(text, context) : apiKey(text, context);
}
/** How many superseded secrets of a service account stay alive. */
const keptSecrets = (text, { quote }) => text === '0' || text === '1'
    ? Number(text)
    : new reader_Faults(`is ${quote(text)}, but a service account has two secrets at most, so one can be kept beside the new one: write \`0\` or \`1\`.`);
/** An environment variable, trimmed; empty when it is not set. */
function reader_readVariable(environment, name) {
    return environment[name]?.trim() ?? '';
}
/** Where `core.getInput` looks. */
function inputVariable(name) {
    return `INPUT_${name.toUpperCase()}`;
}
/** Items one a line or separated by commas, in their order, each once. */
function reader_parseList(text) {
    const all = text
        .split(/[,\r\n]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
    const items = [...new Set(all)];
    return { items, repeated: items.filter((item) => all.indexOf(item) !== all.lastIndexOf(item)) };
}
/** Reads each item of a list; what is wrong with any of them is told. */
function listOf(readItem) {
    return (text, context) => {
        const read = reader_parseList(text).items.map((item) => readItem(item, context));
        const faults = read.flatMap((one) => (one instanceof reader_Faults ? one.sentences : []));
        return faults.length > 0 ? new reader_Faults(...faults) : read;
    };
}
const LONGEST = 60;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const SERVICE_ACCOUNT_SECRET = /mdb_sa_sk_/i;
const PASSWORD_IN_URL = /:\/\/[^/\s]*@/;
const GITHUB_TOKEN = /gh[a-z]_\w{16}|github_pat_/i;
/** Whether a text has the form of a secret that people paste into the wrong field. */
function reader_looksLikeSecret(text) {
    return [UUID, SERVICE_ACCOUNT_SECRET, PASSWORD_IN_URL, GITHUB_TOKEN].some((form) => form.test(text));
}
/**
 * An input's value for an error message: without control characters, cut, and withheld when it holds one of
 * these secrets or looks like one.
 */
function quote(value, secrets = []) {
    if (reader_looksLikeSecret(value) || secrets.some((secret) => value.includes(secret))) {
        return '(not shown: it looks like a secret)';
    }
    const characters = [...value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')];
    return characters.length <= LONGEST
        ? `"${characters.join('')}"`
        : `"${characters.slice(0, LONGEST - 1).join('')}…"`;
}
/** `a`, `b` and `c`, as names in a sentence. */
function nameAll(names, conjunction) {
    const marked = names.map((name) => `\`${name}\``);
    const last = marked.slice(-1).join('');
    return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

;// CONCATENATED MODULE: ./lib/inputs/identifiers.js

const OBJECT_ID = /^[0-9a-f]{24}$/;
/** Whether a text has the form of an API key's public part. */
function identifiers_looksLikePublicKey(text) {
    return /^[a-z]{8}$/.test(text);
}
/** Whether a text has the form of an API key's private part, a UUID. */
function identifiers_looksLikePrivateKey(text) {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
/** Whether a text has the form that `combinedSecret` gives a key. */
function identifiers_looksLikeCombined(text) {
    const [publicKey = '', privateKey = ''] = text.split(/:(.*)/s);
    return identifiers_looksLikePublicKey(publicKey) && identifiers_looksLikePrivateKey(privateKey);
}
/** Whether a text has the form that `combinedSecret` gives a service account. */
function identifiers_looksLikeCombinedAccount(text) {
    return /^mdb_sa_id_[0-9a-f]{24}:mdb_sa_sk_[\w-]+$/i.test(text);
}
const readGroupIds = listOf((text, { quote }) => {
    if (OBJECT_ID.test(text))
        return text;
    return /^[0-9a-f]+$/i.test(text)
        ? new reader_Faults(`is ${quote(text)}, but ${faultOf(text, "a project's id")}`)
        : new reader_Faults(`is ${quote(text)}, which is not a project's id but perhaps its name: give the 24 hex digits in its address in Atlas (…/v2/<id>).`);
});
const groupIds = (text, context) => {
    const ids = readGroupIds(text, context);
    if (ids instanceof Faults)
        return ids;
    const [first, ...others] = ids;
    if (first !== undefined)
        return [first, ...others];
    return new Faults('is missing: give the id of the project, 24 hex digits in its address in Atlas (…/v2/<id>), or set `MONGODB_ATLAS_PROJECT_ID`.');
};
/** The one project of a service account. */
const onlyGroupId = (text, context) => {
    const ids = groupIds(text, context);
    if (ids instanceof Faults)
        return ids;
    const [first, ...others] = ids;
    return others.length === 0
        ? [first]
        : new Faults(`names ${ids.length} projects, but a Project Owner may no longer delete the secrets of a service account that is in a second one: give each project a step of its own.`);
};
function repeatedGroupIds(text, { quote }) {
    const { repeated } = parseList(text);
    return repeated.length === 0 ? [] : [`names ${repeated.map(quote).join(', ')} more than once: taken once.`];
}
/** An existing key's id; empty when none is given. */
const apiUserId = (text, { quote }) => {
    if (text === '' || OBJECT_ID.test(text))
        return text;
    return identifiers_looksLikePublicKey(text)
        ? new Faults(`is ${quote(text)}, which is a public key: give the key's id, 24 hex digits, as this action's output \`apiUserId\` or \`atlas organizations apiKeys list\` shows it.`)
        : new Faults(`is ${quote(text)}, but ${faultOf(text, "a key's id")}`);
};
/** The private key of a secret that an earlier run stored, and the public one where it holds both. */
const knownKey = (text) => {
    if (text.includes('*')) {
        return new Faults('is redacted (it holds `*`): give the private key as the output `privateKey` had it when the key was made.');
    }
    if (text === '')
        return {};
    const [knownPrivateKey = '', knownPublicKey] = text.split(':', 2).reverse();
    return { knownPrivateKey, ...(knownPublicKey !== undefined && { knownPublicKey }) };
};
/** The client secret of a service account that an earlier run stored, and the client id where it holds both. */
const knownClient = (text) => {
    if (text.includes('*')) {
        return new Faults('is redacted (it holds `*`): give the client secret as the output `clientSecret` had it when it was made.');
    }
    if (text === '')
        return {};
    const [knownClientSecret = '', knownClientId] = text.split(':', 2).reverse();
    return { knownClientSecret, ...(knownClientId !== undefined && { knownClientId }) };
};
function oddKnownSecret(text, { credential }) {
    if (text === '')
        return [];
    if (credential === 'serviceAccount') {
        if (/^mdb_sa_sk_[\w-]+$/.test(text) || identifiers_looksLikeCombinedAccount(text))
            return [];
        return [
            'does not have the form of a client secret (`mdb_sa_sk_…`) and will hardly fit: check which secret it comes from.',
        ];
    }
    if (identifiers_looksLikePrivateKey(text) || identifiers_looksLikeCombined(text))
        return [];
    return [
        'does not have the form of a private key (a UUID in lower case) and will hardly fit: check which secret it comes from.',
    ];
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

;// CONCATENATED MODULE: ./lib/inputs/credentials.js


/** Where credentials can come from, in the order of precedence: the kind, and the names of the id and its secret. */
const PLACES = [
    ['serviceAccount', 'inputs', 'atlasClientId', 'atlasClientSecret'],
    ['apiKey', 'inputs', 'atlasPublicKey', 'atlasPrivateKey'],
    ['serviceAccount', 'environment', 'MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'],
    ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_API_KEY', 'MONGODB_ATLAS_PRIVATE_API_KEY'],
    ['apiKey', 'environment', 'MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'],
];
/**
 * Who calls Atlas; `undefined` after a problem. A pair is never put together from two places: half of one beside half of
 * another is more likely a mistyped secret name than a wish.
 * @param hint why secrets may be missing in this run, to go behind another sentence; or empty
 */
function credentials_readCredentials(environment, hint, findings) {
    const pairs = readPairs(environment);
    const fromInputs = pairs.filter((pair) => pair.from === 'inputs');
    const candidates = fromInputs.length > 0 ? fromInputs : pairs;
    const [chosen, ...others] = candidates.filter(isComplete);
    // In the environment half a pair may be somebody else's business; among the inputs it is a mistake.
    const halves = candidates.filter((pair) => !isComplete(pair) && (pair.from === 'inputs' || !chosen));
    for (const pair of halves)
        findings.problem(faultOfCombined(pair) ?? `${describeHalf(pair)}${hint}`);
    if (chosen === undefined) {
        if (halves.length === 0)
            findings.problem(`${NO_CREDENTIALS}${hint}`);
        return undefined;
    }
    for (const problem of faultsOf(chosen))
        findings.problem(problem);
    const other = others.find((pair) => pair.kind !== chosen.kind);
    if (other !== undefined) {
        findings.notice(`Both a service account (\`${chosen.idName}\`) and an API key (\`${other.idName}\`) are given: the service account is used.`);
    }
    return toCredentials(chosen);
}
/**
 * Refuses to export a new credential where later steps would use another one instead, or where the caller's own would be
 * overwritten. A service account comes before a key in the Terraform provider and in the Atlas CLI.
 */
function credentials_checkExport(credential, environment, findings) {
    const pairs = readPairs(environment).filter(isComplete);
    const hasAccount = pairs.some(({ kind, from }) => kind === 'serviceAccount' && from === 'environment');
    const isCaller = pairs.length > 0 && pairs.every(({ from }) => from === 'environment');
    if (credential === 'serviceAccount') {
        if (hasAccount && isCaller)
            findings.problem(EXPORT_OVERWRITES_ACCOUNT);
    }
    else if (hasAccount)
        findings.problem(EXPORT_IGNORED);
    else if (isCaller)
        findings.problem(EXPORT_OVERWRITES_CALLER);
    if (readVariable(environment, 'MONGODB_ATLAS_ACCESS_TOKEN') !== '')
        findings.warning(EXPORT_BESIDE_TOKEN);
}
/** The secrets of all places, used or not, and what looks like a secret where an id should stand. */
function findCredentialSecrets(environment) {
    return readPairs(environment).flatMap(({ id, secret }) => [
        secret,
        ...(identifiers_looksLikeCombined(secret) || identifiers_looksLikeCombinedAccount(secret) ? secret.split(':').slice(1) : []),
        ...(reader_looksLikeSecret(id) ? [id] : []),
    ]);
}
const NO_CREDENTIALS = 'The credentials for Atlas are missing: give `atlasPublicKey` and `atlasPrivateKey` (an API key), or `atlasClientId` and `atlasClientSecret` (a service account), best from secrets.';
const EXPORT_IGNORED = '`exportEnv` would have no effect: the Terraform provider and the Atlas CLI use the service account in `MONGODB_ATLAS_CLIENT_ID` and `MONGODB_ATLAS_CLIENT_SECRET` before any API key, so later steps would run as that account; take it out of the environment, and give the caller as `atlasClientId` and `atlasClientSecret`.';
const EXPORT_OVERWRITES_CALLER = "`exportEnv` would overwrite the variables that hold the caller's own key, which the post step still needs: give the caller's key as `atlasPublicKey` and `atlasPrivateKey`.";
const EXPORT_OVERWRITES_ACCOUNT = "`exportEnv` would overwrite the variables that hold the caller's own service account, which the post step still needs: give the caller as `atlasClientId` and `atlasClientSecret`.";
const EXPORT_BESIDE_TOKEN = '`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.';
/** The places that hold something. */
function readPairs(environment) {
    return PLACES.map(([kind, from, idName, secretName]) => {
        const read = (name) => reader_readVariable(environment, from === 'inputs' ? inputVariable(name) : name);
        return { kind, from, idName, secretName, id: read(idName), secret: read(secretName) };
    }).filter(({ id, secret }) => id !== '' || secret !== '');
}
function isComplete({ id, secret }) {
    return id !== '' && secret !== '';
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
/** What is wrong with the form of a complete pair. No sentence repeats a value. */
function faultsOf(pair) {
    const misplaced = pair.kind === 'apiKey' ? faultOfKey(pair) : faultOfAccount(pair);
    if (misplaced !== undefined)
        return [misplaced];
    const malformed = [
        // A colon would end the id early in both ways of signing in.
        ...(/^[\x21-\x39\x3b-\x7e]+$/.test(pair.id) ? [] : [pair.idName]),
        ...(/^[\x21-\x7e]+$/.test(pair.secret) ? [] : [pair.secretName]),
    ];
    return malformed.map((name) => `\`${name}\` holds a blank, a line break or another character that cannot be part of it: store the value again without anything around it.`);
}
function faultOfKey(pair) {
    const { from, id, secret, idName, secretName } = pair;
    if (/^mdb_sa_/i.test(id) || /^mdb_sa_/i.test(secret)) {
        return `\`${idName}\` or \`${secretName}\` holds a value of a service account (\`mdb_sa_…\`): give it as ${namesFor('serviceAccount', from)}.`;
    }
    if (looksLikePublicKey(secret)) {
        return looksLikePublicKey(id)
            ? `\`${secretName}\` holds a public key: give the private key, which Atlas showed once when the key was made.`
            : `\`${idName}\` and \`${secretName}\` are swapped: the public key is the one of 8 letters.`;
    }
    if (looksLikeSecret(id)) {
        return `\`${idName}\` holds a private key: the public key is the one of 8 letters.`;
    }
    if (secret.includes('*')) {
        return `\`${secretName}\` is redacted (it holds \`*\`): Atlas shows a private key once, when the key is made; store that value.`;
    }
    return faultOfCombined(pair);
}
function faultOfCombined({ kind, secret, idName, secretName }) {
    const isCombined = kind === 'apiKey' ? looksLikeCombined : looksLikeCombinedAccount;
    if (!isCombined(secret))
        return undefined;
    const both = kind === 'apiKey' ? 'an API key (`publicKey:privateKey`' : 'a service account (`clientId:clientSecret`';
    return `\`${secretName}\` holds both halves of ${both}, as \`combinedSecret\` stores them): give what stands before the colon as \`${idName}\`, and only what stands after it as \`${secretName}\`.`;
}
function faultOfAccount(pair) {
    const { from, id, secret, idName, secretName } = pair;
    if (looksLikePublicKey(id) || looksLikePrivateKey(secret.toLowerCase())) {
        return `\`${idName}\` and \`${secretName}\` hold an API key: give it as ${namesFor('apiKey', from)}.`;
    }
    const combined = faultOfCombined(pair);
    if (combined !== undefined)
        return combined;
    if (/^mdb_sa_sk_/i.test(id) || /^mdb_sa_id_/i.test(secret)) {
        return `\`${idName}\` and \`${secretName}\` are swapped: the id begins with \`mdb_sa_id_\`, the secret with \`mdb_sa_sk_\`.`;
    }
    return undefined;
}
function namesFor(...place) {
    const [, , idName, secretName] = 
    // not covered: there is one of each kind in both, which the types do not know.
    PLACES.find(([kind, from]) => kind === place[0] && from === place[1]) ?? [];
    return `\`${idName}\` and \`${secretName}\``;
}

;// CONCATENATED MODULE: ./lib/inputs/secrets.js


const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
/** Everything among inputs and environment that must be masked and never told, each value once. */
function secrets_readSecrets(environment) {
    const secrets = [
        ...findCredentialSecrets(environment),
        ...withPrivateHalf(reader_readVariable(environment, inputVariable('knownPrivateKey'))),
        reader_readVariable(environment, inputVariable('githubToken')),
        ...Object.keys(environment)
            .filter((name) => name.startsWith('INPUT_'))
            .flatMap((name) => environment[name]?.match(/mdb_sa_sk_[\w-]+/gi) ?? []),
        ...PROXY_VARIABLES.flatMap((name) => proxySecrets(reader_readVariable(environment, name))),
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

// EXTERNAL MODULE: ./lib/request.js
var request = __nccwpck_require__(5834);
// EXTERNAL MODULE: ./lib/wire/proxy.js
var proxy = __nccwpck_require__(9381);
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
    const findings = new Findings(readSecrets(environment));
    const explanation = explainMissingSecrets(environment, readFile);
    const hint = explanation && ` ${explanation}`;
    const read = readValues(environment, findings);
    const credentials = readCredentials(environment, hint, findings);
    const proxy = readProxy(read.baseUrl, environment, findings);
    const store = readSecretStore(read, environment, hint, findings);
    const run = readRunIdentity(environment, findings);
    checkFit(read, environment, findings);
    checkSelection(read, store, findings);
    if (read.exportEnv && read.credential && MAKING_MODES.some((mode) => mode === read.mode)) {
        checkExport(read.credential, environment, findings);
    }
    if (findings.problems.length > 0 || credentials === undefined)
        throw new InputError(findings.problems);
    // No problem, so every input has its value.
    const values = read;
    const service = { baseUrl: values.baseUrl, surface: values.api, ...(proxy !== undefined && { proxy }) };
    warnOfUnroutable(values.accessList, service, findings);
    const { warnings, notices } = findings;
    const request = buildRequest(values, store);
    const serverUrl = readServerUrl(environment);
    return { request, credentials, service, timeout: values.timeout, run, serverUrl, warnings, notices };
}
function readProxy(baseUrl, environment, findings) {
    try {
        return baseUrl && proxyFor(baseUrl, environment);
    }
    catch (error) {
        findings.problem(
        // The message names the variable and does not repeat the value.
        `${error.message}: write the proxy as \`http://host:port\`, or name ${new URL(`${baseUrl}`).hostname} in \`NO_PROXY\`.`);
        return undefined;
    }
}
/** Reads what the post step can still know. Never throws: inside composites its inputs may be another action's. */
function readPostInputs(environment) {
    const status = reader_readVariable(environment, inputVariable('jobStatus'));
    return {
        jobStatus: request/* JOB_STATUSES */.nE.find((candidate) => candidate === status),
        proxyFor: (origin) => (0,proxy/* proxyFor */.i)(origin, environment),
        secrets: secrets_readSecrets(environment),
    };
}


/***/ }),

/***/ 3867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ InputError)
/* harmony export */ });
/* unused harmony export Findings */

// Shorter ones are found in innocent texts by chance.
const TELLING_LENGTH = 8;
/** All that is wrong with the inputs, told at once; no sentence ever holds a secret. */
class InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
    }
}
/** What reading the inputs turns up, collected so that all of it can be told at once. */
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
    /** The value that was read under this name, or `undefined` after its faults were told. */
    accept(name, read) {
        if (!(read instanceof Faults))
            return read;
        for (const sentence of read.sentences)
            this.problem(`\`${name}\` ${sentence}`);
        return undefined;
    }
    /** A value as a sentence may repeat it. */
    quote = (value) => quote(value, this.#secrets);
    /** Whether one of the secrets stands in this text. */
    holdsSecret = (text) => this.#telling().some((secret) => text.includes(secret));
    /** The net below `quote`: a suggestion, too, is made of what the user wrote. */
    #withoutSecrets(sentence) {
        return this.#telling().reduce((text, secret) => text.replaceAll(secret, '***'), sentence);
    }
    #telling() {
        return this.#secrets.filter((secret) => secret.length >= TELLING_LENGTH);
    }
}


/***/ }),

/***/ 2375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ createdAt),
/* harmony export */   Sk: () => (/* binding */ organizationOfProject),
/* harmony export */   h_: () => (/* binding */ ageAt),
/* harmony export */   ll: () => (/* binding */ newestFirst)
/* harmony export */ });
/* unused harmony exports isOwner, rolesIn, sameRoles */
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
const OWNERS = (/* unused pure expression or super */ null && (['ORG_OWNER', 'GLOBAL_OWNER']));
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
/** The organisation of a project, as the roles of its keys name it, each of which is a member; else by one more call. */
async function organizationOfProject(atlas, groupId, keys) {
    const named = keys.flatMap(({ roles }) => roles).find(({ orgId }) => orgId !== undefined);
    return named?.orgId ?? (await atlas.readProject(groupId)).orgId;
}


/***/ }),

/***/ 7168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   a1: () => (/* binding */ ownMark),
/* harmony export */   eN: () => (/* binding */ KeyError)
/* harmony export */ });
/* unused harmony export DeliveryError */
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

/***/ 5317:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7236);
/* harmony import */ var _business_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4090);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8448);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(483);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2787);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8847);
/* harmony import */ var _trust_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3264);
/** After the job: finishes or undoes what main left, from the state alone. */







/**
 * How long post waits for rate limits, in milliseconds: a key lives on if it gives up. Fifty tokens a minute are enough
 * for sixty jobs that end at once in two minutes, and for two hundred in this.
 */
const PATIENCE = 5 * 60_000;
try {
    await cleanUp();
}
catch (error) {
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .fail */ .fJ)(error);
    await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderFailure */ .zt)(error));
}
async function cleanUp() {
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readPostInputs */ ._J)(process.env);
    for (const secret of inputs.secrets)
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(secret);
    const record = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeState */ .UJ)((0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .readState */ .un)());
    if (record === undefined)
        return;
    const business = (0,_business_js__WEBPACK_IMPORTED_MODULE_4__/* .businessOf */ .M)(record.entry, inputs.jobStatus);
    if (business === undefined)
        return;
    if (!business.asksAtlas) {
        _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.warning(business.told);
        return (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, business.told));
    }
    try {
        await finish(record, business, inputs);
    }
    catch (error) {
        const what = `${(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .messageOf */ .bD)(error)} ${business.told}`;
        if (!(error instanceof _trust_js__WEBPACK_IMPORTED_MODULE_6__/* .TrustError */ .Ru) && business.mayWarn(error))
            _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.warning(what);
        else
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .fail */ .fJ)(new Error(what, { cause: error }));
        await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, what));
    }
}
async function finish(record, business, inputs) {
    const { credentials, proxy } = regainTrust(record, inputs);
    // Mostly nothing is left to do, and then the larger part of this action, undici, is not even loaded.
    const { listenForCancel, openSession } = await __nccwpck_require__.e(/* import() */ 892).then(__nccwpck_require__.bind(__nccwpck_require__, 5892));
    const session = openSession({
        service: { baseUrl: record.baseUrl, surface: record.surface, ...(proxy !== '' && { proxy }) },
        credentials,
        run: record.run,
        nonce: record.nonce,
        timeout: record.timeout,
        patience: PATIENCE,
        signals: listenForCancel(),
        // not covered: nothing that post does saves anything, but whatever makes and deletes keys may.
        journal: (entry) => (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)({ ...record, entry }),
    });
    try {
        const { commit, warning, problem } = await business.settle(session.step);
        if (problem !== undefined)
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .fail */ .fJ)(new Error(problem));
        const told = problem ?? warning;
        const page = commit === undefined
            ? told && (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, told)
            : (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCommit */ .ak)(commit, session.left, session.step.atlas.serviceNow());
        if (page !== undefined)
            await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)(page);
    }
    finally {
        await session.close();
    }
}
/** Whom main signed in as and which way it went. Where Atlas is comes from the state. */
function regainTrust({ trust, nonce, baseUrl }, { proxyFor }) {
    const proxyNow = () => {
        try {
            return proxyFor(baseUrl) ?? '';
        }
        catch {
            return undefined;
        }
    };
    const regained = (0,_trust_js__WEBPACK_IMPORTED_MODULE_6__/* .regain */ .p$)(trust, process.env, nonce, proxyNow());
    const { proxy, ignored } = regained;
    if (ignored.length > 0) {
        _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.info(`${ignored.join(', ')} changed since the step itself; the post step still uses ` +
            `${proxy === '' ? 'no proxy' : `the proxy ${proxy}`}.`);
    }
    return regained;
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ deliverOutputs),
  fJ: () => (/* binding */ fail),
  Rm: () => (/* binding */ log),
  dK: () => (/* binding */ mask),
  Iv: () => (/* binding */ publishSummary),
  un: () => (/* binding */ readState),
  u3: () => (/* binding */ recallOutputs),
  LZ: () => (/* binding */ publish_saveState)
});

// UNUSED EXPORTS: exportVariables, plain, publishOutputs, saveNothingToSettle

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
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
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
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
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
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


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
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
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
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
        return this.addRaw(external_os_namespaceObject.EOL);
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
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
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
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
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
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
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
    process.stdout.write(message + external_os_namespaceObject.EOL);
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
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
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
// EXTERNAL MODULE: ./lib/state.js + 1 modules
var state = __nccwpck_require__(2787);
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
    core.saveState(STATE, NOTHING_TO_SETTLE);
}
function publish_saveState(record) {
    saveState(STATE, (0,state/* encodeState */.Md)(record));
}
function readState() {
    return getState(STATE);
}
/** Sets the outputs that a new key's holders need, as soon as they may have them. */
function deliverOutputs(delivery) {
    setOutput('orgId', delivery.orgId);
    if ('key' in delivery) {
        setOutput('apiUserId', delivery.key.id);
        setOutput('publicKey', delivery.key.publicKey);
        setOutput('privateKey', delivery.key.privateKey);
    }
    else {
        setOutput('clientId', delivery.clientId);
        setOutput('clientSecret', delivery.clientSecret);
    }
}
/** Takes them back: an output may be set twice, and the runner keeps the last value. */
function recallOutputs() {
    for (const name of ['apiUserId', 'publicKey', 'orgId', 'privateKey', 'clientId', 'clientSecret'])
        setOutput(name, '');
}
function publishOutputs({ facts, account, privateKey = '', ...outcome }) {
    const { orgId = '', groupIds = [], desc = '', roles = [] } = facts ?? account ?? {};
    const createdAt = facts === undefined ? account?.createdAt : createdAtOf(facts.key.id);
    core.setOutput('result', outcome.result);
    core.setOutput('created', outcome.result === 'created' || outcome.result === 'rotated');
    core.setOutput('changed', outcome.changed);
    core.setOutput('apiUserId', facts?.key.id ?? '');
    core.setOutput('publicKey', facts?.key.publicKey ?? '');
    core.setOutput('privateKey', account === undefined ? privateKey : '');
    core.setOutput('clientId', account?.clientId ?? '');
    core.setOutput('clientSecret', account === undefined ? '' : privateKey);
    core.setOutput('orgId', orgId);
    core.setOutput('groupId', groupIds[0] ?? '');
    core.setOutput('desc', desc);
    core.setOutput('roles', JSON.stringify(roles));
    core.setOutput('createdAt', createdAt === undefined ? '' : isoSeconds(createdAt));
    core.setOutput('expiresAt', outcome.expiresAt === undefined ? '' : isoSeconds(outcome.expiresAt));
    core.setOutput('previousApiUserIds', JSON.stringify(outcome.previous));
    core.setOutput('retiredApiUserIds', JSON.stringify(outcome.retired));
}
/** Sets the variables that the Atlas CLI and the Terraform provider read, for the later steps of this job. */
function exportVariables({ facts, account, privateKey }) {
    const place = facts ?? account;
    if (place === undefined || privateKey === undefined) {
        core.notice('exportEnv: nothing was exported, because this step does not know the secret, which Atlas shows only once. ' +
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
    const replaced = Object.entries(variables).filter(([name, value]) => (process.env[name] ?? value) !== value);
    if (replaced.length > 0) {
        log.warning(`exportEnv replaces ${replaced.map(([name]) => name).join(', ')} for the rest of this job. Another use of this ` +
            'action that signs in with these variables, its post step included, then finds the wrong ones: give it its ' +
            'credentials as inputs.');
    }
    for (const [name, value] of Object.entries(variables))
        core.exportVariable(name, value);
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
    if (error instanceof findings/* InputError */.d && error.problems.length > 1) {
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
/* harmony export */   IJ: () => (/* binding */ nameOfCaller),
/* harmony export */   nE: () => (/* binding */ JOB_STATUSES)
/* harmony export */ });
/* unused harmony exports SECRET_KINDS, CREDENTIALS, MODES, MAKING_MODES */
/** What names the caller and is no secret: the public key, or the client id. */
function nameOfCaller(credentials) {
    return credentials.kind === 'apiKey' ? credentials.publicKey : credentials.clientId;
}
/** Whose runs read a secret: those of workflows, or those of Dependabot. */
const SECRET_KINDS = (/* unused pure expression or super */ null && (['actions', 'dependabot']));
/** What a step makes and hands out. */
const CREDENTIALS = (/* unused pure expression or super */ null && (['apiKey', 'serviceAccount']));
const MODES = (/* unused pure expression or super */ null && (['ensure', 'ephemeral', 'rotate', 'revoke', 'sweep']));
/** The modes that may make a key, and so hand one over. */
const MAKING_MODES = (/* unused pure expression or super */ null && (['ensure', 'ephemeral', 'rotate']));
/** How the job has gone so far, as post is told. */
const JOB_STATUSES = ['success', 'failure', 'cancelled'];


/***/ }),

/***/ 2787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  UJ: () => (/* binding */ decodeState),
  Md: () => (/* binding */ encodeState)
});

// UNUSED EXPORTS: NOTHING_TO_SETTLE

// EXTERNAL MODULE: ./lib/atlas/shapes.js
var shapes = __nccwpck_require__(6437);
;// CONCATENATED MODULE: ./lib/atlas/types.js
/**
 * What the domain knows of Atlas: plain data, and the calls it may make.
 * Field names are the Admin API's own: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/
 */
/** The path after `/api/`. */
const SURFACES = ['atlas/v2', 'atlas/v1.0', 'public/v1.0'];

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
        isObject(value.trust) &&
        isTrust(value.trust) &&
        isObject(value.entry) &&
        isEntry(value.entry));
}
function isTrust(trust) {
    return (isText(trust.kind, /^(apiKey|serviceAccount)$/) &&
        isText(trust.caller, /./) &&
        isList(trust.heldIn, /./) &&
        isText(trust.secret, FINGERPRINT) &&
        isText(trust.proxy, /^(https?:\/\/[^/\s@]+\/)?$/) &&
        isText(trust.route, FINGERPRINT) &&
        isObject(trust.variables) &&
        isList(Object.values(trust.variables), FINGERPRINT));
}
const FINGERPRINT = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{24}$/;
const NONCE = /^[0-9a-f]{16}$/;
const PHASES = ['made', 'delivering', 'handedOut', 'open'];
function isEntry(entry) {
    if (entry.phase === 'idle')
        return true;
    const hasPurpose = isObject(entry.purpose) &&
        isText(entry.purpose.mode, /^(ensure|ephemeral|rotate)$/) &&
        (entry.purpose.former === undefined || isText(entry.purpose.former, ID)) &&
        isText(entry.desc, /./s);
    if (entry.credential === 'serviceAccount')
        return hasPurpose && isLease(entry);
    const intended = hasPurpose &&
        isList(entry.groupIds, ID) &&
        entry.groupIds.length > 0 &&
        isText(entry.nonce, NONCE) &&
        Number.isFinite(entry.until);
    if (entry.phase === 'making')
        return intended;
    return (intended &&
        PHASES.includes(entry.phase) &&
        isText(entry.apiUserId, ID) &&
        isText(entry.orgId, ID));
}
function isLease(entry) {
    const { former } = entry;
    return (isText(entry.phase, /^(made|stored|handedOut)$/) &&
        isText(entry.groupId, ID) &&
        isText(entry.orgId, ID) &&
        (0,shapes/* isClientId */.XC)(entry.clientId) &&
        isText(entry.secretId, ID) &&
        Number.isFinite(entry.expiresAt) &&
        (former === undefined || (isObject(former) && isText(former.id, ID) && Number.isFinite(former.expiresAt))));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value, pattern) {
    return typeof value === 'string' && pattern.test(value);
}
function isList(value, pattern) {
    return Array.isArray(value) && value.every((item) => isText(item, pattern));
}


/***/ }),

/***/ 8847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ak: () => (/* binding */ renderCommit),
/* harmony export */   kl: () => (/* binding */ renderUnfinished),
/* harmony export */   zt: () => (/* binding */ renderFailure)
/* harmony export */ });
/* unused harmony exports renderSummary, tellPlan, formatAge */
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7236);
/* harmony import */ var _inputs_findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);
/* harmony import */ var _keys_key_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2375);
/** The job summary as Markdown, from plain data. Everything that came from a server or a user is escaped. */





/** Nobody assigns service accounts, or sweeps them; a dry run has its own headline. */
const ACCOUNT_HEADLINES = {
    created: 'Made a secret of a service account',
    updated: 'Updated a service account',
    unchanged: 'The service account is as declared',
    rotated: 'Rotated the secret of a service account',
    revoked: 'Revoked service accounts',
};
/** More lines than this make nobody wiser; the log has them all. */
const ROWS_SHOWN = 50;
/** What a step did. */
function renderSummary(outcome, surroundings) {
    const { left, stored = [], now, serverUrl, credential } = surroundings;
    // Where the job decides, the post step tells of the family when that is done.
    const family = stateOfOwn(outcome) === 'undecided' ? [] : outcome.family;
    return page(credential === 'serviceAccount' ? headlineOfAccount(outcome) : headlineOf(outcome), renderFacts(outcome, now), renderStored(stored), renderPlan(outcome), outcome.facts !== undefined && family.length > 0 ? 'Every key of this description:' : '', outcome.result === 'swept' ? renderSwept(family, now, serverUrl) : renderFamily(family, now), renderLeft(left), warned(outcome.problem));
}
/** What post adds when a rotation has been decided. */
function renderCommit({ outcome, family }, left, now) {
    const headline = outcome === 'committed'
        ? 'The rotation is final'
        : 'A newer rotation was quicker, and its key is current';
    return page(headline, renderFamily(family, now), renderLeft(left));
}
const UNFINISHED = {
    findUnanswered: 'A key may be left over',
    withdraw: 'A key is left over',
    revoke: 'The key is still alive',
    finishEnsure: 'The key needs a look',
    commit: 'The rotation is not final',
    markUndecided: 'The new key is not current',
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
    if (!(error instanceof _inputs_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .d))
        return page('The step failed', warned((0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)));
    const problems = error.problems.map((problem) => `- ${escaped(problem)}`);
    return page('The inputs are wrong, so nothing was done', problems.join('\n'));
}
function page(headline, ...parts) {
    return `${[`### ${headline}`, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
function warned(sentence = '') {
    return sentence && `> [!WARNING]\n> ${escaped(sentence)}`;
}
function headlineOfAccount(outcome) {
    const headline = ACCOUNT_HEADLINES[outcome.result];
    if (headline === undefined)
        return headlineOf(outcome);
    switch (outcome.account?.standing) {
        case 'ephemeral':
            return 'Made a secret of a service account for this job';
        case 'undecided':
            return 'Made a secret of a service account, which becomes current when the job succeeds';
    }
    if (outcome.result === 'revoked' && outcome.problem !== undefined)
        return 'Not every service account was revoked';
    if (outcome.result === 'revoked' && !outcome.changed)
        return 'There was no such service account to revoke';
    return headline;
}
function headlineOf(outcome) {
    const { result, family, plan, problem, expiresAt } = outcome;
    switch (result) {
        case 'created':
        case 'rotated':
            if (expiresAt !== undefined)
                return 'Created a project API key for this job';
            switch (stateOfOwn(outcome)) {
                case 'undecided':
                    return 'Created a project API key, which becomes current when the job succeeds';
                case 'previous':
                    return 'Created a project API key, but a newer one is current';
                default:
                    return result === 'created' ? 'Created a project API key' : 'Rotated the project API key';
            }
        case 'assigned':
            return 'Assigned an API key to the project';
        case 'updated':
            return 'Updated an API key';
        case 'unchanged':
            return 'The API key is as declared';
        case 'revoked':
            return family.length === 0 ? 'There was no such key to revoke' : revokedOf(family, 'API key');
        case 'swept':
            return family.length === 0 ? 'Nothing was left over' : revokedOf(family, 'left-over API key');
        case 'planned': {
            const what = plan.length === 0 ? 'nothing would be changed' : `${count(plan, 'change')} would be made`;
            return `Dry run: ${what}${problem === undefined ? '' : ', and the step would fail'}`;
        }
    }
}
function revokedOf(family, noun) {
    const revoked = family.filter(({ state }) => state === 'revoked');
    if (revoked.length === family.length)
        return `Revoked ${count(family, noun)}`;
    if (family.length === 1)
        return `The ${noun} was not revoked`;
    return `Revoked ${revoked.length === 0 ? 'none' : revoked.length} of ${count(family, noun)}`;
}
/** What the key that the outcome is about has become. */
function stateOfOwn({ facts, family }) {
    return family.find(({ apiUserId }) => apiUserId === facts?.key.id)?.state;
}
function renderStored(stored) {
    if (stored.length === 0)
        return '';
    const rows = stored
        .slice(0, ROWS_SHOWN)
        .map(({ names, where }) => [names.map(code).join(' '), escaped(where)]);
    return [table(['Stored as', 'In'], rows), ...more(stored)].join('\n');
}
function renderLeft(left) {
    if (left.length === 0)
        return '';
    const rows = shownOf(left).map(({ apiUserId, publicKey, why }) => [
        code(apiUserId),
        code(publicKey),
        escaped(why),
    ]);
    return [
        'Left as they are, since this step may not touch them:',
        '',
        table(['Key', 'Public key', 'Why'], rows),
        ...more(left),
    ].join('\n');
}
function renderFacts({ facts, account, expiresAt, result }, now) {
    if (account !== undefined)
        return renderAccount(account, expiresAt);
    if (facts === undefined)
        return '';
    const head = ['Description', code(facts.desc)];
    const rows = [
        ['Key', code(facts.key.id)],
        ['Public key', code(facts.key.publicKey)],
        ['Roles', facts.roles.map(code).join(' ') || 'none in this project'],
        [facts.groupIds.length === 1 ? 'Project' : 'Projects', facts.groupIds.map(code).join(' ')],
        ['Age', result === 'created' || result === 'rotated' ? 'new' : formatAge(ageAt(now, facts.key.id))],
    ];
    if (expiresAt !== undefined) {
        rows.push(['Lives until', `the end of this job; counts as left over from ${isoSeconds(expiresAt)}`]);
    }
    return table(head, rows);
}
function renderAccount(account, expiresAt) {
    const rows = [
        ['Client id', code(account.clientId)],
        ['Roles', account.roles.map(code).join(' ')],
        ['Project', account.groupIds.map(code).join(' ')],
    ];
    if (expiresAt !== undefined)
        rows.push(['Secret ends', isoSeconds(expiresAt)]);
    if (account.formerEndsAt !== undefined)
        rows.push(['Former secret ends', `by ${isoSeconds(account.formerEndsAt)}`]);
    return table(['Service account', code(account.desc)], rows);
}
function renderPlan({ result, plan }) {
    if (result !== 'planned' || plan.length === 0)
        return '';
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
    return renderKeys(family, now, [], () => []);
}
/** Keys of many descriptions and runs. */
function renderSwept(family, now, serverUrl) {
    return renderKeys(family, now, ['Description', 'Run'], ({ origin }) => origin === undefined ? ['', ''] : [code(origin.desc), runLink(origin.run, serverUrl)]);
}
function renderKeys(family, now, columns, cellsOf) {
    if (family.length === 0)
        return '';
    const rows = shownOf(family).map((row) => [
        code(row.apiUserId),
        code(row.publicKey),
        ...cellsOf(row),
        formatAge((0,_keys_key_js__WEBPACK_IMPORTED_MODULE_2__/* .ageAt */ .h_)(now, row.apiUserId)),
        row.state === 'retired' ? 'retired, still alive' : row.state,
    ]);
    return [table(['Key', 'Public key', ...columns, 'Age', 'State'], rows), ...more(family)].join('\n');
}
/** The only link of the summary: it leads to GitHub's own page of a run, and a mark is parsed strictly. */
function runLink({ repository, runId, attempt }, serverUrl) {
    const name = escaped(`${repository} ${runId}.${attempt}`);
    return serverUrl === '' ? name : `<a href="${serverUrl}/${repository}/actions/runs/${runId}">${name}</a>`;
}
/** The rows that a table shows, newest key first. */
function shownOf(rows) {
    const idOf = ({ apiUserId }) => ({ id: apiUserId });
    return rows.toSorted((left, right) => (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_2__/* .newestFirst */ .ll)(idOf(left), idOf(right))).slice(0, ROWS_SHOWN);
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
    const seconds = Math.floor(milliseconds / 1000);
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
  Ru: () => (/* binding */ TrustError),
  p$: () => (/* binding */ regain)
});

// UNUSED EXPORTS: trustOf

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./lib/trust.js
/**
 * Whom this process signs in as, whose certificates it believes and which proxy it goes through, as far as environment
 * and files decide it. A later step can change all of that for post, so main leaves fingerprints in the state.
 */




/** Post may not do its work in these surroundings, which fails the job, whatever `onRevokeFailure` says. */
class TrustError extends Error {
}
/** What main leaves for post. */
function trustOf(environment, credentials, proxy, nonce) {
    const secret = credentials.kind === 'apiKey' ? credentials.privateKey : credentials.clientSecret;
    return {
        kind: credentials.kind,
        caller: nameOfCaller(credentials),
        heldIn: Object.keys(environment).filter((name) => environment[name]?.trim() === secret),
        secret: fingerprint(secret, nonce),
        proxy: proxy !== undefined && `${new URL(proxy).origin}/` === proxy ? proxy : '',
        route: fingerprint(secret, nonce, proxy ?? ''),
        variables: fingerprintsOf(environment, secret, nonce),
    };
}
/**
 * Finds in the environment of post what main had.
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
    const differing = [...new Set([...Object.keys(main.variables), ...Object.keys(now)])].filter((name) => main.variables[name] !== now[name]);
    const doubtful = differing.filter((name) => !PROXIES.includes(name));
    if (doubtful.length > 0) {
        throw changed(doubtful, 'or a file named there did, so the credentials were not sent: a later step could have made this one believe ' +
            'another server.');
    }
    const isMains = (address) => fingerprint(secret, nonce, address) === main.route;
    const proxy = [main.proxy, proxyNow].find((address) => address !== undefined && isMains(address));
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
    return new TrustError(`${names.join(', ')} changed since the step itself, ${what} Set such variables for the whole job.`);
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
/** They count for Node only with the authorities of the system or of OpenSSL, and tools of all kinds set them. */
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
        return [[name, fingerprint(secret, nonce, name, value, ...paths.map(contentOf))]];
    }));
}
function fingerprint(secret, ...parts) {
    return (0,external_node_crypto_.createHmac)('sha256', secret).update(JSON.stringify(parts)).digest('hex');
}
/** Of a file, or of all files in a folder; empty where there is none. */
function contentOf(path) {
    try {
        if (!(0,external_node_fs_namespaceObject.statSync)(path).isDirectory())
            return contentOfFile(path);
        const names = (0,external_node_fs_namespaceObject.readdirSync)(path).sort();
        return JSON.stringify(names.map((name) => [name, contentOfFile((0,external_node_path_.join)(path, name))]));
    }
    catch {
        return '';
    }
}
function contentOfFile(path) {
    try {
        return (0,external_node_fs_namespaceObject.statSync)(path).isFile() ? (0,external_node_fs_namespaceObject.readFileSync)(path, 'base64') : '';
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 9381:
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
/******/ var __webpack_exports__ = __nccwpck_require__(5317);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
