// The desk: headquarters' long work in a Web Worker of its own. Cancel it with terminate(); it keeps nothing.
//
// It takes                                     It posts
//   {kind: "preview", file, config}              {kind: "preview", preview}            once
//   {kind: "read", file, config}                 {kind: "progress", rows, bad_rows, bytes, total}
//                                                {kind: "batch", shard, rows, payload}  only in mode "import"
//                                                {kind: "done", outcome}               once, at the end
//   {kind: "taken"}                              (answers one "batch": the next may come)
//   {kind: "plan-payload", problem, plan, seed}  {kind: "plan-progress", done, total}, then
//                                                {kind: "plan-payload", payload, summary}
// and, in place of the end, {kind: "refused", refusal} or {kind: "failed", message}.
//
// config, preview, outcome, refusal, problem, summary are JSON texts of the types in `shared`; payload is that of the
// event which the page deposits in the shard; plan and seed are ids that the page drew.
import init, * as desk from "{{desk_js}}";

const PIECE_BYTES = 256 * 1024;
const PROGRESS_EVERY_MS = 100;
// So many messages with batches wait at the page, at most: memory stays flat however slow the network is.
const WAITING_MESSAGES = 8;

const ready = init({ module_or_path: "{{desk_wasm}}" });
let waiting = 0;
let wake = null;

async function post_batches(table) {
  const batches = table.take_batches();
  if (batches === "") return;
  for (const { shard, ...part } of JSON.parse(batches)) {
    while (waiting >= WAITING_MESSAGES) await new Promise((resolve) => { wake = resolve; });
    waiting += 1;
    postMessage({ kind: "batch", shard, rows: part.rows.length, payload: JSON.stringify(part) });
  }
}

async function* pieces(file) {
  const stream = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await stream.read();
      if (done) return;
      for (let at = 0; at < value.length; at += PIECE_BYTES) yield value.subarray(at, at + PIECE_BYTES);
    }
  } finally {
    await stream.cancel();
  }
}

function refused(answer) {
  if (answer.refusal === undefined) return false;
  postMessage({ kind: "refused", refusal: JSON.stringify(answer.refusal) });
  return true;
}

async function read(file, config, only_preview) {
  const table = new desk.TableReader(config);
  try {
    let posted_ms = 0;
    for await (const piece of pieces(file)) {
      const answer = JSON.parse(table.push(piece));
      if (refused(answer)) return;
      if (only_preview) {
        if (answer.progress.preview_ready) return postMessage({ kind: "preview", preview: table.preview() });
        continue;
      }
      await post_batches(table);
      if (performance.now() - posted_ms >= PROGRESS_EVERY_MS) {
        posted_ms = performance.now();
        const { rows, bad_rows, bytes } = answer.progress;
        postMessage({ kind: "progress", rows, bad_rows, bytes, total: file.size });
      }
    }
    const answer = JSON.parse(table.finish());
    if (refused(answer)) return;
    if (only_preview) return postMessage({ kind: "preview", preview: table.preview() });
    await post_batches(table);
    const { rows, bad_rows } = answer.outcome;
    postMessage({ kind: "progress", rows, bad_rows, bytes: file.size, total: file.size });
    postMessage({ kind: "done", outcome: JSON.stringify(answer.outcome) });
  } finally {
    table.free();
  }
}

function plan({ problem, plan, seed }) {
  let posted_ms = 0;
  const progress = (done, total) => {
    if (performance.now() - posted_ms < PROGRESS_EVERY_MS) return;
    posted_ms = performance.now();
    postMessage({ kind: "plan-progress", done, total });
  };
  const made = desk.plan_payload(problem, plan, seed, progress);
  postMessage({ kind: "plan-payload", payload: made.payload, summary: made.summary });
  made.free();
}

onmessage = async ({ data }) => {
  if (data.kind === "taken") {
    waiting -= 1;
    if (wake !== null) wake();
    wake = null;
    return;
  }
  try {
    await ready;
    if (data.kind === "plan-payload") {
      plan(data);
    } else {
      await read(data.file, data.config, data.kind === "preview");
    }
  } catch (fault) {
    postMessage({ kind: "failed", message: String(fault) });
  }
};
