export const id = 892;
export const ids = [892];
export const modules = {

/***/ 5892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  listenForCancel: () => (/* binding */ listenForCancel),
  openSession: () => (/* binding */ openSession)
});

// UNUSED EXPORTS: machine

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
;// CONCATENATED MODULE: ./lib/atlas/time.js
/**
 * Time, as the Atlas layer knows it: a monotonic clock, a pause, and the moment after which nothing may run.
 * All of it is passed in, so that tests own the time.
 */
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
/**
 * Waits for something that others wait for, too, but no longer than this signal allows. The shared work goes
 * on; only this waiting ends. Rejects with the signal's reason.
 */
function waitFor(shared, signal) {
    // When nobody waits any more, a failure of the shared work is unhandled, and Node would end the process.
    shared.catch(() => { });
    if (signal.aborted)
        return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    return promise;
}
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
        async exchange(request, signal) {
            const http = await waitFor(loading, signal).catch(() => {
                throw new wire/* WireFault */.ML('aborted', { sent: false, received: '', cause: signal.reason });
            });
            return http.exchange(request, signal);
        },
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
        underWay: happens('connect'),
        socket: happens('secureConnect').then(() => (socket.destroyed ? undefined : socket)),
    };
}

// EXTERNAL MODULE: ./lib/wire/proxy.js
var wire_proxy = __webpack_require__(9381);
// EXTERNAL MODULE: ./lib/atlas/answer.js
var atlas_answer = __webpack_require__(5901);
// EXTERNAL MODULE: ./lib/atlas/errors.js
var errors = __webpack_require__(7236);
;// CONCATENATED MODULE: ./lib/atlas/pages.js
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
        const { results, totalCount = 0 } = await readPage(pageNum);
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

// EXTERNAL MODULE: ./lib/atlas/shapes.js
var shapes = __webpack_require__(6437);
;// CONCATENATED MODULE: ./lib/atlas/account-calls.js




/** The version that Atlas gives for every endpoint of service accounts. */
const MEDIA = 'application/vnd.atlas.2024-08-05+json';
function accountCalls({ read, send, remove, id, mask, signInAs, ...tools }) {
    const call = (method, path, rest) => tools.call(method, path, { contentType: MEDIA, accept: MEDIA, ...rest });
    const inProject = (groupId, clientId) => `/groups/${id(groupId)}/serviceAccounts/${clientIdOf(clientId)}`;
    const inOrganization = (orgId, clientId) => `/orgs/${id(orgId)}/serviceAccounts/${clientIdOf(clientId)}`;
    const owner = { needs: 'Project Owner' };
    const making = { ...owner, repeat: 'unlessExecuted', createsSecret: true };
    /** A page is as long as any of these lists: 200 accounts an organisation, 200 entries a list. */
    const list = (path, does, needs, item) => read(call('GET', path, { does, needs, query: `itemsPerPage=${ITEMS_PER_PAGE}` }), listOf(item));
    return {
        list: async (groupId) => list(`/groups/${id(groupId)}/serviceAccounts`, "list the project's service accounts", 'Project Read Only', shapes/* readAccount */.GM),
        listProjects: async (orgId, clientId) => list(`${inOrganization(orgId, clientId)}/groups`, "list the service account's projects", 'Organization Read Only', shapes/* readProjectId */.bS),
        longestSecret: async (orgId) => {
            const request = tools.call('GET', `/orgs/${id(orgId)}/settings`, {
                does: "read the organisation's settings",
            });
            const { hours } = await read(request, shapes/* readLongestSecret */.Dj);
            return hours;
        },
        create: async (groupId, { name, description, roles, hours }) => {
            const body = JSON.stringify({ name, description, roles, secretExpiresAfterHours: hours });
            const path = `/groups/${id(groupId)}/serviceAccounts`;
            const request = call('POST', path, { does: 'make a service account', body, ...making });
            const account = await read(request, shapes/* readNewAccount */.Qr);
            mask(account.secret.secret);
            return account;
        },
        update: async (groupId, clientId, change) => {
            const body = JSON.stringify(change);
            return read(call('PATCH', inProject(groupId, clientId), { does: 'change the service account', body, ...owner }), shapes/* readAccount */.GM);
        },
        unassign: async (groupId, clientId) => remove(call('DELETE', inProject(groupId, clientId), {
            does: 'take the service account out of the project',
            ...owner,
        })),
        delete: async (orgId, clientId) => remove(call('DELETE', inOrganization(orgId, clientId), {
            does: 'delete the service account',
            needs: 'Organization Owner',
        })),
        createSecret: async (groupId, clientId, hours) => {
            const body = JSON.stringify({ secretExpiresAfterHours: hours });
            const path = `${inProject(groupId, clientId)}/secrets`;
            const request = call('POST', path, { does: 'make a secret of the service account', body, ...making });
            const made = await read(request, shapes/* readNewSecret */.fh);
            mask(made.secret);
            return made;
        },
        deleteSecret: async (groupId, clientId, secretId) => remove(call('DELETE', `${inProject(groupId, clientId)}/secrets/${id(secretId)}`, {
            does: 'delete the secret of the service account',
            ...owner,
        })),
        listEntries: async (groupId, clientId) => list(`${inProject(groupId, clientId)}/accessList`, "read the service account's access list", 'Project Read Only', shapes/* readEntry */.hB),
        addEntries: async (groupId, clientId, entries) => send(call('POST', `${inProject(groupId, clientId)}/accessList`, {
            does: "add to the service account's access list",
            needs: 'Project Access Manager',
            body: JSON.stringify(entries),
        })),
        removeEntry: async (groupId, clientId, ipAddress) => remove(call('DELETE', `${inProject(groupId, clientId)}/accessList/${encodeURIComponent(ipAddress)}`, {
            does: "remove from the service account's access list",
            needs: 'Project Access Manager',
        })),
        signInAs,
    };
}
function listOf(item) {
    return (value) => {
        if (!(0,atlas_answer/* isObject */.Gv)(value) || !Array.isArray(value.results))
            return undefined;
        const items = value.results.map(item).filter((read) => read !== undefined);
        return items.length === value.results.length ? items : undefined;
    };
}
/** A client id as a part of a path. Throws before anything is sent when it is none: it could lead elsewhere. */
function clientIdOf(value) {
    if ((0,shapes/* isClientId */.XC)(value))
        return value;
    throw new errors/* AtlasError */.qL('A client id must be mdb_sa_id_ and 24 hex digits; nothing was sent.', {
        kind: 'badRequest',
    });
}

;// CONCATENATED MODULE: ./lib/atlas/explain.js


/** The error for an answer that is no success: what failed, why, and what to do next. */
function explainRefusal(call, refusal, location) {
    const kind = (0,atlas_answer/* kindOf */.I)(refusal);
    const { status, errorCode, detail } = refusal;
    const said = detail === undefined ? '' : `: “${detail}”`;
    const answered = `${nameOf(call)} was answered with ${[status, errorCode].filter(Boolean).join(' ')}${said}`;
    return new errors/* AtlasError */.qL(`Could not ${call.does}: ${reason(kind, call, refusal, location)} (${answered})`, {
        kind,
        call: { method: call.method, path: call.path },
        errorCode,
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
            if (refusal.errorCode === 'MAX_SERVICE_ACCOUNTS_PER_ORG_EXCEEDED') {
                return 'the organisation holds as many service accounts as it may. Delete some that nobody uses, also those that are in no project any more.';
            }
            return 'the organisation holds as many API keys as it may (500). Delete some that nobody uses.';
        case 'wrongSurface':
            return refusal.errorCode === 'ATLAS_GROUP'
                ? 'the project belongs to Atlas, and is not served under this API. Change the input api to atlas/v2.'
                : 'the project or organisation belongs to Cloud Manager, and is not served under this API. Change the input api to public/v1.0.';
        case 'suspended':
            return "the organisation's account is suspended, mostly over an unpaid invoice. Settle that under Billing of the organisation, and run the job again.";
        case 'badRequest':
            return `the request was refused${whatToCheck(refusal)}`;
        case 'rateLimited':
            return (0,atlas_answer/* isTokenLimit */.Zy)(refusal)
                ? 'as many tokens of this service account are alive as Atlas allows (100). Each ends with the job that fetched it, or within the hour. Try again later, or divide the jobs among several service accounts.'
                : 'the rate limit is reached. Try again in a few minutes, or with fewer runs side by side.';
        case 'unavailable':
            return 'the service does not serve this right now. Try again later; https://status.mongodb.com tells its state.';
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
function whatToCheck({ errorCode = '', detail = '' }) {
    // Since January 2026 a role that Atlas does not know has no code of its own any more.
    if (/ROLE|ENUM/.test(errorCode) || /\binvalid role\b/i.test(detail)) {
        return '. Check roles: Atlas does not take one of them here.';
    }
    if (/ADDRESS/.test(errorCode)) {
        return '. Check accessList: Atlas takes no address twice, and none that means every address.';
    }
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
const WAITED_FOR = {
    unreachable: 'no whole answer came',
    broken: 'no whole answer came',
    rateLimited: 'the rate limit is reached',
    tokenLimit: 'as many tokens of this service account are alive as Atlas allows',
    upgrade: 'Atlas is being upgraded and takes no changes',
    serverFault: 'the service does not serve this right now',
    unintelligible: "the answer was not the service's own",
};
/** The line of the log before a long wait. */
function explainWait(call, trouble, milliseconds) {
    const seconds = Math.ceil(milliseconds / 1000);
    return `Could not yet ${call.does}, since ${WAITED_FOR[trouble]}; it is tried again in ${seconds} seconds (${nameOf(call)}).`;
}
/** The error for something that was sent, whose outcome nobody told us. */
function explainLoss(call, cause) {
    return new errors/* AtlasError */.qL(`${cause.message} Atlas may have carried it out nevertheless.`, {
        kind: 'answerLost',
        call: { method: call.method, path: call.path },
        errorCode: cause.errorCode,
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

;// CONCATENATED MODULE: ./lib/atlas/calls.js






/** The version that Atlas gives for every key endpoint: https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/ */
const VERSIONED = 'application/vnd.atlas.2023-01-01+json';
const JSON_TYPE = 'application/json';
/** The calls of the Admin API, in terms of one function that makes a call. */
function atlasCalls(surface, { ask, askAs, mask, serviceNow, signInAsAccount }) {
    const root = `/api/${surface}`;
    const media = surface === 'atlas/v2' ? VERSIONED : JSON_TYPE;
    const call = (method, path, rest) => {
        return { method, path: `${root}${path}`, contentType: media, accept: media, repeat: 'always', ...rest };
    };
    const groupKey = (groupId, apiUserId) => `/groups/${id(groupId)}/apiKeys/${id(apiUserId)}`;
    const orgKey = (orgId, apiUserId) => `/orgs/${id(orgId)}/apiKeys/${id(apiUserId)}`;
    const read = async (request, reader) => {
        return ask(request, (answer) => understand(request, answer, reader));
    };
    const send = (request) => ask(request, (answer) => acknowledge(request, answer));
    const list = async (path, does, needs) => {
        const page = (pageNum) => {
            const query = `itemsPerPage=${ITEMS_PER_PAGE}&pageNum=${pageNum}`;
            return read(call('GET', path, { does, needs, query }), shapes/* readKeyPage */.Li);
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
        return read(call('PATCH', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager', body }), shapes/* readKey */.YZ);
    };
    const remove = async (request, isGone = () => true) => {
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
    const addEntries = (orgId, apiUserId, entries, as) => {
        const request = call('POST', `${orgKey(orgId, apiUserId)}/accessList`, {
            does: "add to the key's access list",
            needs: 'Organization Owner',
            body: JSON.stringify(entries),
        });
        const read = (answer) => acknowledge(request, answer);
        return as === undefined ? ask(request, read) : askAs(as, request, read);
    };
    const whoAmI = call('GET', '', { does: 'ask who signs in' });
    const signIn = { ...whoAmI, does: 'sign in as the key' };
    return {
        serviceNow,
        accounts: accountCalls({ call, read, send, remove, id, mask, signInAs: signInAsAccount }),
        readProject: async (groupId) => {
            const request = call('GET', `/groups/${id(groupId)}`, {
                does: 'read the project',
                needs: 'Project Read Only',
            });
            return read(request, shapes/* readProject */.Wh);
        },
        listProjectKeys: async (groupId) => {
            return list(`/groups/${id(groupId)}/apiKeys`, "list the project's keys", 'Project Read Only');
        },
        listOrganizationKeys: async (orgId) => {
            return list(`/orgs/${id(orgId)}/apiKeys`, "list the organisation's keys", 'Organization Member');
        },
        readOrganizationKey: async (orgId, apiUserId) => {
            return read(call('GET', orgKey(orgId, apiUserId), { does: 'read the key', needs: 'Organization Member' }), shapes/* readKey */.YZ);
        },
        createKey: async (groupId, { desc, roles }) => {
            const request = call('POST', `/groups/${id(groupId)}/apiKeys`, {
                does: 'make a key in the project',
                needs: 'Project Access Manager',
                body: JSON.stringify({ desc, roles }),
                repeat: 'unlessExecuted',
                createsSecret: true,
            });
            const key = await read(request, shapes/* readNewKey */.iO);
            mask(key.privateKey);
            return key;
        },
        assignKey: async (groupId, apiUserId, roles) => {
            // Cloud Manager and Ops Manager know no POST here: they assign by PATCH.
            if (surface !== 'public/v1.0') {
                const does = 'assign the key to the project';
                const body = JSON.stringify([{ roles }]);
                try {
                    return await send(call('POST', groupKey(groupId, apiUserId), { does, body }));
                }
                catch (error) {
                    // PATCH assigns, too, and asks for less: Project Access Manager in place of Project Owner.
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
                    const key = await read(request, shapes/* readKey */.YZ);
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
            const key = await read(request, shapes/* readKey */.YZ).catch((error) => {
                // That the project does not know the key says more than the role that the caller lacks in the organisation.
                throw gone !== undefined && (0,errors/* isAtlasError */.yH)(error, 'notAllowed') ? gone : error;
            });
            if (key.desc !== desc)
                throw explainNonsense(request, 'the answer still shows the old one. Check api, and run the job again.');
            return key;
        },
        unassignKey: async (groupId, apiUserId) => {
            const does = 'take the key out of the project';
            const request = call('DELETE', groupKey(groupId, apiUserId), { does, needs: 'Project Access Manager' });
            return remove(request);
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
            const caller = await read(whoAmI, shapes/* readCaller */.wW);
            return caller === 'none' ? undefined : caller;
        },
        signInAs: async (key) => {
            const isSuccess = (value) => ((0,atlas_answer/* isObject */.Gv)(value) && (0,atlas_answer/* errorCodeIn */.nu)(value) === undefined) || undefined;
            await askAs(key, signIn, (answer) => understand(signIn, answer, isSuccess));
        },
        addAccessListEntries: async (orgId, apiUserId, entries, as) => {
            try {
                await addEntries(orgId, apiUserId, entries, as);
            }
            catch (error) {
                if (!(0,errors/* isAtlasError */.yH)(error, 'alreadyThere'))
                    throw error;
                if (entries.length === 1)
                    return;
                // One of them is there already, and Atlas may have refused the rest with it.
                for (const entry of entries) {
                    await addEntries(orgId, apiUserId, [entry], as).catch((single) => {
                        if (!(0,errors/* isAtlasError */.yH)(single, 'alreadyThere'))
                            throw single;
                    });
                }
            }
        },
        currentAddress: async () => {
            const does = "ask for this machine's address";
            const path = '/api/private/ipinfo';
            return read({ ...call('GET', '', { does }), path, accept: JSON_TYPE }, shapes/* readAddress */.zq);
        },
    };
}
/** An id as a part of a path. Throws before anything is sent when it is none: it could lead elsewhere. */
function id(value) {
    if ((0,shapes/* isId */.eQ)(value))
        return value;
    throw new errors/* AtlasError */.qL(`An id must be 24 hex digits, not “${(0,atlas_answer/* cleaned */.L0)(value).slice(0, 60)}”; nothing was sent.`, {
        kind: 'badRequest',
    });
}
function understand(call, answer, reader) {
    const value = reader((0,atlas_answer/* parseObject */.lj)(answer.text));
    if (value === undefined)
        throw explainOddity(call, answer);
    return value;
}
/** A success that needs no body; but one that carries an error, or a page of a proxy, is none. */
function acknowledge(call, answer) {
    if (answer.text.trim() === '')
        return;
    const body = (0,atlas_answer/* parseObject */.lj)(answer.text);
    if (body === undefined || (0,atlas_answer/* errorCodeIn */.nu)(body) !== undefined)
        throw explainOddity(call, answer);
}
function explainOddity(call, answer) {
    const { status, errorCode, body } = (0,atlas_answer/* readRefusal */.ni)(answer);
    if (body !== 'json') {
        const what = body === 'empty' ? 'empty' : 'no JSON';
        return explainNonsense(call, `the answer (${status}) is ${what}. ${CHECK_WAY}`);
    }
    return explainNonsense(call, errorCode === undefined
        ? `the answer (${status}) is not what the API documents. Check baseUrl and api.`
        : `the answer says ${status} and ${errorCode} at once. ${CHECK_WAY}`);
}

;// CONCATENATED MODULE: ./lib/atlas/retry.js

/** The longest that one request may take, in milliseconds: the service answers in 50–150. */
const TRY_LIMIT = 30_000;
/** How often a call is tried at most. A host that is not there, or is not Atlas, is mostly a mistake, and said soon. */
const MOST_TRIES = {
    unreachable: 5,
    broken: 8,
    serverFault: 8,
    rateLimited: 20,
    tokenLimit: 20,
    upgrade: 20,
    unintelligible: 5,
};
/** Whether it is a limit that many share, and whose end may be waited for beyond the deadline. */
function isLimit(trouble) {
    return trouble === 'rateLimited' || trouble === 'tokenLimit';
}
/**
 * Milliseconds to wait before the next try, or undefined when there should be none: too many tries, or the
 * wait would outlast the deadline, and then it is better to fail now than then.
 */
function waitBeforeRetry(setback) {
    const { trouble, tries, retryAfter, remaining, random } = setback;
    if (tries >= MOST_TRIES[trouble])
        return undefined;
    const patience = isLimit(trouble) ? setback.patience : 0;
    const time = remaining + patience;
    const wait = retryAfter === undefined
        ? backoff(trouble, tries, patience) * (1 - random / 2)
        : retryAfter + 250 + spread(retryAfter, patience, time) * random;
    return wait < time ? wait : undefined;
}
/**
 * Doubles with each try. For a limit it starts at ten seconds and stays at forty, as MongoDB advises when `Retry-After` is
 * missing (https://www.mongodb.com/docs/atlas/api/api-rate-limit/). With patience it waits several times as long, and so
 * leaves what the limit allows to those who have none.
 */
function backoff(trouble, tries, patience) {
    const [first, most] = patience > 0 ? [80_000, 120_000] : isLimit(trouble) ? [10_000, 40_000] : [400, 10_000];
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

// EXTERNAL MODULE: ./lib/atlas/secrets.js
var secrets = __webpack_require__(9030);
;// CONCATENATED MODULE: ./lib/atlas/client.js






/** A wait of more milliseconds than these is told. */
const LONG_WAIT = 5_000;
/**
 * Makes a call: signs in, repeats what may be repeated, and reads the answer, which is a success (2xx). `read` throws
 * an `AtlasError` of kind `unintelligible` for one that is not what the API documents.
 * Throws an `AtlasError` for everything else, at the deadline at the latest.
 */
async function makeCall(call, read, signIn, deadline, context) {
    let last;
    for (let tries = 1;; tries++) {
        if (deadline.signal.aborted)
            throw explainEnd(call, deadline.signal, last);
        const outcome = await tryOnce(call, read, signIn, deadline, context, tries);
        if ('value' in outcome)
            return outcome.value;
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
        const { trouble } = outcome;
        const wait = waitBeforeRetry({
            trouble,
            tries,
            retryAfter: outcome.retryAfter,
            remaining: deadline.remaining(),
            patience: deadline.patience(),
            random: context.machine.random(),
        });
        if (wait === undefined)
            throw outcome.error;
        if (isLimit(trouble))
            deadline.postpone(wait);
        // Perhaps only the machine at the other end of this connection answers like that.
        if (trouble === 'unintelligible')
            context.connection.renew();
        if (wait > LONG_WAIT)
            context.machine.info(explainWait(call, trouble, wait));
        last = outcome.error;
        await context.machine.pause(wait, deadline.signal);
    }
}
async function tryOnce(call, read, signIn, deadline, context, tries) {
    const { connection, machine } = context;
    const path = call.query === undefined ? call.path : `${call.path}?${call.query}`;
    const started = machine.clock.now();
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
            for (const secret of (0,secrets/* secretsIn */.V)(text, call.createsSecret === true))
                machine.mask(secret);
        };
        const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(context.tryLimit ?? TRY_LIMIT)]);
        try {
            const answer = await connection.exchange({ method: call.method, path, headers, body }, signal);
            maskAll(answer.text);
            context.serviceClock.note(answer.headers.date);
            return answer;
        }
        catch (error) {
            // not covered: an error of another kind is a mistake in this code.
            if (error instanceof wire/* WireFault */.ML)
                maskAll(error.received);
            throw error;
        }
    };
    const tell = (outcome) => {
        const milliseconds = Math.round(machine.clock.now() - started);
        const more = exchanges > 1 ? `, ${exchanges} requests` : '';
        machine.debug(`${call.method} ${path} ${outcome} in ${milliseconds} ms, try ${tries}${more}`);
    };
    const nonsense = (error) => {
        return { error, trouble: 'unintelligible', retryAfter: undefined, maybeDone: signed };
    };
    let answer;
    try {
        answer = await signIn({ method: call.method, path, deadline }, exchange);
    }
    catch (error) {
        if (error instanceof errors/* AtlasError */.qL) {
            tell('not signed in');
            // The error of the call for a token, which has been repeated as often as it may be.
            if (error.call !== undefined)
                throw error;
            return nonsense(explainNonsense(call, `${error.message} ${CHECK_WAY}`, error));
        }
        const fault = error instanceof wire/* WireFault */.ML ? error : lateFault(error, deadline.signal);
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
    tell(answer.status);
    if (answer.status >= 200 && answer.status < 300) {
        try {
            if (signed || call.method === 'GET')
                return { value: read(answer) };
        }
        catch (error) {
            // not covered: an error of another kind is a mistake in this code, and must not look like one of the server.
            if (!(0,errors/* isAtlasError */.yH)(error, 'unintelligible'))
                throw error;
            return nonsense(error);
        }
        const problem = 'the server did something without asking who we are, so it is not Atlas. Check baseUrl.';
        return nonsense(explainNonsense(call, problem));
    }
    const refusal = (0,atlas_answer/* readRefusal */.ni)(answer);
    const trouble = troubleOf(refusal);
    // Any other refusal of the service's own, 429 and the 405 of an upgrade among them, says that nothing was done.
    // A page of a proxy does not say so, nor does a refusal that shows a secret: something was made then.
    const foreign = trouble === 'unintelligible' || (0,secrets/* secretsIn */.V)(answer.text, false).length > 0;
    return {
        error: explainRefusal(call, refusal, redirectTarget(answer)),
        trouble,
        retryAfter: retryAfter(answer.headers) ?? refusal.refilledAfter,
        maybeDone: signed && (foreign || (refusal.status >= 500 && trouble !== 'upgrade')),
    };
}
/** The time ran out while another call fetches a nonce or a token. */
function lateFault(error, signal) {
    // not covered: an error of another kind is a mistake in this code, and must not look like one of the network.
    if (!signal.aborted)
        throw error;
    return new wire/* WireFault */.ML('aborted', { sent: false, received: '', cause: signal.reason });
}
function troubleOf(refusal) {
    const { status, errorCode } = refusal;
    if (errorCode === 'WRITES_NOT_ALLOWED_DURING_APP_UPGRADES')
        return 'upgrade';
    // Two secrets of one service account were asked for at once: https://www.mongodb.com/docs/atlas/api/service-accounts/
    if (errorCode === 'DATA_CONCURRENCY_ERROR')
        return 'serverFault';
    const kind = (0,atlas_answer/* kindOf */.I)(refusal);
    if (kind === 'rateLimited')
        return (0,atlas_answer/* isTokenLimit */.Zy)(refusal) ? 'tokenLimit' : 'rateLimited';
    if (kind === 'unintelligible')
        return 'unintelligible';
    return kind === 'unavailable' && [500, 502, 503, 504].includes(status) ? 'serverFault' : undefined;
}
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
/** The host of a redirect, for the error that refuses it. */
function redirectTarget({ headers, text }) {
    const host = (0,secrets/* withoutSecrets */.c)(URL.parse(headers.location ?? '')?.host ?? '', text);
    return host === undefined || !/^[\w.:[\]-]{1,100}$/.test(host) ? undefined : host;
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
/** What is offered, for an error. The server's own words are printed only where they are registered names. */
function describe(challenges) {
    const offers = challenges.map(({ scheme, parameters }) => {
        if (scheme !== 'digest')
            return /^(?:basic|bearer|negotiate|ntlm)$/.test(scheme) ? scheme : 'something else';
        const algorithm = parameters.get('algorithm') ?? 'MD5';
        const qop = parameters.get('qop') ?? '(none)';
        const known = /^(?:MD5|SHA-256|SHA-512-256)(?:-sess)?$/i.test(algorithm)
            ? algorithm
            : 'another algorithm';
        return `digest with ${known} and qop=${/^(?:auth|auth-int|\(none\))$/.test(qop) ? qop : '(another)'}`;
    });
    const known = [...new Set(offers)];
    return known.length === 0
        ? 'No way to sign in is offered'
        : `Only ${known.join('; ')} is offered to sign in`;
}
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
    const signIn = async ({ method, path, deadline }, exchange) => {
        // Set to the nonce that this very call was given: refused with that one, the credentials are wrong.
        let own;
        while (fetching !== undefined)
            await waitFor(fetching, deadline.signal);
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
            if (header === undefined || ((0,atlas_answer/* isRefusalOfKnownCaller */.ow)(answer) && !STALE.test(header)))
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
    const body = (0,atlas_answer/* parseObject */.lj)(answer.text);
    const token = body?.access_token;
    const bearer = typeof body?.token_type === 'string' && body.token_type.toLowerCase() === 'bearer';
    // RFC 6750 §2.1: the characters of a bearer token.
    return bearer && typeof token === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? token : undefined;
}
/**
 * Signs in as a service account. The token is fetched once, when it is first needed, and shared by all calls
 * of the process: Atlas gives fifty new ones a minute, and a hundred may be alive. One that was accepted before and is refused now has
 * expired and is replaced; one that never was accepted is not, because the next would fare no better.
 */
function tokenSession(fetchToken) {
    let fetching;
    let token;
    const accepted = new Set();
    const currentToken = async (deadline) => {
        while (token === undefined) {
            const mine = fetching === undefined;
            fetching ??= fetchToken(deadline).finally(() => {
                fetching = undefined;
            });
            try {
                token = await waitFor(fetching, deadline.signal);
            }
            catch (error) {
                // Another call was fetching the token, and only that call ran out of time.
                if (mine || deadline.signal.aborted || !(0,errors/* isAtlasError */.yH)(error, 'timeout', 'cancelled'))
                    throw error;
            }
        }
        return token;
    };
    const signIn = async ({ deadline }, exchange) => {
        for (let renewals = 0;; renewals++) {
            const used = await currentToken(deadline);
            const answer = await exchange(`Bearer ${used}`);
            if (answer.status !== 401) {
                accepted.add(used);
                return answer;
            }
            if ((0,atlas_answer/* isRefusalOfKnownCaller */.ow)(answer) || !accepted.has(used) || renewals === 1)
                return answer;
            // Several calls may see the same expiry; only the first of them drops the token.
            if (token === used)
                token = undefined;
        }
    };
    return { signIn, token: () => token };
}

;// CONCATENATED MODULE: ./lib/atlas/api.js









/** In bytes. A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 2 * 1024 * 1024;
/** How long the end of a step waits for the token's revocation: it would expire by itself, within the hour. */
const REVOKE_LIMIT = 3_000;
/** Opens a session. It begins to connect at once, and asks nothing before the first call. */
function openAtlas(options) {
    const { baseUrl, surface, credentials, proxy, tryLimit } = options;
    const masked = new Set();
    const mask = (secret) => {
        if (!masked.has(secret))
            options.machine.mask(secret);
        masked.add(secret);
    };
    const machine = { ...options.machine, mask };
    for (const secret of secretsOfProxy(proxy))
        mask(secret);
    const connection = openConnection({ origin: new URL(baseUrl).origin, proxy, largest: LARGEST_ANSWER });
    const serviceClock = followServiceClock(machine.clock);
    const context = { connection, host: new URL(baseUrl).host, serviceClock, machine, tryLimit };
    const signIn = signInFor(credentials, context);
    const within = (deadline) => atlasCalls(surface, {
        ask: (call, read) => makeCall(call, read, signIn.caller, deadline, context),
        askAs: (key, call, read) => makeCall(call, read, signIn.as(key), deadline, context),
        mask,
        serviceNow: serviceClock.now,
        signInAsAccount: async (account) => {
            const tokens = tokensOf(account, context);
            const token = await tokens.fetch(deadline);
            // It would expire by itself, within the hour.
            await tokens.giveBack(token).catch(() => undefined);
        },
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
    const tokens = tokensOf(credentials, context);
    const session = tokenSession(tokens.fetch);
    return {
        caller: session.signIn,
        as: (key) => digestSession(key, cnonce).signIn,
        async end() {
            const token = session.token();
            if (token !== undefined)
                await tokens.giveBack(token);
        },
    };
}
/** The two calls that a service account makes for itself. */
function tokensOf(account, context) {
    const authorization = basicAuthorization(account);
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
            createsSecret: path === TOKEN_PATH,
        };
    };
    return {
        fetch(deadline) {
            const call = form(TOKEN_PATH, 'sign in as the service account', TOKEN_FORM);
            const read = (answer) => {
                const token = readToken(answer);
                if (token === undefined)
                    throw explainNonsense(call, `the answer holds no bearer token. ${CHECK_WAY}`);
                context.machine.mask(token);
                return token;
            };
            return makeCall(call, read, basic, deadline, context);
        },
        giveBack(token) {
            const call = form(REVOKE_PATH, 'revoke the token', revokeForm(token));
            return makeCall(call, () => undefined, basic, startDeadline(REVOKE_LIMIT, context.machine.clock), context);
        },
    };
}
/** A proxy's password, as it stands in the URL and as it is meant. */
function secretsOfProxy(proxy) {
    if (proxy === undefined)
        return [];
    return [new URL(proxy).password, (0,wire_proxy/* proxyCredentials */.F)(proxy).password].filter((secret) => secret !== '');
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
function openSession(wish) {
    const { service, credentials, timeout, patience, signals } = wish;
    // A call that nobody waits for any more must not be repeated, or it keeps the process from ending.
    const ended = new AbortController();
    const until = (...ends) => AbortSignal.any([...ends, ended.signal]);
    const deadline = startDeadline(timeout - Math.min(KEPT_FOR_UNDOING, timeout / 4), machine.clock, until(signals.cancelled), patience);
    const session = openAtlas({
        baseUrl: service.baseUrl,
        surface: service.surface,
        credentials,
        proxy: service.proxy,
        deadline,
        machine,
    });
    const left = new Map();
    const step = {
        atlas: session.atlas,
        undoing: session.within(startDeadline(timeout, machine.clock, until(signals.abandoned), patience)),
        surface: service.surface,
        run: wish.run,
        nonce: wish.nonce,
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
        journal: wish.journal,
        deliver: async (delivery) => {
            await wish.store?.('key' in delivery
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
        ? new errors/* AtlasError */.qL('The time for all calls of this step (timeout) is used up, and it still waited: for Atlas to know the new key, or ' +
            'for another run to finish its own. Run the job again, or give a longer timeout.', {
            kind: 'timeout',
        })
        : new errors/* AtlasError */.qL('The run was cancelled.', { kind: 'cancelled' });
}


/***/ }),

/***/ 3112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kl: () => (/* binding */ faultOf),
/* harmony export */   ML: () => (/* binding */ WireFault),
/* harmony export */   TR: () => (/* binding */ isCertificateCode),
/* harmony export */   se: () => (/* binding */ refusalOfProxy)
/* harmony export */ });
/* unused harmony exports ProxyRefusal, codeOf */
/** What goes over the wire, what carries it, and why no whole answer came back. */
/** A request without a whole answer. No user reads it: who asked makes an error of it. */
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
        const code = codeOf(facts.cause);
        super(code === '' ? reason : code, { cause: facts.cause });
        this.reason = reason;
        this.sent = facts.sent;
        this.received = facts.received;
        this.code = code;
    }
}
/** A proxy's own refusal, or a failure on the way to it. */
class ProxyRefusal extends Error {
    name = 'ProxyRefusal';
    /** `status 407`, or Node's or undici's code, or the name of the error. */
    code;
    constructor(code, cause) {
        super(`the proxy said ${code}`, { cause });
        this.code = code;
    }
}
/** Names an error of a request through a proxy that was not sent. Behind the proxy, only a certificate can be at fault. */
function refusalOfProxy(error) {
    if (isCertificateCode(codeOf(error)))
        return error;
    const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
    const code = codeOf(error.cause) || codeOf(error) || error.name;
    return new ProxyRefusal(status === undefined ? code : `status ${status}`, error);
}
/** Names the fault in an error of Node or undici. `begun`: the head of an answer had arrived. */
function faultOf(error, facts) {
    const code = codeOf(error);
    const fault = (reason) => new WireFault(reason, { ...facts, cause: error });
    if (error instanceof ProxyRefusal)
        return fault('proxy');
    if (isCertificateCode(code))
        return fault('untrusted');
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
        return fault('tooLarge');
    if (code === 'UND_ERR_HEADERS_OVERFLOW')
        return fault('notHttp');
    // Where the head was HTTP, a parse error after it means that the body was cut off.
    const unparsed = error instanceof Error && error.name === 'HTTPParserError';
    if (unparsed && !facts.begun)
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


/***/ })

};
