export const id = 359;
export const ids = [359];
export const modules = {

/***/ 4359:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   speakHttp: () => (/* binding */ speakHttp)
/* harmony export */ });
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8877);
/* harmony import */ var undici_lib_dispatcher_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3701);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5571);
/* harmony import */ var _wire_fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7955);




/** A page of 500 keys with a role in every project stays below 1 MB; nothing we ask for is larger. */
const LARGEST_ANSWER = 8 * 1024 * 1024;
const LARGEST_HEADERS = 16 * 1024;
/** Over HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112#section-9.3.2 */
const READS_AT_ONCE = 2;
/**
 * Speaks HTTP to an origin over one socket at a time: HTTP/2 where the server speaks it, else HTTP/1.1, with two reads
 * asked for at once and every change alone. An idle one is left after four seconds (undici's default), before a server
 * closes it under a request that must not be repeated.
 */
function speakHttp(origin, takeSocket) {
    // undici parses HTTP/1.1 in WebAssembly. V8 would set out to optimise that after the second answer, and the
    // process could not end before it is done: 60 ms at the end of a step that has nothing left to do.
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--wasm-tiering-budget=2000000000');
    let multiplexed = false;
    const clients = new Set();
    const newClient = () => {
        const client = new undici_lib_dispatcher_client_js__WEBPACK_IMPORTED_MODULE_1__(origin, {
            // The limit of each try is a signal; undici's own timers would only hold a second opinion.
            headersTimeout: 0,
            bodyTimeout: 0,
            pipelining: READS_AT_ONCE,
            maxHeaderSize: LARGEST_HEADERS,
            maxResponseSize: LARGEST_ANSWER,
            connect: (_target, callback) => {
                takeSocket().then((socket) => {
                    multiplexed = 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
                    callback(null, socket);
                }, callback);
            },
        });
        clients.add(client);
        return client;
    };
    let current = newClient();
    let readsAlone = false;
    const changes = new Set();
    return {
        async exchange(request, signal) {
            const reads = request.method === 'GET';
            // A read that is given up takes the socket with it, and undici would send a change before it once more.
            while (reads && !multiplexed && changes.size > 0)
                await (0,_deadline_js__WEBPACK_IMPORTED_MODULE_3__/* .waitFor */ .f)(Promise.allSettled(changes), signal);
            const exchanged = exchange(current, request, signal, readsAlone || !reads);
            if (!reads)
                changes.add(exchanged);
            try {
                return await exchanged;
            }
            catch (error) {
                // Perhaps a proxy in between cannot be asked ahead.
                readsAlone = true;
                throw error;
            }
            finally {
                changes.delete(exchanged);
            }
        },
        renew() {
            const old = current;
            current = newClient();
            void Promise.allSettled([old.close()]).then(() => clients.delete(old));
        },
        async close() {
            await Promise.allSettled([...clients].map((client) => client.destroy()));
        },
    };
}
/** `alone`: over HTTP/1.1, nothing is asked for before this one is being answered. */
function exchange(client, { method, path, headers: asked, body }, signal, alone) {
    const { promise, resolve, reject } = Promise.withResolvers();
    let sent = false;
    let status = 0;
    let headers = {};
    const chunks = [];
    const text = () => Buffer.concat(chunks).toString('utf8');
    let stop;
    const abort = () => {
        const fault = new _wire_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .WireFault */ .ML('aborted', { sent, received: text(), cause: signal.reason });
        reject(fault);
        stop?.(fault);
    };
    if (signal.aborted) {
        abort();
        return promise;
    }
    signal.addEventListener('abort', abort, { once: true });
    client.dispatch({ method, path, headers: asked, body: body ?? null, blocking: alone }, {
        // Called right before the request is written, and not at all when no connection came about. Called again for a
        // read that lost the connection to the one before it.
        onRequestStart(controller) {
            status = 0;
            chunks.length = 0;
            // Thrown, since an abort would take the socket along, with what is under way on it.
            if (signal.aborted)
                throw new Error('given up while it was queued');
            stop = (reason) => controller.abort(reason);
            sent = true;
        },
        onResponseStart(_controller, statusCode, fields) {
            status = statusCode;
            headers = joined(fields);
        },
        onResponseData: (_controller, chunk) => {
            chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ status, headers, text: text() }),
        onResponseError: (_controller, error) => reject((0,_wire_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .faultOf */ .Kl)(error, { sent, received: text(), begun: status !== 0 })),
    });
    const forget = () => signal.removeEventListener('abort', abort);
    promise.then(forget, forget);
    return promise;
}
function joined(fields) {
    const entries = Object.entries(fields).map(([name, value]) => [
        name.toLowerCase(),
        [value].flat().join(', '),
    ]);
    return Object.fromEntries(entries);
}


/***/ })

};
