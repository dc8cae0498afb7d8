// Every database, store, key and value of this origin, as plain JSON.
// Bytes become text where they are valid UTF-8, else {"base64": ..}; dates {"date": ms}.
const wait = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
  request.onblocked = () => fail(new Error("blocked"));
});
const bytes = (view) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(view);
  } catch {
    let text = "";
    for (let at = 0; at < view.length; at += 8192) text += String.fromCharCode(...view.subarray(at, at + 8192));
    return { base64: btoa(text) };
  }
};
const plain = async (value, seen = []) => {
  if (value === undefined) return null;
  if (typeof value === "bigint") return { bigint: value.toString() };
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof ArrayBuffer) return bytes(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (value instanceof Blob) return { type: value.type, blob: bytes(new Uint8Array(await value.arrayBuffer())) };
  if (value instanceof Date) return { date: value.getTime() };
  if (value instanceof CryptoKey) {
    return { cryptoKey: value.type, algorithm: value.algorithm.name, extractable: value.extractable };
  }
  if (seen.includes(value)) return { cycle: true };
  const inside = [...seen, value];
  if (value instanceof Map) {
    const entries = [];
    for (const [key, item] of value) entries.push([await plain(key, inside), await plain(item, inside)]);
    return { map: entries };
  }
  if (value instanceof Set || Array.isArray(value)) {
    const items = [];
    for (const item of value) items.push(await plain(item, inside));
    return items;
  }
  const record = {};
  for (const [key, item] of Object.entries(value)) record[key] = await plain(item, inside);
  return record;
};
const databases = {};
for (const { name } of await indexedDB.databases()) {
  const database = await wait(indexedDB.open(name));
  try {
    const stores = {};
    for (const store of database.objectStoreNames) {
      const from = database.transaction(store, "readonly").objectStore(store);
      const [keys, values] = await Promise.all([wait(from.getAllKeys()), wait(from.getAll())]);
      const rows = [];
      for (let at = 0; at < keys.length; at += 1) {
        rows.push({ key: await plain(keys[at]), value: await plain(values[at]) });
      }
      stores[store] = rows;
    }
    databases[name] = { version: database.version, stores };
  } finally {
    database.close();
  }
}
return databases;
