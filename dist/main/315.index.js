export const id = 315;
export const ids = [315];
export const modules = {

/***/ 650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ HttpClient)
/* harmony export */ });
/* unused harmony export BearerCredentialHandler */
/**
 * Stands in for `@actions/http-client` in the bundles (`paths` in tsconfig.json, which ncc obeys inside node_modules
 * too). The real one brings a second undici and makes the step start 40 ms later; of all that is done with it we
 * need nothing: `@actions/core` wants it for OIDC tokens only, and `@actions/github` asks it for the proxy's
 * agent, while we hand octokit a `fetch` of our own that knows the proxy.
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


/***/ }),

/***/ 1142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSecretStore: () => (/* binding */ openSecretStore)
});

// EXTERNAL MODULE: ./lib/certificate-fault.js
var certificate_fault = __webpack_require__(3973);
;// CONCATENATED MODULE: ./lib/github/faults.js

/** A fault in a few words: the code of what is at the bottom of it where that has one, else its message. */
function nameOfFault(fault) {
    let root = fault;
    while (root instanceof Error && root.cause !== undefined)
        root = root.cause;
    const code = (0,certificate_fault/* codeOf */.$)(root);
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

;// CONCATENATED MODULE: ./lib/github/retry.js
/** How often one call is tried. */
const TRIES = 5;
/** Trying again does not change them. */
const FINAL_FAULTS = new Set(['untrusted', 'tooLarge']);
/** A longer wait than this is not worth a job's minutes: it is told instead. */
const LONGEST_WAIT = 60_000;
/** Where GitHub says "too many" without saying for how long, its documentation asks for a minute. */
const RATE_LIMIT_WAIT = 60_000;
const FIRST_BACKOFF = 500;
/**
 * Milliseconds to wait before the next try, or undefined where another try cannot help.
 * Both calls that we make may be repeated: one reads, the other puts.
 */
function delayBeforeRetry(outcome, tried, random) {
    if (tried >= TRIES)
        return undefined;
    const backoff = FIRST_BACKOFF * 2 ** (tried - 1) * (0.5 + random() / 2);
    if (outcome.kind === 'fault')
        return FINAL_FAULTS.has(outcome.fault.reason) ? undefined : backoff;
    const { answer } = outcome;
    const asked = waitAskedFor(answer);
    if (isRateLimit(answer))
        return upToLongest(asked ?? RATE_LIMIT_WAIT);
    // Jitter on top: everybody who was sent away was told the same number.
    if (isServerFault(answer) || isConflict(answer))
        return upToLongest(asked === undefined ? backoff : asked + backoff);
    return undefined;
}
/**
 * Whether GitHub refused for going too fast. It does so with 429 or 403, and a 403 may as well be a
 * missing permission, which no waiting cures.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isRateLimit({ status, headers, data }) {
    if (status === 429)
        return true;
    if (status !== 403)
        return false;
    return (headers['retry-after'] !== undefined ||
        String(headers['x-ratelimit-remaining']) === '0' ||
        /rate limit|abuse detection/i.test(messageOf(data)));
}
/** Two writes of one secret at once; nothing of this one was done. */
function isConflict({ status }) {
    return status === 409;
}
function isServerFault({ status }) {
    return status >= 500 || status === 408;
}
/** What GitHub says in the `message` of an answer; empty when it says nothing. */
function messageOf(data) {
    if (typeof data !== 'object' || data === null || !('message' in data))
        return '';
    return typeof data.message === 'string' ? data.message : '';
}
/**
 * The wait that an answer asks for, in milliseconds. Dates are compared with the answer's own `Date`, so
 * that a wrong clock on this machine does not matter.
 */
function waitAskedFor({ headers }) {
    const retryAfter = headers['retry-after'];
    if (retryAfter !== undefined) {
        const text = String(retryAfter);
        if (/^\d+$/.test(text))
            return Number(text) * 1000;
        return since(headers, Date.parse(text));
    }
    const reset = headers['x-ratelimit-reset'];
    const usedUp = String(headers['x-ratelimit-remaining']) === '0';
    return usedUp && reset !== undefined ? since(headers, Number(reset) * 1000) : undefined;
}
function since(headers, moment) {
    const wait = moment - Date.parse(String(headers.date));
    return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
function upToLongest(wait) {
    return wait <= LONGEST_WAIT ? wait : undefined;
}

;// CONCATENATED MODULE: ./lib/github/refusal.js


function nameOfPlace({ repository, environment }) {
    return environment === undefined
        ? `the repository ${repository}`
        : `the environment "${environment}" of ${repository}`;
}
/** Reads the last try of a call. Pure: GitHub's text comes out cleaned, and nothing of the request. */
function explain(outcome, place, tried) {
    const times = tried === 1 ? '' : ` in ${tried} tries`;
    if (outcome.kind === 'fault')
        return explainFault(outcome.fault, times);
    const { status } = outcome.answer;
    const { kind, what } = judge(outcome.answer, place);
    return { kind, status, why: `${wordsOf(outcome.answer)}${times}. ${what}` };
}
/** What GitHub answered, in a few words. */
function wordsOf({ status, data }) {
    const detail = clean(messageOf(data)).replace(/[.\s]+$/, '');
    return detail === '' ? `GitHub answered ${status}` : `GitHub answered ${status} (${detail})`;
}
function judge(answer, place) {
    const { status } = answer;
    if (isRateLimit(answer))
        return { kind: 'unavailable', what: adviceOnRateLimit(answer) };
    if (isServerFault(answer)) {
        return { kind: 'unavailable', what: 'GitHub has trouble of its own: run the job again later.' };
    }
    if (isConflict(answer)) {
        return { kind: 'unavailable', what: 'Somebody else writes the same secret just now: run the job again.' };
    }
    if (status === 401) {
        return { kind: 'badToken', what: 'The githubToken is expired, revoked or mistyped: give a new one.' };
    }
    if (status === 403)
        return { kind: 'notAllowed', what: adviceOnPermission(answer, place) };
    if (status === 404)
        return { kind: 'notFound', what: adviceOnMissing(place) };
    if (status >= 300 && status < 400) {
        const what = 'A redirect is not followed with a token: was the repository renamed, or is GITHUB_API_URL wrong?';
        return { kind: 'unintelligible', what };
    }
    if (status < 300) {
        return { kind: 'unintelligible', what: 'The API does not answer so: is GITHUB_API_URL wrong?' };
    }
    const what = "A secret's name has letters, digits and underscores, no digit first, and does not start with GITHUB_.";
    return { kind: 'refused', what };
}
/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function adviceOnPermission({ data }, { environment }) {
    const permission = environment === undefined ? 'Secrets: write' : 'Environments: write';
    const needed = `the repository permission "${permission}" (a classic token: the scope "repo")`;
    // GitHub says so to the tokens of Apps, and GITHUB_TOKEN is one.
    if (!/\bintegration\b/.test(messageOf(data)))
        return `The githubToken may not write secrets here: give it ${needed}.`;
    return ('GITHUB_TOKEN can never write secrets, whatever its permissions: give as githubToken a fine-grained personal access ' +
        `token, or the token of a GitHub App, with ${needed}.`);
}
function adviceOnMissing({ repository, environment }) {
    const hidden = `the token has no access to the repository ${repository}, for GitHub then answers 404 as well`;
    return environment === undefined
        ? `Either there is no such repository, or ${hidden}.`
        : `Either ${repository} has no environment "${environment}" (Settings, Environments), or ${hidden}.`;
}
function adviceOnRateLimit(answer) {
    const wait = waitAskedFor(answer);
    const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
    return `The token's rate limit is used up: run the job again ${after}.`;
}
function explainFault(fault, times) {
    if (fault.reason === 'tooLarge') {
        const why = "GitHub's answer was cut off at 1 MB, which no answer of its API reaches. Is GITHUB_API_URL wrong?";
        return { kind: 'unintelligible', why, cause: fault };
    }
    const what = fault.reason === 'untrusted'
        ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
        : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
    return {
        kind: 'network',
        why: `GitHub was not reached${times} (${nameOfFault(fault)}). ${what}`,
        cause: fault,
    };
}

;// CONCATENATED MODULE: ./lib/github/ask.js



/** Makes one call, again and again while that can help: see `delayBeforeRetry`. */
async function ask(asking, call, expected) {
    const { signal, machine } = asking;
    let last;
    let inDoubt = false;
    for (let tried = 1; !signal.aborted; tried++) {
        const outcome = await asking.connection.send(call, signal);
        const done = outcome.kind === 'answer' && expected.includes(outcome.answer.status);
        inDoubt ||= !isClearRefusal(outcome);
        // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
        if (signal.aborted && outcome.kind === 'fault')
            break;
        const delay = done ? undefined : delayBeforeRetry(outcome, tried, machine.random);
        machine.debug(lineOf(call, outcome, tried, delay));
        if (done)
            return { ok: true, answer: outcome.answer };
        if (delay === undefined)
            return { ok: false, refusal: explain(outcome, asking.place, tried), inDoubt };
        last = outcome;
        await machine.pause(delay, signal);
    }
    return { ok: false, refusal: stopped(signal, last), inDoubt };
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
    return { kind: timedOut ? 'timeout' : 'cancelled', why: `${words}.${before}${advice}` };
}
function inWords(outcome) {
    return outcome.kind === 'answer'
        ? wordsOf(outcome.answer)
        : `GitHub was not reached (${nameOfFault(outcome.fault)})`;
}
function lineOf(call, outcome, tried, delay) {
    const path = call.path.replace(/\{(\w+)\}/g, (_, name) => 
    // not covered: every place in a path has its parameter, which the types do not know.
    encodeURIComponent(call.parameters[name] ?? ''));
    const result = outcome.kind === 'answer' ? outcome.answer.status : nameOfFault(outcome.fault);
    const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
    return `GitHub: ${call.method} ${path}: ${result} (try ${tried} of ${TRIES})${again}`;
}

// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2413);
// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(6752);
// EXTERNAL MODULE: ./lib/wire/connection.js
var wire_connection = __webpack_require__(1853);
// EXTERNAL MODULE: ./lib/wire/fault.js
var fault = __webpack_require__(3909);
;// CONCATENATED MODULE: ./lib/github/connection.js




/** In bytes. The public key and the words of a refusal stay far below. */
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
                const answer = refusalIn(error);
                if (answer !== undefined)
                    return { kind: 'answer', answer };
                const fault = faultIn(error);
                // A connection that did not answer in time may be dead; the next try shall not wait for it.
                if (fault.reason === 'aborted' && !signal.aborted)
                    connection.renew();
                return { kind: 'fault', fault };
            }
        },
        close: () => connection.close(),
    };
}
/** Octokit throws on 4xx and 5xx; the answer is in the error. */
function refusalIn(error) {
    return error instanceof Error && 'response' in error ? error.response : undefined;
}
/** The fault below octokit's own error. That is let go of on purpose: it holds the request, and the sealed secret. */
function faultIn(error) {
    const cause = error instanceof Error && 'request' in error ? error.cause : error;
    return cause instanceof fault/* WireFault */.ML ? cause : new fault/* WireFault */.ML('notHttp', { sent: true, received: '', cause });
}
function ignore() { }

// EXTERNAL MODULE: ./lib/github/errors.js
var errors = __webpack_require__(9452);
// EXTERNAL MODULE: ./node_modules/@noble/hashes/blake2.js + 4 modules
var blake2 = __webpack_require__(904);
// EXTERNAL MODULE: ./node_modules/tweetnacl/nacl-fast.js
var nacl_fast = __webpack_require__(668);
;// CONCATENATED MODULE: ./lib/github/sealed-box.js


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

;// CONCATENATED MODULE: ./lib/github/secrets.js





/**
 * Opens the store: fetches the public key that secrets are sealed for. Done before a key is made, this tells
 * of a token that cannot get there, a missing environment or a wrong address while nothing has to be undone.
 * It takes only the permission to read: a token that may read and not write fails in `write`.
 */
async function openSecretStore(store, { signal, proxy, machine }) {
    const connection = connect({ apiUrl: store.apiUrl, token: store.githubToken, proxy });
    const asking = { connection, place: store, signal, machine };
    try {
        const recipient = await readRecipient(asking, store);
        return {
            write: (key) => writeAll(asking, store, recipient, key),
            close: () => connection.close(),
        };
    }
    catch (error) {
        await connection.close();
        throw error;
    }
}
async function readRecipient(asking, store) {
    const goal = `Opening the Actions secrets of ${nameOfPlace(store)}`;
    const reply = await ask(asking, callOn(store, 'GET', 'public-key', {}), [200]);
    if (!reply.ok)
        throw failure(goal, reply.refusal);
    const recipient = recipientIn(reply.answer.data);
    if (recipient !== undefined)
        return recipient;
    const why = 'the answer holds no public key. Is GITHUB_API_URL the address of the REST API?';
    throw failure(goal, { kind: 'unintelligible', status: reply.answer.status, why });
}
function recipientIn(data) {
    if (typeof data !== 'object' || data === null || !('key' in data) || !('key_id' in data))
        return undefined;
    if (typeof data.key !== 'string' || typeof data.key_id !== 'string')
        return undefined;
    const publicKey = decodePublicKey(data.key);
    return publicKey && { keyId: data.key_id, publicKey };
}
async function writeAll(asking, store, recipient, key) {
    const written = [];
    for (const { name, value } of secretsFor(store, key)) {
        const call = callOn(store, 'PUT', '{secret_name}', {
            secret_name: name,
            encrypted_value: seal(value, recipient.publicKey),
            key_id: recipient.keyId,
        });
        const reply = await ask(asking, call, [201, 204]);
        if (!reply.ok) {
            const goal = `Storing the secret ${name} of ${nameOfPlace(store)}`;
            const perhapsWritten = reply.inDoubt ? name : undefined;
            const aftermath = describeAftermath(store, written, perhapsWritten);
            throw failure(goal, reply.refusal, { written, perhapsWritten, aftermath });
        }
        written.push(name);
    }
}
/**
 * The secrets in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is
 * gone.
 */
function secretsFor({ names }, { publicKey, privateKey }) {
    if (names.form === 'combined')
        return [{ name: names.secret, value: `${publicKey}:${privateKey}` }];
    if (names.form === 'secret')
        return [{ name: names.secret, value: privateKey }];
    return [
        { name: names.publicKeySecret, value: publicKey },
        { name: names.privateKeySecret, value: privateKey },
    ];
}
/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath({ names }, written, perhapsWritten) {
    const [half] = written;
    if (half === undefined && perhapsWritten === undefined)
        return 'No secret was changed.';
    const doubt = perhapsWritten && `Whether ${perhapsWritten} was changed is not known.`;
    const torn = half && `${half} holds the new key's public half already, and may not fit the other secret.`;
    const advice = 'Once this is mended, run the job again: it writes what belongs there.';
    const byHand = names.form === 'pair' &&
        `Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`;
    return [torn, doubt, advice, byHand].filter(Boolean).join(' ');
}
function callOn({ repository, environment }, method, file, parameters) {
    const [owner = '', repo = ''] = repository.split('/');
    const base = { ...parameters, owner, repo };
    return environment === undefined
        ? { method, path: `/repos/{owner}/{repo}/actions/secrets/${file}`, parameters: base }
        : {
            method,
            path: `/repos/{owner}/{repo}/environments/{environment_name}/secrets/${file}`,
            parameters: { ...base, environment_name: environment },
        };
}
function failure(goal, { kind, status, why, cause }, outcome = {}) {
    const { aftermath, ...details } = outcome;
    const message = `${goal} failed: ${why}${aftermath === undefined ? '' : ` ${aftermath}`}`;
    return new errors/* SecretStoreError */.u(message, { kind, status, cause, ...details });
}


/***/ })

};
