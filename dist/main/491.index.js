export const id = 491;
export const ids = [491];
export const modules = {

/***/ 3157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qq: () => (/* binding */ HttpClient)
/* harmony export */ });
/* unused harmony exports BearerCredentialHandler, getExecOutput */
/**
 * Stands in for `@actions/http-client` and `@actions/exec` in the bundles (`paths` in tsconfig.json, which ncc obeys inside
 * node_modules too). The first brings a second undici and makes the step start 40 ms later; of all that is done with it we
 * need nothing: `@actions/core` wants it for OIDC tokens only, and `@actions/github` asks it for the proxy's agent, while
 * we hand octokit a `fetch` of our own that knows the proxy. The second loads Node's child processes, and `@actions/core`
 * imports it only to ask for the name of the operating system, which this action never does.
 */
class HttpClient {
    /** `undefined` leaves octokit without an agent; its `fetch` needs none. */
    getAgent() {
        return undefined;
    }
    /** `undefined` leaves the choice of dispatcher to undici. */
    getAgentDispatcher() {
        return undefined;
    }
    /** What `getIDToken` of `@actions/core` would call. */
    getJson() {
        return Promise.reject(new Error('This action asks for no OIDC token: @actions/http-client is not bundled'));
    }
}
/** `@actions/core` makes one for OIDC tokens only. */
class BearerCredentialHandler {
}
function getExecOutput() {
    return Promise.reject(new Error('This action starts no programs: @actions/exec is not bundled'));
}


/***/ }),

/***/ 3935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSecretStore: () => (/* binding */ openSecretStore)
});

// UNUSED EXPORTS: decodePublicKey, seal

// EXTERNAL MODULE: ./node_modules/@noble/hashes/blake2.js + 4 modules
var blake2 = __webpack_require__(904);
// EXTERNAL MODULE: ./node_modules/tweetnacl/nacl-fast.js
var nacl_fast = __webpack_require__(668);
// EXTERNAL MODULE: ./lib/keys/concurrently.js
var concurrently = __webpack_require__(5836);
// EXTERNAL MODULE: ./lib/keys/step.js
var step = __webpack_require__(7168);
// EXTERNAL MODULE: ./lib/wire/wire.js
var wire = __webpack_require__(3112);
// EXTERNAL MODULE: ./lib/github/retry.js
var retry = __webpack_require__(3661);
;// CONCATENATED MODULE: ./lib/github/refusal.js


/** A call that came to nothing, after all tries. */
class Refusal extends Error {
    name = 'Refusal';
    /** What it was to do, up to the name of where: `Opening`. */
    deed;
    where;
    /** The sentences after "… failed: ". */
    why;
    /** A try was sent and not clearly refused: what it asked for may have been done. */
    inDoubt;
    constructor(deed, where, details) {
        super(`${deed} ${where} failed: ${details.why}`, { cause: details.cause });
        this.deed = deed;
        this.where = where;
        this.why = details.why;
        this.inDoubt = details.inDoubt;
    }
}
/** One sentence and its reason for all that failed alike. */
function tellRefusals(refusals) {
    const alike = Map.groupBy(refusals, ({ deed, why }) => `${deed} ${why}`);
    return [...alike.values()]
        .map((all) => {
        // not covered: a group has at least one member, which the types do not know.
        const { deed, why } = all[0] ?? { deed: '', why: '' };
        return `${deed} ${listed(all.map(({ where }) => where))} failed: ${why}`;
    })
        .join(' ');
}
/** `a`, `b` and `c`. */
function listed(names) {
    return new Intl.ListFormat('en-GB').format(names);
}
/** Reads the last try of a call. Pure: GitHub's text comes out cleaned, and nothing of the request. */
function explain(outcome, target, tried) {
    const times = tried === 1 ? '' : ` in ${tried} tries`;
    if (outcome.kind === 'fault')
        return { why: explainFault(outcome.fault, times), cause: outcome.fault };
    return { why: `${wordsOf(outcome.answer)}${times}. ${adviceOn(outcome.answer, target)}` };
}
/** What GitHub answered, in a few words. */
function wordsOf({ status, data }) {
    const detail = clean((0,retry/* messageOf */.bD)(data)).replace(/[.\s]+$/, '');
    return detail === '' ? `GitHub answered ${status}` : `GitHub answered ${status} (${detail})`;
}
function adviceOn(answer, target) {
    const { status } = answer;
    if ((0,retry/* isRateLimit */.a5)(answer))
        return adviceOnRateLimit(answer);
    if ((0,retry/* isServerFault */.WN)(answer))
        return 'GitHub has trouble of its own: run the job again later.';
    if ((0,retry/* isConflict */.dh)(answer))
        return 'Somebody else writes the same secret just now: run the job again.';
    if (status === 401)
        return 'The githubToken is expired, revoked or mistyped: give a new one.';
    if (status === 403)
        return adviceOnPermission(answer, target);
    if (status === 404) {
        return `Either there is no such ${target.noun}, or the token does not see it, for GitHub then answers 404 as well: it needs ${target.permission}.`;
    }
    if (status >= 300 && status < 400) {
        return 'A redirect is not followed with a token: was the repository renamed, which its present name mends, or is GITHUB_API_URL wrong?';
    }
    if (status < 300)
        return 'The API does not answer so: is GITHUB_API_URL wrong?';
    return "A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_.";
}
function adviceOnPermission({ data }, { permission }) {
    const words = (0,retry/* messageOf */.bD)(data);
    if (/\barchived\b/.test(words)) {
        return 'Nothing can be written to an archived repository: leave it out, or unarchive it.';
    }
    // GitHub says so to the tokens of Apps, and GITHUB_TOKEN is one.
    if (!/\bintegration\b/.test(words)) {
        return `The githubToken may not do this: give the fine-grained token ${permission}.`;
    }
    return ('GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
        `token, or the token of a GitHub App, with ${permission}. An App needs it granted to itself, accepted where it is ` +
        'installed, and asked for with the token.');
}
function adviceOnRateLimit(answer) {
    const wait = (0,retry/* waitAskedFor */.PQ)(answer);
    const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
    return `The token's rate limit is used up: run the job again ${after}.`;
}
function explainFault(fault, times) {
    if (fault.reason === 'tooLarge') {
        return "GitHub's answer was cut off at 1 MB, which no answer of its API reaches. Is GITHUB_API_URL wrong?";
    }
    const what = fault.reason === 'untrusted'
        ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
        : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
    return `GitHub was not reached${times} (${nameOfFault(fault)}). ${what}`;
}
/** A fault in a few words: the code of what is at the bottom of it where that has one, else its message. */
function nameOfFault(fault) {
    let root = fault;
    while (root instanceof Error && root.cause !== undefined)
        root = root.cause;
    const code = (0,wire/* codeOf */.$N)(root);
    const message = root instanceof Error ? clean(root.message) : '';
    if (code === '' || message.includes(code))
        return message || code || 'unknown fault';
    return message === '' ? code : `${code}, ${message}`;
}
/**
 * Text from outside, fit for one line of a log: without control characters, without what looks like a
 * token or a sealed box, and not long.
 */
function clean(text) {
    const line = text
        .slice(0, 4000)
        .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/[\w+/=-]{36,}/g, '***')
        .replace(/\s+/g, ' ')
        .trim();
    return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}

;// CONCATENATED MODULE: ./lib/github/ask.js


/** Makes one call, again and again while that can help: see `delayBeforeRetry`. Throws `Refusal`. */
async function ask(asking, call, errand) {
    const { signal, pace, machine } = asking;
    const { deed, target } = errand;
    let last;
    let inDoubt = false;
    const refuse = (details) => new Refusal(deed, target.name, { ...details, inDoubt });
    for (let tried = 1;; tried++) {
        await pace.turn(call.method);
        if (signal.aborted)
            break;
        if (pace.exhausted !== undefined)
            throw refuse({ why: pace.exhausted });
        const outcome = await asking.connection.send(call, signal);
        const done = outcome.kind === 'answer' && errand.expected.includes(outcome.answer.status);
        inDoubt ||= call.method === 'PUT' && !isClearRefusal(outcome);
        // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
        if (signal.aborted && outcome.kind === 'fault')
            break;
        const delay = done ? undefined : (0,retry/* delayBeforeRetry */.Pm)(outcome, tried, machine.random);
        machine.debug(lineOf(call, outcome, tried, delay));
        if (done)
            return outcome.answer;
        const tooFast = outcome.kind === 'answer' && (0,retry/* isRateLimit */.a5)(outcome.answer);
        if (delay === undefined) {
            const details = explain(outcome, target, tried);
            if (tooFast)
                pace.exhausted = details.why;
            throw refuse(details);
        }
        last = outcome;
        if (tooFast)
            pace.hold(delay);
        else
            await machine.pause(delay, signal);
    }
    throw refuse({ why: stopped(signal, last) });
}
function isClearRefusal(outcome) {
    if (outcome.kind === 'fault')
        return !outcome.fault.sent;
    return outcome.answer.status >= 300 && outcome.answer.status < 500;
}
function stopped(signal, last) {
    const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    const words = timedOut ? 'the time for this step is used up' : 'the run was cancelled';
    const before = last === undefined ? '' : ` Before that, ${inWords(last)}.`;
    const advice = timedOut ? ' Raise `timeout`, or run the job again.' : '';
    return `${words}.${before}${advice}`;
}
function inWords(outcome) {
    return outcome.kind === 'answer'
        ? wordsOf(outcome.answer)
        : `GitHub was not reached (${nameOfFault(outcome.fault)})`;
}
function lineOf(call, outcome, tried, delay) {
    const path = call.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(call.parameters[name])));
    const result = outcome.kind === 'answer' ? outcome.answer.status : nameOfFault(outcome.fault);
    const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
    return `GitHub: ${call.method} ${path}: ${result} (try ${tried} of ${retry/* TRIES */.Qm})${again}`;
}

// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2413);
// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(6752);
// EXTERNAL MODULE: ./lib/wire/connection.js
var wire_connection = __webpack_require__(1853);
;// CONCATENATED MODULE: ./lib/github/connection.js




/** In bytes. A page of repositories, the longest that is asked for, stays below half of it. */
const LARGEST_ANSWER = 1024 * 1024;
/** In milliseconds: longer than GitHub takes, and so short that a try that hangs leaves time for another. */
const TRY_LIMIT = 15_000;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
/** Opens a connection to GitHub. Nothing is asked before the first call. */
function connect({ apiUrl, token, proxy }) {
    const connection = (0,wire_connection/* openConnection */.J)({ origin: new URL(apiUrl).origin, proxy, largest: LARGEST_ANSWER });
    /** What octokit sees as `fetch`: no redirect is followed, nothing is unpacked. */
    const exchange = async (url, { method, headers, body, signal }) => {
        const { pathname, search } = new URL(url);
        const limited = AbortSignal.any([signal, AbortSignal.timeout(TRY_LIMIT)]);
        const request = { method, path: pathname + search, headers, body };
        const answer = await connection.exchange(request, limited);
        return new undici.Response(answer.text || null, { status: answer.status, headers: answer.headers });
    };
    const octokit = (0,github/* getOctokit */.Q)(token, {
        baseUrl: apiUrl.replace(/\/+$/, ''),
        userAgent: 'atlas-project-api-key',
        log: SILENT,
        // A second logger: without it octokit writes deprecations to the console.
        request: { fetch: exchange, log: SILENT },
    });
    return {
        async send({ method, path, parameters }, signal) {
            try {
                const answer = await octokit.request(`${method} ${path}`, { ...parameters, request: { signal } });
                return { kind: 'answer', answer };
            }
            catch (error) {
                const { response, cause } = error;
                if (response !== undefined)
                    return { kind: 'answer', answer: response };
                const fault = faultOf(cause);
                // A connection that did not answer in time may be dead; the next try shall not wait for it.
                if (fault.reason === 'aborted' && !signal.aborted)
                    connection.renew();
                return { kind: 'fault', fault };
            }
        },
        close: () => connection.close(),
    };
}
/** The fault below octokit's own error. That is let go of on purpose: it holds the request, and the sealed secret. */
function faultOf(cause) {
    return cause instanceof wire/* WireFault */.ML ? cause : new wire/* WireFault */.ML('notHttp', { sent: true, received: '', cause });
}
function ignore() { }

;// CONCATENATED MODULE: ./lib/github/places.js


const KINDS = { actions: 'Actions', dependabot: 'Dependabot' };
/** A call below the secrets of a place. https://docs.github.com/rest/actions/secrets, …/rest/dependabot/secrets */
function callOn(place, method, file, parameters = {}) {
    switch (place.in) {
        case 'repository':
            return callOnRepository(place.repository, method, `/${place.kind}/secrets/${file}`, parameters);
        case 'environment':
            return callOnRepository(place.repository, method, `/environments/{environment_name}/secrets/${file}`, {
                ...parameters,
                environment_name: place.environment,
            });
        case 'organization':
            return {
                method,
                path: `/orgs/{org}/${place.kind}/secrets/${file}`,
                parameters: { ...parameters, org: place.organization },
            };
    }
}
function callOnRepository(repository, method, path, parameters = {}) {
    const [owner = '', repo = ''] = repository.split('/');
    return { method, path: `/repos/{owner}/{repo}${path}`, parameters: { ...parameters, owner, repo } };
}
function nameOfPlace(place) {
    switch (place.in) {
        case 'repository':
            return `the ${KINDS[place.kind]} secrets of the repository ${place.repository}`;
        case 'environment':
            return `the Actions secrets of the environment "${place.environment}" of ${place.repository}`;
        case 'organization':
            return `the ${KINDS[place.kind]} secrets of the organisation ${place.organization}`;
    }
}
/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function targetOf(place) {
    const name = nameOfPlace(place);
    switch (place.in) {
        case 'repository': {
            const permission = place.kind === 'actions' ? 'Secrets' : 'Dependabot secrets';
            return { name, noun: 'repository', permission: inRepository(`${permission}: write`) };
        }
        case 'environment':
            return {
                name,
                noun: 'environment (Settings, Environments)',
                permission: inRepository('Environments: write'),
            };
        case 'organization': {
            const permission = place.kind === 'actions' ? 'Organization secrets' : 'Organization Dependabot secrets';
            return {
                name,
                noun: 'organisation',
                permission: `the organisation permission "${permission}: write" (a classic token: the scope "admin:org")`,
            };
        }
    }
}
/** Of a repository that is only looked up. */
function targetOfRepository(repository) {
    return {
        name: `the repository ${repository}`,
        noun: 'repository',
        permission: inRepository('Metadata: read'),
    };
}
function inRepository(permission) {
    return `the repository permission "${permission}" (a classic token: the scope "repo")`;
}
/** Of repositories, each as large as 5 kB. */
const PER_PAGE = 50;
/** The ids of repositories, by their names. Throws `Refusal`. */
async function readIds(asking, repositories) {
    const ids = new Map();
    for (const repository of repositories) {
        const errand = { deed: 'Reading', target: targetOfRepository(repository), expected: [200] };
        const { data } = await ask(asking, callOnRepository(repository, 'GET', ''), errand);
        ids.set(repository, idIn(data) ?? refuse(errand));
    }
    return ids;
}
/**
 * For a new secret: the repositories it is meant for. For one that exists: as it is, and those to be added. Throws
 * `Refusal`, also where not all who see it can be told.
 */
async function visibilityFor(asking, place, secret, ids) {
    const deed = `Reading who sees ${secret} in`;
    const errand = { deed, target: targetOf(place), expected: [200, 404] };
    const { status, data } = await ask(asking, callOn(place, 'GET', '{secret_name}', { secret_name: secret }), errand);
    if (status === 404)
        return selected(place, [...ids.values()]);
    const added = [...ids].flatMap(([name, id]) => (place.added.includes(name) ? id : []));
    switch (fieldOf(data, 'visibility')) {
        case 'all':
            return { visibility: 'all' };
        case 'private':
            return { visibility: 'private' };
        case 'selected':
            return selected(place, [...(await readSelected(asking, place, secret, errand)), ...added]);
        default:
            return refuse(errand);
    }
}
async function readSelected(asking, place, secret, errand) {
    const found = new Set();
    for (let page = 1;; page++) {
        const call = callOn(place, 'GET', '{secret_name}/repositories', {
            secret_name: secret,
            per_page: PER_PAGE,
            page,
        });
        const { data } = await ask(asking, call, { ...errand, expected: [200] });
        const repositories = fieldOf(data, 'repositories');
        const total = fieldOf(data, 'total_count');
        if (!Array.isArray(repositories) || typeof total !== 'number')
            return refuse(errand);
        for (const repository of repositories)
            found.add(idIn(repository) ?? refuse(errand));
        if (found.size >= total)
            return found;
        if (repositories.length === 0) {
            return refuse(errand, `GitHub shows ${found.size} of the ${total} repositories that see it, and a write would take it from the others. Give a token that sees them all.`);
        }
    }
}
/** Actions takes ids as numbers, and Dependabot as texts. */
function selected({ kind }, ids) {
    const all = [...new Set(ids)];
    return { visibility: 'selected', selected_repository_ids: kind === 'actions' ? all : all.map(String) };
}
function idIn(data) {
    const id = fieldOf(data, 'id');
    return typeof id === 'number' ? id : undefined;
}
function fieldOf(data, name) {
    return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
function refuse({ deed, target }, why = 'the answer is none of this API. Is GITHUB_API_URL its address?') {
    throw new Refusal(deed, target.name, { why, inDoubt: false });
}

;// CONCATENATED MODULE: ./lib/github/secrets.js
/**
 * Stores a credential as secrets of repositories, an environment or an organisation. Loaded by dynamic import, and only
 * when a step is to store one: octokit takes longer to load than most of this action.
 */









/** So many places at once: GitHub asks for few. */
const PLACES_AT_ONCE = 4;
/**
 * Opens the store: fetches the public keys that secrets are sealed for. Done before a key is made, this tells
 * of a token that cannot get there, a missing repository or a wrong address while nothing has to be undone.
 * It takes only the permission to read: a token that may read and not write fails in `write`.
 * Rejects with a `DeliveryError`.
 */
async function openSecretStore(store, { signal, proxy, machine }) {
    const connection = connect({ apiUrl: store.apiUrl, token: store.githubToken, proxy });
    const writes = store.places.length * (store.names.form === 'pair' ? 2 : 1);
    const pace = (0,retry/* startPace */.a)(writes, (milliseconds) => machine.pause(milliseconds, signal));
    const asking = { connection, pace, signal, machine };
    try {
        const opened = await (0,concurrently/* concurrently */.r)(store.places, PLACES_AT_ONCE, (place) => openVault(asking, place).catch(asRefusal));
        const refusals = opened.filter((one) => one instanceof Refusal);
        if (refusals.length > 0) {
            throw new step/* DeliveryError */.VE(tellRefusals(refusals), { nobodyHasIt: true, cause: refusals[0]?.cause });
        }
        const vaults = opened.filter((one) => !(one instanceof Refusal));
        return {
            write: (key) => writeAll(asking, vaults, store.names, key),
            close: () => connection.close(),
        };
    }
    catch (error) {
        await connection.close();
        throw error;
    }
}
async function openVault(asking, place) {
    const errand = { deed: 'Opening', target: targetOf(place), expected: [200] };
    const { data } = await ask(asking, callOn(place, 'GET', 'public-key'), errand);
    const recipient = recipientIn(data);
    if (recipient === undefined) {
        const why = 'the answer holds no public key. Is GITHUB_API_URL the address of the REST API?';
        throw new Refusal(errand.deed, errand.target.name, { why, inDoubt: false });
    }
    return {
        place,
        ...recipient,
        ids: await readIds(asking, place.in === 'organization' ? place.visibleTo : []),
    };
}
function recipientIn(data) {
    if (typeof data !== 'object' || data === null || !('key' in data) || !('key_id' in data))
        return undefined;
    if (typeof data.key !== 'string' || typeof data.key_id !== 'string')
        return undefined;
    const publicKey = decodePublicKey(data.key);
    return publicKey && { keyId: data.key_id, publicKey };
}
async function writeAll(asking, vaults, names, key) {
    const secrets = secretsFor(names, key);
    const written = await (0,concurrently/* concurrently */.r)(vaults, PLACES_AT_ONCE, (vault) => writeTo(asking, vault, secrets));
    const refusals = written.flatMap(({ refusal }) => refusal ?? []);
    if (refusals.length === 0)
        return written.map(tellStored);
    throw new step/* DeliveryError */.VE(`${tellRefusals(refusals)} ${describeAftermath(names, written)}`, {
        nobodyHasIt: written.every((one) => standOf(one) === 'former'),
        cause: refusals[0]?.cause,
    });
}
async function writeTo(asking, vault, secrets) {
    const { place, keyId, publicKey, ids } = vault;
    const done = [];
    try {
        for (const { name, value } of secrets) {
            const visibility = place.in === 'organization' ? await visibilityFor(asking, place, name, ids) : undefined;
            const call = callOn(place, 'PUT', '{secret_name}', {
                secret_name: name,
                encrypted_value: seal(value, publicKey),
                key_id: keyId,
                ...visibility,
            });
            const target = targetOf(place);
            await ask(asking, call, { deed: `Storing ${name} in`, target, expected: [201, 204] });
            done.push({ name, visibility });
        }
        return { place, done };
    }
    catch (error) {
        return { place, done, refusal: asRefusal(error) };
    }
}
function asRefusal(error) {
    // not covered: any other error is a mistake in this code.
    if (!(error instanceof Refusal))
        throw error;
    return error;
}
/**
 * The secrets in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is
 * gone.
 */
function secretsFor(names, { publicKey, privateKey }) {
    switch (names.form) {
        case 'combined':
            return [{ name: names.secret, value: `${publicKey}:${privateKey}` }];
        case 'secret':
            return [{ name: names.secret, value: privateKey }];
        case 'pair':
            return [
                { name: names.publicKeySecret, value: publicKey },
                { name: names.privateKeySecret, value: privateKey },
            ];
    }
}
function standOf({ done, refusal }) {
    if (refusal === undefined)
        return 'new';
    if (refusal.inDoubt)
        return 'inDoubt';
    return done.length > 0 ? 'half' : 'former';
}
/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath(names, written) {
    const places = (stand) => written.filter((one) => standOf(one) === stand).map(({ place }) => nameOfPlace(place));
    if (places('former').length === written.length)
        return 'No secret was changed.';
    const tell = (all, before, after) => all.length === 0 ? [] : [`${before} ${listed(all)}${after}`];
    return [
        ...tell(places('new'), 'The new credential is in', '.'),
        ...tell(places('former'), 'The former one is still in', '.'),
        ...tell(places('inDoubt'), 'Which of them is in', ' is not known.'),
        ...tell(places('half'), 'Only the new public half, which may not fit the other secret, is in', '.'),
        'Once this is mended, run the job again: it writes all of them again.',
        ...(names.form === 'pair' && written.some((one) => one.refusal !== undefined && one.done.length > 0)
            ? [
                `Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`,
            ]
            : []),
    ].join(' ');
}
function tellStored({ place, done }) {
    const seen = done.flatMap(({ visibility }) => visibility ?? []).map(secrets_inWords);
    return {
        names: done.map(({ name }) => name),
        where: `${nameOfPlace(place)}${seen.length === 0 ? '' : ` (${listed([...new Set(seen)])})`}`,
    };
}
function secrets_inWords({ visibility, selected_repository_ids: ids = [] }) {
    if (visibility === 'all')
        return 'visible to all its repositories';
    if (visibility === 'private')
        return 'visible to its private repositories';
    return `visible to ${ids.length} selected ${ids.length === 1 ? 'repository' : 'repositories'}`;
}
/** Decodes the public key of a repository or environment; undefined when it is not one. */
function decodePublicKey(base64) {
    const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
    return bytes.length === nacl_fast.box.publicKeyLength ? bytes : undefined;
}
/**
 * Seals a text for the holder of the private key, as libsodium's `crypto_box_seal` does: the public key of
 * a pair made for this box alone, then the box. Base64, the form in which GitHub takes it.
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
function seal(text, recipient) {
    const once = nacl_fast.box.keyPair();
    const nonce = (0,blake2/* blake2b */.Sx)(Uint8Array.from([...once.publicKey, ...recipient]), { dkLen: nacl_fast.box.nonceLength });
    // tweetnacl takes no Buffer made from a pool, hence the plain array.
    const box = nacl_fast.box(new TextEncoder().encode(text), nonce, recipient, once.secretKey);
    return Buffer.concat([once.publicKey, box]).toString('base64');
}


/***/ }),

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ concurrently)
/* harmony export */ });
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


/***/ })

};
