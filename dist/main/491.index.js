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

// EXTERNAL MODULE: ./lib/keys/concurrently.js
var concurrently = __webpack_require__(5836);
// EXTERNAL MODULE: ./lib/keys/step.js
var step = __webpack_require__(7168);
// EXTERNAL MODULE: ./lib/wire/wire.js
var wire = __webpack_require__(3112);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2413);
// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(6752);
// EXTERNAL MODULE: ./lib/atlas/answer.js
var answer = __webpack_require__(5901);
// EXTERNAL MODULE: ./lib/atlas/secrets.js
var secrets = __webpack_require__(9030);
// EXTERNAL MODULE: ./lib/wire/connection.js
var wire_connection = __webpack_require__(1853);
;// CONCATENATED MODULE: ./lib/github/connection.js






/** In bytes. A page of repositories, the longest that is asked for, stays below half of it. */
const LARGEST_ANSWER = 1024 * 1024;
/** In milliseconds: longer than GitHub takes, and so short that a try that hangs leaves time for another. */
const TRY_LIMIT = 15_000;
/** Opens a connection to GitHub. Nothing is asked before the first call. */
function connect({ apiUrl, githubToken }, proxy) {
    const connection = (0,wire_connection/* openConnection */.J)({ origin: new URL(apiUrl).origin, proxy, largest: LARGEST_ANSWER });
    /** What octokit sees as `fetch`: no redirect is followed, nothing is unpacked. */
    const exchange = async (url, { method, headers, body, signal }) => {
        const { pathname, search } = new URL(url);
        const limited = AbortSignal.any([signal, AbortSignal.timeout(TRY_LIMIT)]);
        const answer = await connection.exchange({ method, path: pathname + search, headers, body }, limited);
        // octokit parses whatever calls itself JSON.
        const text = (0,secrets/* isTooMuch */.gB)(answer.text) ? '' : answer.text;
        return new undici.Response(text || null, { status: answer.status, headers: answer.headers });
    };
    const octokit = (0,github/* getOctokit */.Q)(githubToken, {
        baseUrl: apiUrl.replace(/\/+$/, ''),
        userAgent: 'atlas-project-api-key',
        // Without a logger of ours octokit writes deprecations to the console.
        request: { fetch: exchange, log: { warn() { } } },
    });
    return {
        /** Tries once. Never throws. */
        async send({ method, target, below, body }, signal) {
            try {
                const route = `${method} ${target.path}${below}`;
                return answerOf(await octokit.request(route, { ...body, request: { signal } }));
            }
            catch (error) {
                // On 4xx and 5xx octokit throws the answer, and on a fault of `fetch` that.
                const { response, cause } = error;
                if (response !== undefined)
                    return answerOf(response);
                // octokit's own error is let go of on purpose: it holds the request, and the sealed secret.
                const isFault = cause instanceof wire/* WireFault */.ML;
                const fault = isFault ? cause : new wire/* WireFault */.ML('notHttp', { sent: true, received: '', cause });
                // A connection that did not answer in time may be dead; the next try shall not wait for it.
                if (fault.reason === 'aborted' && !signal.aborted)
                    connection.renew();
                return fault;
            }
        },
        /** Drops the sockets, so that none of them keeps the process waiting. Never throws. */
        close: () => connection.close(),
    };
}
function answerOf({ status, headers, data: body }) {
    const data = (0,answer/* isObject */.Gv)(body) ? body : {};
    const message = typeof data.message === 'string' ? data.message : '';
    return { status, headers: headers, data, message };
}

// EXTERNAL MODULE: ./lib/github/retry.js
var retry = __webpack_require__(3661);
;// CONCATENATED MODULE: ./lib/github/refusal.js



/** A call that came to nothing, after all tries. Its message is what follows "… failed: ". */
class Refusal extends Error {
    /** What it was to do, up to the name of where: `Opening`. */
    deed;
    where;
    /** A try was sent and not clearly refused: what it asked for may have been done. */
    inDoubt;
    constructor({ deed, target }, why, inDoubt = false, cause) {
        super(why, { cause });
        this.deed = deed;
        this.where = target.name;
        this.inDoubt = inDoubt;
    }
}
/** The refusal of an answer that is not what the API documents. */
function nonsense(call) {
    return new Refusal(call, "this is no answer of GitHub's API. Is GITHUB_API_URL its address?");
}
/** One sentence and its reason for all that failed alike. */
function tellRefusals(refusals) {
    const alike = Map.groupBy(refusals, ({ deed, message }) => JSON.stringify([deed, message]));
    return [...alike.values()]
        .map((all) => `${all[0]?.deed} ${listed(all.map(({ where }) => where))} failed: ${all[0]?.message}`)
        .join(' ');
}
/** `a`, `b` and `c`. */
function listed(names) {
    return new Intl.ListFormat('en-GB').format(names);
}
/** What came of the last try of a call, and what to do. */
function explain(outcome, target, tried) {
    const times = tried === 1 ? '' : ` in ${tried} tries`;
    const advice = outcome instanceof wire/* WireFault */.ML ? adviceOnFault(outcome) : adviceOn(outcome, target);
    return `${wordsOf(outcome)}${times}. ${advice}`;
}
/** Reasons of faults that often come without a code, which would name them. */
const NAMELESS = {
    aborted: 'no answer in time',
    broken: 'the connection broke',
    notHttp: 'the answer is not HTTP',
};
/** What came of one try, in a few words. GitHub's text comes out cleaned, and without what looks like a token or a box. */
function wordsOf(outcome) {
    if (outcome instanceof wire/* WireFault */.ML) {
        if (outcome.reason === 'tooLarge')
            return "GitHub's answer was cut off at 1 MB";
        return `GitHub was not reached (${NAMELESS[outcome.message] ?? outcome.message})`;
    }
    const detail = (0,answer/* cleaned */.L0)(outcome.message.replace(/[\w+/=-]{36,}/g, '***')).replace(/[.\s]+$/, '');
    return `GitHub answered ${outcome.status}${detail === '' ? '' : ` (${detail})`}`;
}
function adviceOnFault({ reason }) {
    if (reason === 'tooLarge')
        return 'No answer of its API is so large: is GITHUB_API_URL wrong?';
    return reason === 'untrusted'
        ? 'Its certificate is not trusted here: set NODE_EXTRA_CA_CERTS to the file of the private authority that signed it.'
        : 'Check the network, the proxy (HTTPS_PROXY, NO_PROXY) and GITHUB_API_URL.';
}
function adviceOn(answer, { permission }) {
    const { status } = answer;
    const trouble = (0,retry/* troubleOf */.LH)(answer);
    if (trouble === 'rateLimit') {
        const wait = (0,retry/* waitAskedFor */.PQ)(answer);
        const after = wait === undefined ? 'later' : `in ${Math.ceil(wait / 1000)} s or later`;
        return `The token's rate limit is used up: run the job again ${after}.`;
    }
    if (status === 409)
        return 'Somebody else is writing the same secret right now: run the job again.';
    if (trouble === 'passing')
        return 'GitHub has trouble of its own: run the job again later.';
    if (status === 401)
        return 'The githubToken is expired, revoked or mistyped: give a new one.';
    if (status === 403)
        return adviceOnPermission(answer.message, permission);
    if (status === 404) {
        return `Either it does not exist, or the token does not see it, since GitHub answers 404 to both: the token needs ${permission}.`;
    }
    if (status < 300)
        return 'The API never answers like this: is GITHUB_API_URL wrong?';
    if (status < 400) {
        return 'This action follows no redirect with a token: give the repository by its present name if it was renamed, or else check GITHUB_API_URL.';
    }
    return "Check the secret's name: it has letters, digits and underscores, no digit first, and does not begin with GITHUB_.";
}
function adviceOnPermission(words, permission) {
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

;// CONCATENATED MODULE: ./lib/github/ask.js




const DONE = { GET: [200], PUT: [201, 204] };
/** Opens a connection to GitHub, for all calls that share its token and its pace. `close` drops it, and never throws. */
function openGitHub(store, { signal, proxy, machine }) {
    const { send, close } = connect(store, proxy);
    const writes = store.places.length * (store.names.form === 'pair' ? 2 : 1);
    const pace = (0,retry/* startPace */.a)(writes, (milliseconds) => machine.pause(milliseconds, signal));
    const ask = async (call) => {
        let before = '';
        let inDoubt = false;
        for (let tried = 1;; tried++) {
            await pace.turn(call.method);
            if (signal.aborted)
                break;
            if (pace.exhausted !== undefined)
                throw new Refusal(call, pace.exhausted, inDoubt);
            const outcome = await send(call, signal);
            const isFault = outcome instanceof wire/* WireFault */.ML;
            const isRefused = isFault ? !outcome.sent : outcome.status >= 300 && outcome.status < 500;
            inDoubt ||= call.method === 'PUT' && !isRefused;
            // A try that the signal cut off says nothing of its own: the one before tells why it took so long.
            if (signal.aborted && isFault)
                break;
            const isDone = !isFault && (call.expected ?? DONE[call.method]).includes(outcome.status);
            const delay = isDone ? undefined : (0,retry/* delayBeforeRetry */.Pm)(outcome, tried, machine.random);
            machine.debug(lineOf(call, outcome, tried, delay));
            if (isDone)
                return outcome;
            const isTooFast = (0,retry/* troubleOf */.LH)(outcome) === 'rateLimit';
            if (delay === undefined) {
                const why = explain(outcome, call.target, tried);
                if (isTooFast)
                    pace.exhausted = why;
                throw new Refusal(call, why, inDoubt, isFault ? outcome : undefined);
            }
            before = ` Before that, ${wordsOf(outcome)}.`;
            if (isTooFast)
                pace.hold(delay);
            else
                await machine.pause(delay, signal);
        }
        const timedOut = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
        const why = timedOut
            ? `the time for this step is used up.${before} Raise \`timeout\`, or run the job again.`
            : `the run was cancelled.${before}`;
        throw new Refusal(call, why, inDoubt);
    };
    return { ask, close };
}
function lineOf({ method, target, below }, outcome, tried, delay) {
    const result = outcome instanceof wire/* WireFault */.ML ? outcome.message : outcome.status;
    const again = delay === undefined ? '' : `, again in ${Math.round(delay)} ms`;
    return `GitHub: ${method} ${target.path}${below}: ${result} (try ${tried} of ${retry/* TRIES */.Qm})${again}`;
}

// EXTERNAL MODULE: ./node_modules/@noble/hashes/blake2.js + 4 modules
var blake2 = __webpack_require__(904);
// EXTERNAL MODULE: ./node_modules/tweetnacl/nacl-fast.js
var nacl_fast = __webpack_require__(668);
;// CONCATENATED MODULE: ./lib/github/places.js
/** One place of secrets: what is different from one to another, and how a secret gets there, sealed for it. */




/** Opens a place: fetches the public key that its secrets are sealed for. Throws `Refusal`. */
async function openPlace(ask, place) {
    const target = targetOf(place);
    const opening = { method: 'GET', target, below: '/public-key', deed: 'Opening' };
    const { key, key_id } = (await ask(opening)).data;
    const publicKey = Uint8Array.from(Buffer.from(typeof key === 'string' ? key : '', 'base64'));
    if (typeof key_id !== 'string' || publicKey.length !== nacl_fast.box.publicKeyLength)
        throw nonsense(opening);
    const visibilityOf = place.in === 'organization' ? await readVisibilities(ask, place, target) : undefined;
    return {
        name: target.name,
        /** Stores one secret, and tells who sees it where that can be chosen: ` (visible to …)`. Throws `Refusal`. */
        async store(secret, value) {
            const visibility = await visibilityOf?.(secret);
            const body = { encrypted_value: seal(value, publicKey), key_id, ...visibility };
            await ask({ method: 'PUT', target, below: `/${secret}`, body, deed: `Storing ${secret} in` });
            return visibility === undefined ? '' : ` (visible to ${inWords(visibility)})`;
        },
    };
}
/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
const KINDS = {
    actions: { name: 'Actions secrets', permission: 'Secrets', ofOrganization: 'Organization secrets' },
    dependabot: {
        name: 'Dependabot secrets',
        permission: 'Dependabot secrets',
        ofOrganization: 'Organization Dependabot secrets',
    },
};
/** https://docs.github.com/rest/actions/secrets, …/rest/dependabot/secrets */
function targetOf(place) {
    switch (place.in) {
        case 'repository':
            return {
                name: `the ${KINDS[place.kind].name} of the repository ${place.repository}`,
                path: `/repos/${place.repository}/${place.kind}/secrets`,
                permission: inRepository(`${KINDS[place.kind].permission}: write`),
            };
        case 'environment':
            return {
                name: `the Actions secrets of the environment "${place.environment}" of ${place.repository}`,
                path: `/repos/${place.repository}/environments/${encodeURIComponent(place.environment)}/secrets`,
                permission: inRepository('Environments: write'),
            };
        case 'organization':
            return {
                name: `the ${KINDS[place.kind].name} of the organisation ${place.organization}`,
                path: `/orgs/${place.organization}/${place.kind}/secrets`,
                permission: `the organisation permission "${KINDS[place.kind].ofOrganization}: write" (a classic token: the scope "admin:org")`,
            };
    }
}
function inRepository(permission) {
    return `the repository permission "${permission}" (a classic token: the scope "repo")`;
}
function inWords({ visibility, selected_repository_ids: ids = [] }) {
    if (visibility !== 'selected')
        return `${visibility === 'all' ? 'all' : 'the private'} repositories`;
    return `${ids.length} selected ${ids.length === 1 ? 'repository' : 'repositories'}`;
}
/**
 * Each write of an organisation's secret says anew which repositories see it, and one that is left out loses it. So this
 * finds out which to name: for a new secret those that it is meant for, for an existing one those that see it now, and
 * those to be added. Throws `Refusal`, also where not all that see it can be found out.
 */
async function readVisibilities(ask, { kind, visibleTo, added }, target) {
    const ids = new Map();
    for (const name of visibleTo)
        ids.set(name, await readId(ask, name));
    const selected = (all) => ({
        visibility: 'selected',
        // Actions takes ids as numbers, and Dependabot as texts.
        selected_repository_ids: [...new Set(all)].map((id) => (kind === 'actions' ? id : String(id))),
    });
    return async (secret) => {
        const call = { method: 'GET', target, below: `/${secret}`, deed: `Reading who sees ${secret} in` };
        const { status, data } = await ask({ ...call, expected: [200, 404] });
        if (status === 404)
            return selected([...ids.values()]);
        const { visibility } = data;
        if (visibility === 'all' || visibility === 'private')
            return { visibility };
        if (visibility !== 'selected')
            throw nonsense(call);
        const seen = await readSelected(ask, call);
        return selected([...seen, ...[...ids].flatMap(([name, id]) => (added.includes(name) ? id : []))]);
    };
}
async function readId(ask, repository) {
    const target = {
        name: `the repository ${repository}`,
        path: `/repos/${repository}`,
        permission: inRepository('Metadata: read'),
    };
    const call = { method: 'GET', target, below: '', deed: 'Reading' };
    return idIn((await ask(call)).data, call);
}
/** Of repositories, each as large as 5 kB. */
const PER_PAGE = 50;
/** The ids of all repositories that see a secret. */
async function readSelected(ask, visibility) {
    const found = new Set();
    for (let page = 1;; page++) {
        const below = `${visibility.below}/repositories?per_page=${PER_PAGE}&page=${page}`;
        const call = { ...visibility, below };
        const { repositories, total_count: total } = (await ask(call)).data;
        if (!Array.isArray(repositories) || typeof total !== 'number')
            throw nonsense(call);
        for (const repository of repositories)
            found.add(idIn(repository, call));
        if (found.size >= total)
            return found;
        if (repositories.length === 0) {
            const why = `GitHub shows ${found.size} of the ${total} repositories that see it, and a write would take it from the others. Give a token that sees them all.`;
            throw new Refusal(call, why);
        }
    }
}
function idIn(repository, call) {
    if (!(0,answer/* isObject */.Gv)(repository) || typeof repository.id !== 'number')
        throw nonsense(call);
    return repository.id;
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





/** So many places at once: GitHub asks for few. */
const PLACES_AT_ONCE = 4;
/**
 * Opens the store. Done before a key is made, this tells of a token that cannot get there, a missing repository or a
 * wrong address while nothing has to be undone. It takes only the permission to read: a token that may read and not write
 * fails in `write`. Rejects with a `DeliveryError`.
 */
async function openSecretStore(store, options) {
    const { ask, close } = openGitHub(store, options);
    const open = (place) => openPlace(ask, place).catch(asRefusal);
    const opened = await (0,concurrently/* concurrently */.r)(store.places, PLACES_AT_ONCE, open);
    const refusals = opened.filter((one) => one instanceof Refusal);
    if (refusals.length > 0) {
        await close();
        throw new step/* DeliveryError */.VE(tellRefusals(refusals), { nobodyHasIt: true, cause: refusals[0]?.cause });
    }
    const places = opened.filter((one) => !(one instanceof Refusal));
    return {
        /** Resolves when all is stored everywhere; rejects with a `DeliveryError` that tells where it is and where not. */
        async write(key) {
            const secrets = secretsFor(store.names, key);
            const written = await (0,concurrently/* concurrently */.r)(places, PLACES_AT_ONCE, (place) => writeTo(place, secrets));
            const refused = written.flatMap(({ refusal }) => refusal ?? []);
            if (refused.length === 0)
                return written;
            throw new step/* DeliveryError */.VE(`${tellRefusals(refused)} ${describeAftermath(store.names, written)}`, {
                nobodyHasIt: written.every((one) => standOf(one) === 'former'),
                cause: refused[0]?.cause,
            });
        },
        /** Drops the connection. Never throws. */
        close,
    };
}
/**
 * The secrets by their names, in the order of writing. Of a pair the public half comes first: if the other then fails, a
 * person can put the former public key back, since Atlas shows it; a private key that was written over is gone.
 */
function secretsFor(names, { publicKey, privateKey }) {
    if (names.form === 'combined')
        return [[names.secret, `${publicKey}:${privateKey}`]];
    if (names.form === 'secret')
        return [[names.secret, privateKey]];
    return [
        [names.publicKeySecret, publicKey],
        [names.privateKeySecret, privateKey],
    ];
}
async function writeTo(place, secrets) {
    const names = [];
    const seen = new Set();
    try {
        for (const [name, value] of secrets) {
            seen.add(await place.store(name, value));
            names.push(name);
        }
        return { names, where: [place.name, ...seen].join('') };
    }
    catch (error) {
        return { names, where: place.name, refusal: asRefusal(error) };
    }
}
function asRefusal(error) {
    // not covered: any other error is a mistake in this code.
    if (!(error instanceof Refusal))
        throw error;
    return error;
}
/** What a place holds after a failure, and the sentence that tells it. */
const STANDS = {
    new: ['The new credential is in', '.'],
    former: ['The former one is still in', '.'],
    inDoubt: ['It is not known which of them is in', '.'],
    half: ['Only the new public half, which may not fit the other secret, is in', '.'],
};
function standOf({ names, refusal }) {
    if (refusal === undefined)
        return 'new';
    if (refusal.inDoubt)
        return 'inDoubt';
    return names.length > 0 ? 'half' : 'former';
}
/** The last sentences of an error in `write`: what the secrets hold now. */
function describeAftermath(names, written) {
    const stands = written.map(standOf);
    if (stands.every((stand) => stand === 'former'))
        return 'No secret was changed.';
    const told = Object.entries(STANDS).flatMap(([stand, [before, after]]) => {
        const places = written.filter((_, index) => stands[index] === stand).map(({ where }) => where);
        return places.length === 0 ? [] : `${before} ${listed(places)}${after}`;
    });
    told.push('Once this is mended, run the job again: it writes all of them again.');
    if (names.form === 'pair' && written.some((one) => one.refusal !== undefined && one.names.length > 0)) {
        told.push(`Until then, the former public key, which Atlas shows, can be put back into ${names.publicKeySecret}.`);
    }
    return told.join(' ');
}


/***/ }),

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ concurrently)
/* harmony export */ });
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


/***/ })

};
