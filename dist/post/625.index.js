export const id = 625;
export const ids = [625];
export const modules = {

/***/ 5625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   speakHttp: () => (/* binding */ speakHttp)
/* harmony export */ });
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6752);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9381);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3112);



/** Milliseconds for a handshake, and for a proxy's answer. */
const CONNECT_LIMIT = 10_000;
/** Speaks HTTP to an origin: HTTP/2 where the server speaks it, else HTTP/1.1, where one request follows on another. */
function speakHttp(options) {
    let dispatcher = openDispatcher(options);
    return {
        exchange: (request, signal) => exchangeOver(dispatcher, options)(request, signal),
        renew() {
            void dispatcher.close();
            dispatcher = openDispatcher({ ...options, early: undefined });
        },
        close: () => dispatcher.destroy(),
    };
}
/**
 * One connection: with more, undici opens a second for a request that follows at once on an answer. Certificates, a
 * proxy's too, are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says. The limit of each request is a signal. An idle
 * connection is left after four seconds (undici's default), before a server closes it under a request that must not be
 * repeated.
 */
function openDispatcher({ proxy, largest, early, closing }) {
    const limits = { connections: 1, headersTimeout: 0, bodyTimeout: 0, maxResponseSize: largest };
    const tls = { rejectUnauthorized: true, preferH2: true, timeout: CONNECT_LIMIT, signal: closing };
    if (proxy === undefined) {
        let first = early;
        const open = (0,undici__WEBPACK_IMPORTED_MODULE_0__/* .buildConnector */ .gU)(tls);
        return new undici__WEBPACK_IMPORTED_MODULE_0__/* .Agent */ .g6({
            ...limits,
            connect: async (target, callback) => {
                const socket = await first;
                first = undefined;
                if (socket === undefined || socket.destroyed)
                    open(target, callback);
                else
                    callback(null, socket.setTimeout(0));
            },
        });
    }
    const { username, password } = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyCredentials */ .F)(proxy);
    const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
    const connect = (0,undici__WEBPACK_IMPORTED_MODULE_0__/* .buildConnector */ .gU)({ ...tls, allowH2: false });
    return new undici__WEBPACK_IMPORTED_MODULE_0__/* .ProxyAgent */ .kT({
        ...limits,
        uri: new URL(proxy).origin,
        ...(username !== '' && { token: `Basic ${credentials}` }),
        requestTls: tls,
        clientFactory: (uri) => new undici__WEBPACK_IMPORTED_MODULE_0__/* .Client */ .Kj(uri, {
            headersTimeout: CONNECT_LIMIT,
            connect: (target, callback) => 
            // Without `servername` the connector takes the proxy's own, and none for an address.
            connect({ ...target, servername: '' }, (error, socket) => error === null
                ? callback(null, socket)
                : callback(new Error('no connection to the proxy', { cause: error }), null)),
        }),
    });
}
function exchangeOver(dispatcher, { origin, proxy }) {
    return ({ method, path, headers: asked, body }, signal) => {
        const { promise, resolve, reject } = Promise.withResolvers();
        let sent = false;
        let status = 0;
        let headers = {};
        const chunks = [];
        const text = () => Buffer.concat(chunks).toString('utf8');
        let stop;
        const abort = () => {
            const fault = new _wire_js__WEBPACK_IMPORTED_MODULE_2__/* .WireFault */ .ML('aborted', { sent, received: text(), cause: signal.reason });
            reject(fault);
            stop?.(fault);
        };
        if (signal.aborted) {
            abort();
            return promise;
        }
        signal.addEventListener('abort', abort, { once: true });
        dispatcher.dispatch({ origin, method, path, headers: asked, body: body ?? null }, {
            // Called right before the request is written, and not at all when no connection came about.
            onRequestStart(controller) {
                // Thrown, because an abort would close the connection as well.
                if (signal.aborted)
                    throw new Error('given up while it was queued');
                // Over HTTP/2 undici sends a request once more where the server says that it did not carry it out. Whether
                // that may be is for our own retry to decide.
                if (sent)
                    throw new Error('to be sent a second time');
                stop = (reason) => controller.abort(reason);
                sent = true;
            },
            onResponseStart(_controller, statusCode, fields) {
                status = statusCode;
                const entries = Object.entries(fields).map(([name, value]) => [name, [value].flat().join(', ')]);
                headers = Object.fromEntries(entries);
            },
            onResponseData: (_controller, chunk) => {
                chunks.push(chunk);
            },
            onResponseEnd: () => resolve({ status, headers, text: text() }),
            onResponseError(_controller, error) {
                reject((0,_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .faultOf */ .Kl)(error, { sent, received: text(), begun: status !== 0, tunnel: proxy !== undefined }));
            },
        });
        return promise.finally(() => signal.removeEventListener('abort', abort));
    };
}


/***/ })

};
