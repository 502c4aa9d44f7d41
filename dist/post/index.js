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
/* harmony export */   L0: () => (/* binding */ cleaned),
/* harmony export */   lj: () => (/* binding */ parseObject),
/* harmony export */   ni: () => (/* binding */ readRefusal),
/* harmony export */   nu: () => (/* binding */ errorCodeIn)
/* harmony export */ });
/* unused harmony export retryAfter */
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

/***/ 9030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VY: () => (/* binding */ secretsIn),
/* harmony export */   cT: () => (/* binding */ withoutSecrets),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* unused harmony export isTooMuch */
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

/***/ 8152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  M: () => (/* binding */ businessOf)
});

// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __nccwpck_require__(7236);
// EXTERNAL MODULE: ./lib/keys/mark.js
var keys_mark = __nccwpck_require__(3043);
// EXTERNAL MODULE: ./lib/keys/key.js
var key = __nccwpck_require__(2375);
;// CONCATENATED MODULE: ./lib/keys/family.js


/** How long after its deadline a maker's last call may still reach the service, in milliseconds. */
const family_GRACE = 60_000;
/** The longest `timeout` and that grace: a mark, or a note, that claims more is not waited for. */
const LONGEST_MAKING = 10 * 60_000 + family_GRACE;
/** The members of the family `desc` among these keys, newest first: named so by us (marked) or by a person. */
function familyOf(desc, keys) {
    return keys.flatMap((key) => memberOf(desc, key) ?? []).sort(key/* newestFirst */.ll);
}
/** The family `desc` as the first project lists it now. */
async function readFamily(step, home) {
    return familyOf(home.desc, await step.atlas.listProjectKeys(home.groupIds[0]));
}
function memberOf(desc, key) {
    if (key.desc === desc)
        return { ...key, state: 'current' };
    const marked = (0,keys_mark/* readMark */.Mp)(key.desc);
    if (marked === undefined || !(0,keys_mark/* isMarkedAs */.Bi)(marked, desc))
        return undefined;
    return { ...key, state: marked.mark.state, mark: marked.mark };
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
 * stored. No maker works longer than `LONGEST_MAKING`.
 */
function inTheMaking(family, serviceNow) {
    return family.filter(({ id, mark }) => {
        if (mark?.until === undefined || mark.state === 'ephemeral')
            return false;
        return serviceNow <= mark.until && mark.until <= createdAt(id) + LONGEST_MAKING;
    });
}
/** Pending keys whose maker is gone for good: it had to stop by itself before that time. */
function deadPending(family, serviceNow) {
    return family.filter(({ mark }) => mark?.state === 'pending' && serviceNow > mark.until);
}
/** How long a maker waits before it looks at the other makers again, in milliseconds. */
const LOOK_AGAIN = 700;
/**
 * Whether of several makers at once (`makers` are the ids of their keys) this one has the key; `undefined` while that is
 * open. Each lists after its own create, so of two at least one sees the other: docs/lifecycle.md has the proof.
 */
function electionOf(isMade, makers, mine) {
    if (isMade || makers.some((id) => id < mine))
        return false;
    return makers.length === 1 && makers[0] === mine ? true : undefined;
}
/** Looks until the election is decided, from this family on: whether the maker of the pending key has won. */
async function winElection(step, first, mine) {
    for (let family = first;;) {
        const makers = inTheMaking(family, step.atlas.serviceNow()).map(({ id }) => id);
        const isElected = electionOf(actingCurrent(family) !== undefined, makers, mine.apiUserId);
        if (isElected !== undefined)
            return isElected;
        await step.pause(LOOK_AGAIN);
        family = await readFamily(step, mine);
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
function outsideRemit(key, claim, caller, groupIds) {
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
 * The key as its organisation shows it now, where this step may touch it; else why not. Throws `AtlasError`. A project's
 * list need not show the roles in other projects, so the key is read in the organisation.
 */
async function judge(step, key, claim, place) {
    const { orgId, groupIds } = place;
    const shown = outsideRemit(key, 'named', step.caller, groupIds);
    if (shown !== undefined)
        return { why: shown };
    try {
        const whole = place.whole?.get(key.id) ?? (await step.atlas.readOrganizationKey(orgId, key.id));
        const why = outsideRemit(whole, claim, step.caller, groupIds);
        if (why !== undefined)
            return { why };
        // The post step of its maker may just have made it current.
        if (claim === 'leftOver' && whole.desc !== key.desc)
            return { why: 'its description has just changed' };
        return { key: whole };
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        return { why: 'this step may not read it in the organisation, which shows its roles in other projects' };
    }
}
/** Whether the step may touch this member of the family; where not, the reason is told. */
async function mayTouch(step, key, place) {
    const verdict = await judge(step, key, 'member', place);
    if ('why' in verdict)
        step.leave(key, verdict.why);
    return 'key' in verdict;
}

// EXTERNAL MODULE: ./lib/keys/step.js
var keys_step = __nccwpck_require__(7168);
;// CONCATENATED MODULE: ./lib/keys/current.js
/** Giving one key of a family its plain description, so that exactly one has it in the end. */





/** Gives a key the plain text, then looks whether others did the same at the same moment. Returns the family. */
async function becomeCurrent(step, key) {
    await rename(step, key, key.desc);
    return demoteOlder(step, key);
}
/** Changes a key's description. Whoever gives the plain text calls `demoteOlder` then. */
async function rename(step, { groupIds, orgId, apiUserId }, desc) {
    await step.atlas.renameKey({ groupId: groupIds[0], orgId, apiUserId }, desc);
}
/**
 * If several keys are plain, all but the newest become previous, which everyone computes alike. Everyone does this after a
 * rename to the plain text, and whoever looks last sees all of them. Returns the family.
 */
async function demoteOlder(step, home) {
    const family = await readFamily(step, home);
    const newest = newestCurrent(step, home, family);
    const others = membersIn(family, 'current').filter((member) => member !== newest);
    await Promise.all(others.map((member) => demote(step, home, member)));
    return family;
}
/** The newest plain key that the list shows within the remit. One that somebody else renamed must decide nothing here. */
function newestCurrent(step, home, family) {
    const isOurs = (key) => outsideRemit(key, 'member', step.caller, home.groupIds) === undefined;
    return membersIn(family, 'current').find(isOurs);
}
/** Marks this step's key: not final, and somebody may hold it. `until`: the step is at work on it till then at most. */
async function markUndecided(step, key, until) {
    const mark = { ...(0,keys_step/* ownMark */.a1)(step), state: 'undecided', ...(until !== undefined && { until }) };
    await rename(step, key, (0,keys_mark/* describeMarked */.MF)(key.desc, mark));
}
/** Marks a key as superseded and alive, unless it was deleted meanwhile, or is not this step's to rename, which is told. */
async function demote(step, home, key) {
    try {
        if (!(await mayTouch(step, key, home)))
            return;
        const marked = (0,keys_mark/* describeMarked */.MF)(home.desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'previous' });
        await rename(step, { ...home, apiUserId: key.id }, marked);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'gone'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./lib/keys/concurrently.js
/** Runs `work` on every item, at most `limit` at once; returns what each gave, in their order. `work` should not fail. */
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
/** Retires the key that this step made. Throws `AtlasError`; a key that is gone already is fine. */
function retire_retireMade(step, made) {
    return retire({ ...step, atlas: step.undoing }, made);
}
/**
 * Retires keys that the step did not make, side by side, each only where it lies within the remit, and tells of each.
 * One failure does not stop the others.
 */
async function retireFound(step, keys, how) {
    const { which = ({ desc }) => `which was ${(0,keys_mark/* stateOf */.L4)(desc)}`, next, orgId } = how;
    const ends = await concurrently(keys, AT_ONCE, async (key) => {
        const end = await retireOne(step, key, how);
        const name = (0,keys_step/* nameOf */.Vb)(key);
        if (end.fate === 'deleted')
            step.log.info(`Deleted key ${name}, ${which(key)}.`);
        if (end.fate === 'gone')
            step.log.info(`Key ${name} was gone already.`);
        if (end.fate === 'left')
            step.leave(key, end.why);
        if (end.fate === 'failed') {
            step.log.warning(`Key ${name} could not be deleted; ${next} tries again. ${end.why}`);
        }
        return end;
    });
    const unassigned = ends.filter(({ fate }) => fate === 'unassigned').map(({ key }) => (0,keys_step/* nameOf */.Vb)(key));
    if (unassigned.length > 0)
        step.log.warning(retire_livesOn(unassigned.join(', '), orgId));
    return ends;
}
/** Of keys that could only be unassigned: what is left to do, and by whom. */
function retire_livesOn(names, orgId) {
    return (`Out of the project, but still alive in organisation ${orgId}: ${names}. Only an Organization Owner may delete keys: do it ` +
        'there, or run mode: sweep with that role.');
}
/** The ids of those that this step deleted. */
function deletedIn(ends) {
    return ends.filter(({ fate }) => fate === 'deleted').map(({ key }) => key.id);
}
/** What a table shows of a key that has changed. */
const SHOWN = { deleted: 'revoked', unassigned: 'retired' };
/** A table of these keys and of those that were to be retired, but for what somebody else had deleted. */
function rowsOf(family, ends = []) {
    const fates = new Map(ends.map(({ key, fate }) => [key.id, fate]));
    const keys = new Map([...family, ...ends.map(({ key }) => key)].map((key) => [key.id, key]));
    return [...keys.values()]
        .filter(({ id }) => fates.get(id) !== 'gone')
        .map(({ id, publicKey, desc }) => {
        const fate = fates.get(id);
        const marked = (0,keys_mark/* readMark */.Mp)(desc);
        return {
            apiUserId: id,
            publicKey,
            state: (fate && SHOWN[fate]) ?? marked?.mark.state ?? 'current',
            ...(marked && { origin: { desc: marked.text, run: marked.mark } }),
        };
    });
}
/** What a step did that does nothing but retire keys. */
function outcomeOf(result, ends, problem) {
    const retired = deletedIn(ends);
    // One that could only be unassigned may have been in no project already.
    const isTaken = ({ fate, key }) => fate === 'unassigned' && key.roles.some(({ groupId }) => groupId);
    return outcome({
        result,
        changed: retired.length > 0 || ends.some(isTaken),
        retired,
        family: rowsOf([], ends),
        ...(problem !== undefined && { problem }),
    });
}
async function retireOne(step, key, { claim, ...place }) {
    try {
        const verdict = await judge(step, key, claim, place);
        if ('why' in verdict)
            return { key, fate: 'left', why: verdict.why };
        const { desc, roles } = verdict.key;
        const marked = (0,keys_mark/* readMark */.Mp)(desc);
        const groupIds = [...new Set(roles.flatMap(({ groupId }) => groupId ?? []))];
        const doomed = { apiUserId: key.id, orgId: place.orgId, groupIds, desc: marked?.text ?? desc };
        // While it has its plain text, an ensure at the same moment would take it for the key to use.
        if (marked === undefined)
            await markRetired(step, doomed);
        const why = 'it is out of its projects, but only an Organization Owner may delete it';
        return { key, fate: await retire(step, doomed), why };
    }
    catch (error) {
        return { key, fate: (0,errors/* isAtlasError */.yH)(error, 'gone') ? 'gone' : 'failed', why: (0,errors/* messageOf */.bD)(error) };
    }
}
async function retire(step, doomed) {
    const { apiUserId, orgId, groupIds } = doomed;
    try {
        return await step.atlas.deleteKey(orgId, apiUserId);
    }
    catch (error) {
        if (!(0,errors/* isAtlasError */.yH)(error, 'notAllowed'))
            throw error;
        await markRetired(step, doomed);
        await Promise.all(groupIds.map((groupId) => step.atlas.unassignKey(groupId, apiUserId)));
        return 'unassigned';
    }
}
/** The mark only helps readers: a key that cannot be renamed, or is gone, still has to be retired. */
async function markRetired(step, { desc, apiUserId, orgId, groupIds: [groupId] }) {
    if (groupId === undefined)
        return;
    try {
        const retired = (0,keys_mark/* describeMarked */.MF)(desc, { ...(0,keys_step/* ownMark */.a1)(step), state: 'retired' });
        await step.atlas.renameKey({ apiUserId, orgId, groupId }, retired);
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
async function commitRotation(step, made, keepPrevious) {
    const { apiUserId } = made;
    const first = await readFamily(step, made);
    const mine = first.find(({ id }) => id === apiUserId);
    if (mine === undefined || mine.state === 'retired') {
        throw new keys_step/* KeyError */.eN(`Key ${apiUserId}, which this rotation made, cannot become current, because somebody revoked it. No other key was ` +
            'changed. Run the job again.');
    }
    // What was stored last is the newest; docs/lifecycle.md says why.
    const isSuperseded = (family) => {
        const newest = newestCurrent(step, made, family);
        return newest !== undefined && newest.id > apiUserId;
    };
    if (isSuperseded(first)) {
        await demote(step, made, mine);
        return superseded(step, apiUserId, await readFamily(step, made));
    }
    const former = membersIn(first, 'current').filter((member) => member !== mine);
    await Promise.all(former.map((member) => demote(step, made, member)));
    const last = await becomeCurrent(step, made);
    if (isSuperseded(last))
        return superseded(step, apiUserId, last);
    const doomed = [
        // An earlier try had made it current already. What has become previous since then is left to the next rotation.
        ...(mine.state === 'current' ? [] : supersededToRetire(first, last, made, keepPrevious)),
        ...abandonedToRetire(first, apiUserId, keepPrevious, step.atlas.serviceNow()),
    ];
    const left = await retireMembers(step, made, last, doomed);
    step.log.info(`The rotation is final: key ${apiUserId} is current.`);
    return { outcome: 'committed', ...left };
}
function superseded(step, apiUserId, family) {
    step.log.info(`A newer rotation was committed meanwhile; key ${apiUserId} counts as previous.`);
    const previous = supersededIn(family, apiUserId);
    return { outcome: 'superseded', retired: [], previous, family: rowsOf(family) };
}
/** The ids of the members that this key takes over from. */
function supersededIn(family, apiUserId) {
    return membersIn(allBut(apiUserId, family), 'current', 'previous').map(({ id }) => id);
}
/** Retires these members side by side, each where it lies within the remit. `family` is what the table shows besides. */
async function retireMembers(step, { groupIds, orgId, apiUserId }, family, doomed) {
    const how = { groupIds, orgId, claim: 'member', next: 'the next rotation' };
    const ends = await retireFound(step, doomed, how);
    const gone = ends.filter(({ fate }) => fate === 'deleted' || fate === 'gone').map(({ key }) => key.id);
    const previous = supersededIn(family, apiUserId).filter((id) => !gone.includes(id));
    return { retired: deletedIn(ends), previous, family: rowsOf(family, ends) };
}
/** No job runs longer, in milliseconds: https://docs.github.com/en/actions/reference/limits has five days. */
const LONGEST_JOB = 6 * 24 * 3_600_000;
/**
 * Which superseded members a commit retires. It keeps `keepPrevious` of them: first the one that was current in its first
 * look, then the newest. They are counted as the last look shows them. A member that is current there, or was demoted only
 * since the first look, is left to the next rotation, because somebody may just have got it.
 */
function supersededToRetire(first, last, { apiUserId, nonce }, keepPrevious) {
    const before = allBut(apiUserId, first);
    const previous = membersIn(before, 'previous');
    // Where an earlier try has demoted it, the former current key is known by the nonce with which it did.
    const formerFirst = [
        ...membersIn(before, 'current'),
        ...previous.filter(({ mark }) => mark?.nonce === nonce),
        ...previous,
    ];
    const known = formerFirst.map(({ id }) => id);
    const rank = ({ id }) => (id === known[0] ? 0 : 1);
    return membersIn(allBut(apiUserId, last), 'current', 'previous')
        .sort((left, right) => rank(left) - rank(right))
        .slice(keepPrevious)
        .filter(({ id, state }) => state === 'previous' && known.includes(id));
}
/**
 * Which members any rotation retires, whether it becomes final or not: those that are marked as retired, and undecided
 * ones whose job cannot commit them any more. It keeps the newest `keepPrevious` of the undecided ones, and the one that
 * stands in for a current key.
 */
function abandonedToRetire(family, apiUserId, keepPrevious, serviceNow) {
    const others = allBut(apiUserId, family);
    const acting = actingCurrent(others);
    const undecided = membersIn(others, 'undecided').slice(keepPrevious);
    return [
        ...undecided.filter((member) => member !== acting && serviceNow - (0,key/* createdAt */.CT)(member.id) > LONGEST_JOB),
        ...membersIn(others, 'retired'),
    ];
}
function allBut(apiUserId, family) {
    return family.filter(({ id }) => id !== apiUserId);
}

;// CONCATENATED MODULE: ./lib/keys/make-key.js
/**
 * Making a key so that none is ever left that nobody holds: the intent is saved, the create is sent, the id is
 * saved; a create that was answered to nobody is found by its nonce, deleted and made again; every failure
 * before the hand-over deletes the key.
 */








/** How often a create is sent in all, when its answers get lost. */
const CREATES = 3;
/** The roles that call `POST /groups/{groupId}/apiKeys`. */
const MAKE_KEYS = (/* unused pure expression or super */ null && (['GROUP_OWNER', 'GROUP_ACCESS_MANAGER']));
/** The marks of a key that nobody holds. */
const CAME_TO_NOTHING = ['pending', 'ephemeral', 'retired'];
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
/** Makes a key that nobody may take for a current one: it is marked as one of this run, or else as pending. */
async function makeKey(step, purpose, wish) {
    const { desc, groupIds, roles, ttl } = wish;
    const [first, ...others] = groupIds;
    // A pending key's step is certainly over by then. Marks know whole seconds alone.
    const end = step.atlas.serviceNow() + (ttl ?? step.remaining() + GRACE);
    const until = Math.floor(end / 1000) * 1000;
    const state = ttl === undefined ? 'pending' : 'ephemeral';
    const marked = describeMarked(desc, { ...ownMark(step), state, until });
    let intent = { purpose, desc, groupIds, nonce: step.nonce, until, answerLost: false };
    let key;
    for (let tries = 1; key === undefined; tries += 1) {
        step.journal({ phase: 'making', ...intent });
        try {
            key = await step.atlas.createKey(first, { desc: marked, roles });
        }
        catch (error) {
            if (!isAtlasError(error, 'answerLost', 'timeout', 'cancelled')) {
                step.journal(nothingLeft(intent));
                throw error;
            }
            intent = { ...intent, answerLost: true };
            step.journal({ phase: 'making', ...intent });
            try {
                await retireStrays(step, intent);
            }
            catch {
                step.log.warning('Atlas did not answer when a key was made, and could not be searched for that key; the post step does it.');
                throw error;
            }
            if (tries === CREATES || step.isOver())
                throw error;
        }
    }
    const { id } = key;
    const orgId = await organizationOf(step, first, [key]);
    const made = { key, intent: { ...intent, apiUserId: id, orgId } };
    step.journal({ phase: 'made', ...made.intent });
    await orUndo(step, made, async () => {
        // Waits for all of them: an assignment that ends after the undoing would put the key back into its project.
        const assigned = await Promise.allSettled(others.map((groupId) => step.atlas.assignKey(groupId, id, roles)));
        const failed = assigned.find((result) => result.status === 'rejected');
        if (failed !== undefined)
            throw failed.reason;
    });
    const powers = roles.filter((role) => MAKE_KEYS.includes(role));
    if (powers.length > 0) {
        step.log.info(`Whoever holds the new key can make further keys with ${powers.join(', ')}, and revoking this one does not end ` +
            'those. Give it narrower roles where they suffice.');
    }
    return made;
}
/** What a step did that has made a key and handed it out. */
function outcomeOfMade({ key, intent }, rest) {
    const { desc, orgId, groupIds } = intent;
    return outcome({
        result: 'created',
        changed: true,
        facts: { key, desc, orgId, groupIds, roles: rolesIn(groupIds[0], key) },
        privateKey: key.privateKey,
        ...rest,
    });
}
/** Does what a new key needs before somebody holds it. Where that fails, or gives `false`, the key is undone. */
async function orUndo(step, made, act) {
    try {
        if ((await act()) !== false)
            return true;
    }
    catch (error) {
        await undo(step, made);
        throw error;
    }
    await undo(step, made);
    return false;
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
/** Retires every key that a create of this intent made, but for `keep`. Returns whether there was any. */
async function retireStrays(step, intent, keep) {
    const { groupIds, nonce } = intent;
    step.log.info('Atlas did not answer when a key was made; looking for that key.');
    const undoing = { ...step, atlas: step.undoing };
    const keys = await undoing.atlas.listProjectKeys(groupIds[0]);
    const strays = keys.filter(({ id, desc }) => {
        const mark = (0,keys_mark/* readMark */.Mp)(desc)?.mark;
        // A step writes its nonce on keys of others, too: on the former current one when that becomes previous.
        return id !== keep && mark?.nonce === nonce && CAME_TO_NOTHING.includes(mark.state);
    });
    if (strays.length === 0)
        return false;
    const ends = await retireFound(undoing, strays, {
        orgId: await (0,key/* organizationOf */.d1)(undoing, groupIds[0], strays),
        groupIds,
        claim: 'member',
        which: () => 'which had been made without an answer',
        next: 'the post step',
    });
    const failed = ends.find((end) => end.fate === 'failed');
    if (failed !== undefined)
        throw new keys_step/* KeyError */.eN(failed.why);
    return ends.some(({ fate }) => fate === 'deleted' || fate === 'unassigned');
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
 * nothing is left.
 */
function unfinishedBusiness(entry, jobStatus) {
    if (entry.phase === 'idle')
        return undefined;
    const isMade = entry.phase !== 'making';
    const task = isMade ? taskOf(entry, jobStatus) : findUnanswered(entry);
    const mayTurnUp = isMade && entry.answerLost;
    return {
        ...task,
        asksAtlas: mayTurnUp || task.asksAtlas !== false,
        mayWarn: (error) => {
            // A limit strikes many jobs at once, and each would leave a key behind, so this has to be seen.
            const reasons = [error, error instanceof Error && error.cause];
            if (reasons.some((reason) => (0,errors/* isAtlasError */.yH)(reason, 'rateLimited')))
                return false;
            return task.mayWarn?.(error) ?? true;
        },
        settle: async (step) => {
            const settlement = await task.settle(step);
            if (mayTurnUp)
                await retireStrays(step, entry, entry.apiUserId);
            return settlement;
        },
    };
}
function taskOf(entry, jobStatus) {
    const { phase, purpose } = entry;
    if (phase === 'made' || purpose.mode === 'ephemeral')
        return withdrawal(entry);
    if (phase === 'delivering')
        return undecided(entry, 'the step ended while it stored the key');
    if (purpose.mode === 'ensure')
        return finishEnsure(entry);
    if (jobStatus === 'success' || purpose.commit === 'step')
        return commit(entry, purpose.keepPrevious);
    const left = undecided(entry, whyOpen(jobStatus));
    if (phase !== 'open')
        return left;
    // Its key is marked already.
    return { ...left, asksAtlas: false, settle: async (step) => warn(step, left.told) };
}
/** Why a rotation was not made final when its job ended, as the end of a sentence. */
function whyOpen(jobStatus) {
    return jobStatus === undefined
        ? 'the runner did not tell the post step how the job went (inside composite actions inputs get lost; commit: step ' +
            'does not wait for the job)'
        : 'the job did not succeed';
}
function warn(step, warning) {
    step.log.warning(warning);
    return { warning };
}
function findUnanswered(intent) {
    return {
        task: 'findUnanswered',
        told: `A key with the mark ${intent.nonce} may have been made in project ${intent.groupIds[0]} and is held by nobody: delete ` +
            'it if it is there.',
        settle: async (step) => {
            if (!(await retireStrays(step, intent))) {
                await step.pause(LATE_CREATE);
                await retireStrays(step, intent);
            }
            return {};
        },
    };
}
/** Nobody shall hold the key any more, or nobody ever did. */
function withdrawal(made) {
    const { purpose, apiUserId, orgId } = made;
    const mustRevoke = purpose.mode === 'ephemeral' && purpose.onRevokeFailure === 'fail';
    return {
        task: purpose.mode === 'ephemeral' ? 'revoke' : 'withdraw',
        told: `Key ${apiUserId} of organisation ${orgId} is still alive: delete it.`,
        mayWarn: () => !mustRevoke,
        settle: async (step) => {
            const retirement = await retire_retireMade(step, made);
            if (retirement === 'unassigned') {
                const told = retire_livesOn(apiUserId, orgId);
                return mustRevoke ? { problem: told } : warn(step, told);
            }
            step.log.info(retirement === 'gone' ? `Key ${apiUserId} was gone already.` : `Revoked key ${apiUserId}.`);
            return {};
        },
    };
}
/** The key was handed out, and what ends its making is missing. */
function finishEnsure(made) {
    const { desc, groupIds, apiUserId } = made;
    return {
        task: 'finishEnsure',
        told: `Key ${apiUserId} of project ${groupIds[0]} was handed out and still carries a mark: give it the description ` +
            `"${desc}".`,
        settle: async (step) => {
            const family = await readFamily(step, made);
            const state = family.find(({ id }) => id === apiUserId)?.state;
            if (state === undefined) {
                return warn(step, `Key ${apiUserId}, which this step handed out, is gone: somebody else deleted it. Run the job again for a new one.`);
            }
            // The time of a pending one may be over, and another run may have made the key meanwhile.
            const isLate = state === 'pending' && membersIn(family, 'current').length > 0;
            if (isLate || state === 'retired')
                return withdrawal(made).settle(step);
            if (state === 'current')
                await demoteOlder(step, made);
            if (state === 'pending' || state === 'undecided') {
                await becomeCurrent(step, made);
                step.log.info(`The step had ended before key ${apiUserId} got its description; it has it now.`);
            }
            // Otherwise it was current, and a later rotation has superseded it.
            return {};
        },
    };
}
/** The key was handed out, or may have been, and the job did not succeed. */
function undecided(made, why) {
    const { groupIds, apiUserId, purpose } = made;
    const told = `Key ${apiUserId} of project ${groupIds[0]} stays alive, undecided, because ${why}, and somebody may have stored it. ` +
        (purpose.mode === 'ensure'
            ? 'The next run makes another one. Delete this one when nobody holds it.'
            : `Later rotations remove it. ${tellFormer(made)}`);
    return {
        task: 'leaveUndecided',
        told,
        settle: async (step) => {
            const family = await readFamily(step, made);
            const mine = family.find(({ id }) => id === apiUserId);
            if (mine === undefined || mine.state === 'retired') {
                return warn(step, `Key ${apiUserId}, which this step made, is no longer in use: somebody revoked it. ${tellFormer(made)}`);
            }
            if (mine.mark?.until !== undefined)
                await markUndecided(step, made);
            return warn(step, told);
        },
    };
}
function commit(made, keepPrevious) {
    const { groupIds, apiUserId } = made;
    return {
        task: 'commit',
        told: `The rotation to key ${apiUserId} of project ${groupIds[0]} is not final. ${tellFormer(made)} The next rotation makes ` +
            'another key.',
        mayWarn: (error) => (0,errors/* isAtlasError */.yH)(error, 'gone'),
        settle: async (step) => ({ commit: await commitRotation(step, made, keepPrevious) }),
    };
}
/** Which key others find meanwhile. */
function tellFormer({ purpose }) {
    return purpose.mode === 'rotate' && purpose.former !== undefined
        ? `The former key ${purpose.former} stays current.`
        : 'There was no current key before it.';
}

;// CONCATENATED MODULE: ./lib/accounts/account.js
/** Two secrets an account; an expired one keeps its place until it is deleted. */
const PLACES = 2;
const HOUR = 3_600_000;
/** The longest that a job may run, in milliseconds: https://docs.github.com/en/actions/reference/limits */
const account_LONGEST_JOB = 5 * 24 * HOUR;
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
        isLeased && 'leased',
        pending && `pending ${pending.nonce} ${Math.floor(pending.until / 1000)}`,
        current && `current ${current}`,
        previous && `previous ${previous}`,
        next && `next ${next.id} ${next.state}`,
    ]
        .filter((words) => words)
        .join(' ');
}
/** What the failure of its job makes of a rotation's secret. */
function afterFailure(state) {
    return state === 'stored' || state === 'kept' ? 'kept' : 'failed';
}
/** What an account's description says; nothing, where we did not write it or the account is gone. */
function noteOf(account) {
    return readNote(account?.description ?? '') ?? {};
}
/** The account as the project lists it now; `undefined` where it does not. */
async function accountIn({ accounts }, { groupId, clientId }) {
    return (await accounts.list(groupId)).find((listed) => listed.clientId === clientId);
}
/** Makes this the account's description. */
async function writeNote({ accounts }, { groupId, clientId }, note) {
    await accounts.update(groupId, clientId, { description: describe(note) });
}
/**
 * The accounts of exactly this name, oldest first; never the one that the step signs in as. A new secret brings the end of
 * the others on its account nearer, so a lease must not stand beside a secret that is to last: `leasable` and `lasting`
 * keep such accounts apart.
 */
function account_familyOf(name, accounts, caller) {
    return accounts
        .filter((account) => account.name === name && account.clientId !== caller)
        .sort((left, right) => (left.clientId < right.clientId ? -1 : 1));
}
/** The accounts that runs may lease: those made for that, and those of a person without a secret that still works. */
function leasable(family, serviceNow) {
    return family.filter((account) => {
        const note = readNote(account.description);
        return note === undefined ? secretsOf(account, serviceNow).alive.length === 0 : note.isLeased;
    });
}
/** Those that are to last. */
function lasting(family) {
    return family.filter((account) => !noteOf(account).isLeased);
}
/** Secrets by the service's clock: those that still work, newest first, and those that only keep a place. */
function secretsOf({ secrets }, serviceNow) {
    return {
        alive: secrets.filter(({ expiresAt }) => expiresAt > serviceNow).sort(newestFirst),
        expired: secrets.filter(({ expiresAt }) => expiresAt <= serviceNow),
    };
}
/**
 * What each living secret is. The one that ends like `known` is current, because this job uses it. Without a note the
 * oldest is current: the newer of two may have been made by a lost run, and then nobody holds it. One that a rotation
 * stored is current even if its job did not succeed, because whoever reads the store holds it. No job runs longer than
 * `LONGEST_JOB`; one that has not decided by then counts as failed. A secret that no note names is somebody else's.
 */
function standingOf(account, serviceNow, known) {
    const { alive } = secretsOf(account, serviceNow);
    const note = noteOf(account);
    const next = alive.find(({ id }) => id === note.next?.id);
    const isOver = next !== undefined && serviceNow - next.createdAt > account_LONGEST_JOB;
    const state = next && note.next && (isOver ? afterFailure(note.next.state) : note.next.state);
    const open = state === 'open' || state === 'stored' ? next : undefined;
    const held = alive.find((secret) => secret !== open && secret.tail && known?.endsWith(secret.tail));
    const named = state === 'kept' ? next : alive.find(({ id }) => id === note.current);
    const oldest = note.current === undefined ? alive.findLast((secret) => secret !== next) : undefined;
    const current = held ?? named ?? oldest;
    const ours = [note.current, note.previous, note.next?.id];
    const others = alive.filter((secret) => secret !== current);
    const isSpare = (secret) => secret !== open && ours.includes(secret.id);
    return {
        current,
        spare: others.filter(isSpare),
        taken: others.filter((secret) => !isSpare(secret)),
    };
}
/** Ids begin with their time; of one second the rest only has to be the same order for everybody. */
function newestFirst(left, right) {
    return right.createdAt - left.createdAt || right.id.localeCompare(left.id);
}

;// CONCATENATED MODULE: ./lib/accounts/revoke.js
/**
 * revoke: every secret of the accounts of this name, then the accounts. What is gone already is a success. And what a step
 * may end at all, and how, in any mode.
 */



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
    for (const account of family) {
        const why = await withdrawFound(step, { groupId, orgId }, account).catch(messageOf);
        if (why !== undefined)
            left.push(`${account.clientId}: ${why}`);
    }
    return outcome({
        result: 'revoked',
        changed: left.length < family.length,
        ...(left.length > 0 && {
            problem: `Not every service account could be revoked. ${left.join('; ')}. Delete by hand in Atlas whatever has to go all the same.`,
        }),
    });
}
/**
 * Why an account is left alone, as the end of a sentence; `undefined` where it may be touched. A Project Owner cannot see
 * an account's other projects, and Atlas itself then refuses him: an account in a second project is beyond his role.
 */
async function outsideAccountRemit(step, { groupId, orgId }, { clientId }) {
    if (clientId === step.caller)
        return 'it is the account that this step signs in as';
    const projects = await step.atlas.accounts.listProjects(orgId, clientId).catch((error) => {
        if (isAtlasError(error, 'notAllowed'))
            return [];
        throw error;
    });
    const other = projects.find((project) => project !== groupId);
    return other && `it is in project ${other}, too, which this step does not name`;
}
/** Withdraws an account that the step did not make. Where it may not, that is told, and why is returned. */
async function withdrawFound(step, place, account) {
    const why = await outsideAccountRemit(step, place, account);
    if (why === undefined)
        await withdrawAccount(step, place, account);
    else
        step.log.warning(`Left service account ${account.clientId} as it is: ${why}.`);
    return why;
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






/** Keys alone have a family that is told. */
const COMMITTED = { outcome: 'committed', retired: [], previous: [], family: [] };
/** Decides from the journal and the job's status, which is undefined where the runner did not say. */
function unfinishedLease({ phase, ...lease }, jobStatus) {
    const { purpose, clientId, secretId, former } = lease;
    const name = `Secret ${secretId} of service account ${clientId}`;
    if (phase === 'made' || purpose.mode === 'ephemeral') {
        return {
            task: 'deleteSecret',
            told: `${name} is still alive. Atlas ends it on ${(0,keys_mark/* isoSeconds */.nE)(lease.expiresAt)}; delete it to end it now.`,
            asksAtlas: true,
            mayWarn: () => purpose.mode !== 'ephemeral' || purpose.onRevokeFailure === 'warn',
            settle: (step) => takeBack(step, lease).then(() => ({})),
        };
    }
    if (purpose.mode === 'ensure') {
        return {
            task: 'finishAccount',
            told: `${name} was handed out, and the account's description still says that it is being made. Run the job again.`,
            asksAtlas: true,
            mayWarn: () => true,
            settle: async (step) => {
                // An account that is not pending any more may have been rotated since.
                const { pending } = noteOf(await accountIn(step.atlas, lease));
                if (pending !== undefined)
                    await writeNote(step.atlas, lease, {});
                return {};
            },
        };
    }
    const next = former === undefined
        ? 'Run the job again.'
        : `Atlas ends the former secret by ${(0,keys_mark/* isoSeconds */.nE)(former.expiresAt)}: run the job again before then.`;
    const mayWarn = (error) => (0,errors/* isAtlasError */.yH)(error, 'gone');
    if (phase === 'handedOut' && (jobStatus === 'success' || purpose.commit === 'step')) {
        return {
            task: 'commitSecret',
            told: `The rotation to secret ${secretId} of service account ${clientId} is not final. ${next}`,
            asksAtlas: true,
            mayWarn,
            settle: (step) => commitLease(step, lease, purpose.keepPrevious).then(() => ({ commit: COMMITTED })),
        };
    }
    const why = phase === 'stored' ? 'the step ended while it stored the secret' : whyOpen(jobStatus);
    const beside = former === undefined ? '' : ' beside the former one';
    const told = `${name} stays alive${beside}, because ${why}. ${next}`;
    return {
        task: 'leaveSecret',
        told,
        asksAtlas: true,
        mayWarn,
        settle: async (step) => {
            const note = noteOf(await accountIn(step.atlas, lease));
            if (note.next?.id === secretId) {
                // So that the next rotation knows which secret may go.
                const state = afterFailure(note.next.state);
                await writeNote(step.atlas, lease, { ...note, next: { id: secretId, state } });
            }
            return { problem: told };
        },
    };
}
/** Makes the new secret the current one. With `keepPrevious: 0` the former one is deleted. */
async function commitLease(step, lease, keepPrevious) {
    const { groupId, clientId, secretId, former } = lease;
    const account = await accountIn(step.atlas, lease);
    if (!account?.secrets.some(({ id }) => id === secretId)) {
        throw new keys_step/* KeyError */.eN(`Secret ${secretId} of service account ${clientId}, which this rotation made, is gone: somebody deleted it. Run the job ` +
            'again for a new one.');
    }
    const { current, next } = noteOf(account);
    // Unless it was done before, by a run that was interrupted then: another rotation may have followed since.
    if (current === undefined || next?.id === secretId) {
        // The former one is named even where it is about to be deleted: were that lost, nobody could tell whose secret it is.
        const note = { current: secretId, ...(former && { previous: former.id }) };
        await writeNote(step.atlas, lease, note);
        step.log.info(`The rotation is final: secret ${secretId} of service account ${clientId} is current.`);
    }
    if (keepPrevious === 1 || former === undefined)
        return;
    await step.atlas.accounts.deleteSecret(groupId, clientId, former.id);
    step.log.info(`Deleted the former secret ${former.id} of service account ${clientId}.`);
}

;// CONCATENATED MODULE: ./lib/business.js
/** What main left for post to do, for a key or for a secret of a service account. */


/** Decides from the journal and the job's status; `undefined` when nothing is left. */
function businessOf(entry, jobStatus) {
    return 'credential' in entry ? unfinishedLease(entry, jobStatus) : unfinishedBusiness(entry, jobStatus);
}


/***/ }),

/***/ 3867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   WW: () => (/* binding */ looksLikeSecret),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   kk: () => (/* binding */ UUID),
/* harmony export */   nt: () => (/* binding */ readVariable)
/* harmony export */ });
/* unused harmony exports Findings, nameAll */
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

/***/ 9772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IW: () => (/* binding */ readJobStatus)
/* harmony export */ });
/* unused harmony exports readRunIdentity, readServerUrl, explainMissingSecrets */
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5834);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);


/** The run that this step belongs to. */
function readRunIdentity(environment, { problems }) {
    const read = (name, form) => {
        const text = readVariable(environment, name);
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
    const status = (0,_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .readInput */ .R5)(environment, 'jobStatus');
    return _request_js__WEBPACK_IMPORTED_MODULE_1__/* .JOB_STATUSES */ .nE.find((candidate) => candidate === status);
}
/** GitHub's address in a browser, for links to runs; empty where the runner does not say. */
function readServerUrl(environment) {
    const address = readVariable(environment, 'GITHUB_SERVER_URL');
    return /^https?:\/\/[\w.-]+(?::\d+)?$/.test(address) ? address : '';
}
/** Why secrets may be empty in this run, to go behind another sentence; empty when nothing is known of it. */
function explainMissingSecrets(environment) {
    const actors = ['GITHUB_ACTOR', 'GITHUB_TRIGGERING_ACTOR'].map((name) => readVariable(environment, name));
    if (actors.includes('dependabot[bot]')) {
        return ' Dependabot started this run, and its runs get Dependabot secrets instead of Actions secrets: store them under Settings, Secrets and variables, Dependabot, too, or skip this step for it.';
    }
    // `pull_request_target` runs in the base repository and does get its secrets.
    return /^pull_request(?!_target)/.test(readVariable(environment, 'GITHUB_EVENT_NAME'))
        ? ' If this pull request comes from a fork: GitHub gives no secrets to those, so skip this step for them (`if: github.event.pull_request.head.repo.full_name == github.repository`).'
        : '';
}


/***/ }),

/***/ 6365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  q: () => (/* binding */ readSecrets)
});

// EXTERNAL MODULE: external "node:querystring"
var external_node_querystring_ = __nccwpck_require__(1792);
// EXTERNAL MODULE: ./lib/inputs/findings.js
var findings = __nccwpck_require__(3867);
;// CONCATENATED MODULE: ./lib/inputs/credentials.js




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
        const read = from === 'inputs' ? findings/* readInput */.R5 : findings/* readVariable */.nt;
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
    const hint = explainMissingSecrets(environment);
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
    ['apiKey', 'secret', findings/* UUID */.kk, 'a private key (a UUID)', 'atlasPrivateKey'],
    ['serviceAccount', 'id', /^mdb_sa_id_[^:]*$/i, 'a client id (`mdb_sa_id_…`)', 'atlasClientId'],
    ['serviceAccount', 'secret', /mdb_sa_sk_/i, 'a client secret (`mdb_sa_sk_…`)', 'atlasClientSecret'],
];
/** What is wrong with a pair, half or whole. No sentence repeats a value. */
function faultsOf(pair, hint) {
    const { kind, id, secret, idName, secretName } = pair;
    if (secret.includes(':') && SECRET_FORMS[kind].test(secret)) {
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
    if (!exportEnv || mode === undefined || !MAKING_MODES.includes(mode))
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
    if (readVariable(environment, 'MONGODB_ATLAS_ACCESS_TOKEN') !== '') {
        warnings.push('`exportEnv` sets credentials, but the Terraform provider uses the token in `MONGODB_ATLAS_ACCESS_TOKEN` before any others, so later steps that run it act as the owner of that token: take it out of the environment.');
    }
}

;// CONCATENATED MODULE: ./lib/inputs/secrets.js



const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
/** Everything among inputs and environment that must be masked and never told, each value once. */
function readSecrets(environment) {
    const pairs = readPairs(environment);
    const given = [...pairs.map(({ secret }) => secret), (0,findings/* readInput */.R5)(environment, 'knownPrivateKey')];
    const secrets = [
        // The runner masks a combined secret as a whole only, and its second half is handed out by itself.
        ...given.flatMap((secret) => [secret, secret.slice(secret.indexOf(':') + 1)]),
        // A secret that was pasted where an id should stand.
        ...pairs.map(({ id }) => id).filter(findings/* looksLikeSecret */.WW),
        (0,findings/* readInput */.R5)(environment, 'githubToken'),
        ...Object.keys(environment)
            .filter((name) => name.startsWith('INPUT_'))
            .flatMap((name) => environment[name]?.match(/mdb_sa_sk_[\w-]+/gi) ?? []),
        ...PROXY_VARIABLES.flatMap((name) => proxySecrets((0,findings/* readVariable */.nt)(environment, name))),
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
    return [userInfo, encoded, external_node_querystring_.unescape(userInfo)].flatMap((form) => {
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
/* harmony export */   ll: () => (/* binding */ newestFirst)
/* harmony export */ });
/* unused harmony exports ageAt, isOwner, rolesIn, sameRoles */
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
/* harmony export */   Bi: () => (/* binding */ isMarkedAs),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   MF: () => (/* binding */ describeMarked),
/* harmony export */   Mp: () => (/* binding */ readMark),
/* harmony export */   nE: () => (/* binding */ isoSeconds)
/* harmony export */ });
/* unused harmony exports DESC_LIMIT, looksLikeMark, beginsLikeMark */
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
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   a1: () => (/* binding */ ownMark),
/* harmony export */   eN: () => (/* binding */ KeyError)
/* harmony export */ });
/* unused harmony exports count, DeliveryError */
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

/***/ 5317:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7236);
/* harmony import */ var _business_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8152);
/* harmony import */ var _inputs_run_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9772);
/* harmony import */ var _inputs_secrets_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6365);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(483);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2787);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8847);
/* harmony import */ var _trust_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3264);
/* harmony import */ var _wire_proxy_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9381);
/** After the job: finishes or undoes what main left, from the state alone. */









/**
 * How long post waits for rate limits, in milliseconds: a key lives on if it gives up. Atlas gives out fifty tokens a
 * minute, so this is enough for two hundred jobs that end at the same moment.
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
    for (const secret of (0,_inputs_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .readSecrets */ .q)(process.env))
        (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .mask */ .dK)(secret);
    const record = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeState */ .UJ)((0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .readState */ .un)());
    if (record === undefined)
        return;
    const business = (0,_business_js__WEBPACK_IMPORTED_MODULE_4__/* .businessOf */ .M)(record.entry, (0,_inputs_run_js__WEBPACK_IMPORTED_MODULE_5__/* .readJobStatus */ .IW)(process.env));
    if (business === undefined)
        return;
    if (!business.asksAtlas) {
        _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.warning(business.told);
        return (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, business.told));
    }
    try {
        await finish(record, business);
    }
    catch (error) {
        const what = `${(0,_atlas_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)} ${business.told}`;
        if (!(error instanceof _trust_js__WEBPACK_IMPORTED_MODULE_7__/* .TrustError */ .Ru) && business.mayWarn(error))
            _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.warning(what);
        else
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .fail */ .fJ)(new Error(what, { cause: error }));
        await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, what));
    }
}
async function finish(record, business) {
    const { credentials, proxy } = regainTrust(record);
    // Mostly nothing is left to do, and then the larger part of this action, undici, is not even loaded.
    const { listenForCancel, openSession } = await __nccwpck_require__.e(/* import() */ 824).then(__nccwpck_require__.bind(__nccwpck_require__, 7824));
    const session = openSession({
        record,
        credentials,
        proxy: proxy === '' ? undefined : proxy,
        signals: listenForCancel(),
        patience: PATIENCE,
    });
    try {
        const { commit, warning, problem } = await business.settle(session.step);
        if (problem !== undefined)
            (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .fail */ .fJ)(new Error(problem));
        const told = problem ?? warning;
        if (commit !== undefined) {
            await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCommit */ .ak)(commit, session.left));
        }
        else if (told !== undefined)
            await (0,_publish_js__WEBPACK_IMPORTED_MODULE_0__/* .publishSummary */ .Iv)((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .renderUnfinished */ .kl)(business.task, told));
    }
    finally {
        await session.close();
    }
}
/** Whom main signed in as and which way it went. Where Atlas is comes from the state. */
function regainTrust({ trust, nonce, baseUrl }) {
    let proxyNow;
    try {
        proxyNow = (0,_wire_proxy_js__WEBPACK_IMPORTED_MODULE_8__/* .proxyFor */ .i)(baseUrl, process.env) ?? '';
    }
    catch {
        // What the variable holds is no address, so it cannot be the proxy of main.
    }
    const regained = (0,_trust_js__WEBPACK_IMPORTED_MODULE_7__/* .regain */ .p$)(trust, process.env, nonce, proxyNow);
    const { proxy, ignored } = regained;
    if (ignored.length > 0) {
        _publish_js__WEBPACK_IMPORTED_MODULE_0__/* .log */ .Rm.info(`${ignored.join(', ')} changed since the step itself ran; the post step still uses ` +
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
    const createdAt = facts === undefined ? account?.createdAt : createdAtOf(facts.key.id);
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
        createdAt: createdAt === undefined ? '' : isoSeconds(createdAt),
        expiresAt: outcome.expiresAt === undefined ? '' : isoSeconds(outcome.expiresAt),
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
    const replaced = Object.keys(variables).filter((name) => process.env[name] !== undefined && process.env[name] !== variables[name]);
    if (replaced.length > 0) {
        log.warning(`exportEnv replaces ${replaced.join(', ')} for the rest of this job. Another use of this ` +
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
    surface: (value) => SURFACES.some((surface) => surface === value),
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


/***/ }),

/***/ 8847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ak: () => (/* binding */ renderCommit),
/* harmony export */   kl: () => (/* binding */ renderUnfinished),
/* harmony export */   zt: () => (/* binding */ renderFailure)
/* harmony export */ });
/* unused harmony exports renderSummary, tellPlan */
/* harmony import */ var _atlas_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7236);
/* harmony import */ var _inputs_findings_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3867);
/* harmony import */ var _keys_key_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2375);
/* harmony import */ var _keys_mark_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3043);
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
        key === undefined ? '' : code(nameOf(key)),
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
    if (!(error instanceof _inputs_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz))
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
            const what = plan.length === 0 ? 'nothing would be changed' : `${count(plan, 'change')} would be made`;
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
    return `Revoked ${revoked === family.length ? '' : `${revoked} of `}${count(family, noun)}`;
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
    const at = (time) => (time === undefined ? undefined : isoSeconds(time));
    const [until, formerUntil] = [at(expiresAt), at(account?.formerEndsAt)];
    const rows = [
        ['Key', facts && code(facts.key.id)],
        ['Public key', facts && code(facts.key.publicKey)],
        ['Client id', account && code(account.clientId)],
        ['Roles', codes(about.roles) || 'none in this project'],
        [about.groupIds.length === 1 ? 'Project' : 'Projects', codes(about.groupIds)],
        ['Made', facts && isoSeconds(createdAt(facts.key.id))],
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
        return `Dry run, would ${action}${key === undefined ? '' : ` key ${nameOf(key)}`}: ${what}`;
    });
}
/** @param serverUrl given for keys of many descriptions and runs, of which each row then tells its own */
function renderFamily(family, serverUrl) {
    const columns = serverUrl === undefined ? [] : ['Description', 'Run'];
    return table(['Key', 'Public key', ...columns, 'Made', 'State'], newest(family), (row) => [
        code(row.apiUserId),
        code(row.publicKey),
        ...(serverUrl === undefined ? [] : cellsOfOrigin(row, serverUrl)),
        (0,_keys_mark_js__WEBPACK_IMPORTED_MODULE_2__/* .isoSeconds */ .nE)((0,_keys_key_js__WEBPACK_IMPORTED_MODULE_3__/* .createdAt */ .CT)(row.apiUserId)),
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
    return rows.toSorted((left, right) => (0,_keys_key_js__WEBPACK_IMPORTED_MODULE_3__/* .newestFirst */ .ll)({ id: left.apiUserId }, { id: right.apiUserId }));
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
