export const id = 824;
export const ids = [824];
export const modules = {

/***/ 7824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  listenForCancel: () => (/* binding */ listenForCancel),
  openSession: () => (/* binding */ openSession)
});

// UNUSED EXPORTS: machine

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./lib/wire/wire.js
var wire = __webpack_require__(3112);
;// CONCATENATED MODULE: ./lib/wire/connection.js



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
        const { speakHttp } = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(625)]).then(__webpack_require__.bind(__webpack_require__, 5625));
        return speakHttp({ ...options, early: early?.socket, closing: closing.signal });
    });
    return {
        exchange: async (request, signal) => (await (0,wire/* waitFor */.fm)(loading, signal)).exchange(request, signal),
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
    const socket = (0,external_node_tls_.connect)({
        host,
        port: Number(port || 443),
        servername: (0,external_node_net_.isIP)(host) === 0 ? host : '',
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

// EXTERNAL MODULE: ./lib/wire/proxy.js
var wire_proxy = __webpack_require__(9381);
// EXTERNAL MODULE: ./lib/atlas/answer.js
var atlas_answer = __webpack_require__(5901);
// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
;// CONCATENATED MODULE: ./lib/atlas/retry.js

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
    const isFinal = code.startsWith('status 4') || (0,wire/* isCertificateCode */.TR)(code);
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
    return `Could not yet ${call.does}, since ${TROUBLES[trouble].told}; it is tried again in ${seconds} seconds (${nameOf(call)}).`;
}
function sentence(call, why, answered = '') {
    return `Could not ${call.does}: ${why} (${nameOf(call)}${answered})`;
}
function nameOf({ method, path }) {
    return `${method} ${path.replace(/\?.*/, '')}`;
}

// EXTERNAL MODULE: ./lib/atlas/secrets.js
var secrets = __webpack_require__(9030);
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
        const wait = waitBeforeRetry(trouble, tries, outcome.retryAfter, deadline, machine.random());
        if (wait === undefined)
            throw error;
        if (isLimit(trouble))
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
            const trouble = troubleOfFault(error);
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
    const trouble = troubleOf(refusal);
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
var time = __webpack_require__(4018);
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
var shapes = __webpack_require__(6437);
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
var external_node_crypto_ = __webpack_require__(7598);
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
    const connection = openConnection({ origin, proxy, largest: LARGEST_ANSWER });
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
var keys_step = __webpack_require__(7168);
// EXTERNAL MODULE: ./lib/publish.js + 12 modules
var publish = __webpack_require__(483);
// EXTERNAL MODULE: ./lib/request.js
var request = __webpack_require__(5834);
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

/***/ 3112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

};
