// The entry of the worker: it stands between the runtime and the wasm instance, and it is the panic guard.
//
// A panic in Rust ends the instance. Its promises then never settle, so whoever waits for them would wait for ever.
// The shim therefore knows every call in flight and rejects them all when the instance dies; an object that had one
// is aborted, so that a half-done transaction is rolled back and its next request starts from storage. The next call
// of anything starts a new instance.
//
// The contract with the wasm side is that of the crate `worker` 0.8: `__worker_init_state`, `__wbg_reset_state`, and
// exported classes built with (ctx, env).

import { WorkerEntrypoint } from "cloudflare:workers";
import * as exports from "./index.js";

const initState = exports.__worker_init_state();

/** The reject functions of all calls in flight. */
const inFlight = new Set();

class InstanceDied extends Error {}

function died(cause) {
  if (!initState.criticalError) console.error("the wasm instance died:", String(cause?.name ?? cause));
  initState.criticalError = true;
  const waiting = [...inFlight];
  inFlight.clear();
  for (const reject of waiting) reject(new InstanceDied("the wasm instance died"));
}

function isDeath(error) {
  return error instanceof WebAssembly.RuntimeError || error instanceof InstanceDied || initState.criticalError;
}

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) died(event.error);
});
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) died(event.reason);
});

/** A new instance where the last one died. */
function revive() {
  if (!initState.criticalError) return;
  // The panic hook tells us even where the exception was swallowed on its way: nobody waits for the dead.
  died("a panic");
  exports.__wbg_reset_state();
  initState.criticalError = false;
  initState.instanceId++;
  // Read by metrics.rs.
  globalThis.cascadeRestarts = (globalThis.cascadeRestarts ?? 0) + 1;
}

/** Calls into the instance; settles even when the instance dies under it. */
function guarded(call) {
  revive();
  return new Promise((resolve, reject) => {
    inFlight.add(reject);
    const settle = (end) => (value) => {
      inFlight.delete(reject);
      end(value);
      if (initState.criticalError) died("a panic");
    };
    let result;
    try {
      result = call();
    } catch (error) {
      inFlight.delete(reject);
      if (error instanceof WebAssembly.RuntimeError) died(error);
      reject(error);
      return;
    }
    Promise.resolve(result).then(
      settle(resolve),
      settle((error) => {
        if (error instanceof WebAssembly.RuntimeError) died(error);
        reject(error);
      }),
    );
  });
}

function internalFault() {
  return new Response('{"code":"internal"}', {
    status: 500,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'",
    },
  });
}

export default class Entrypoint extends WorkerEntrypoint {
  async fetch(request) {
    try {
      return await guarded(() => exports.fetch(request, this.env, this.ctx));
    } catch (error) {
      // Its text may hold what a request held; its kind does not.
      console.error("a request failed:", String(error?.name));
      return internalFault();
    }
  }
}

/** The runtime's class for an exported one: the same methods, guarded; rebuilt when the instance is a new one. */
function durable(name) {
  const methods = ["fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError"].filter(
    (method) => method in exports[name].prototype,
  );
  return class {
    #ctx;
    #env;
    #inner;
    #instanceId;

    constructor(ctx, env) {
      this.#ctx = ctx;
      this.#env = env;
    }

    #living() {
      if (this.#instanceId !== initState.instanceId) {
        this.#inner = new exports[name](this.#ctx, this.#env);
        this.#instanceId = initState.instanceId;
      }
      return this.#inner;
    }

    async #call(method, args) {
      try {
        return await guarded(() => this.#living()[method](...args));
      } catch (error) {
        // In this object's own context, so that its storage can be given up: what was not committed is gone.
        if (isDeath(error)) this.#ctx.abort("the wasm instance died");
        throw error;
      }
    }

    static {
      for (const method of methods) {
        this.prototype[method] = function (...args) {
          return this.#call(method, args);
        };
      }
    }
  };
}

export const ShardObject = durable("ShardObject");
export const RegistryObject = durable("RegistryObject");
