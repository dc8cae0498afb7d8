// Shifts every reading of the real clock by OFFSET milliseconds, before any script of the page runs.
(() => {
  const offset = OFFSET;
  if (globalThis.__clockShift !== undefined) return;
  Object.defineProperty(globalThis, "__clockShift", { value: offset });
  const Real = Date;
  const now = () => Real.now() + offset;
  const Shifted = function Date(...args) {
    if (!new.target) return new Real(now()).toString();
    return Reflect.construct(Real, args.length === 0 ? [now()] : args, new.target);
  };
  Object.setPrototypeOf(Shifted, Real);
  Object.defineProperty(Shifted, "length", { value: 7 });
  Object.defineProperty(Shifted, "now", { value: now, writable: true, configurable: true });
  Shifted.prototype = Real.prototype;
  Object.defineProperty(Real.prototype, "constructor", { value: Shifted, writable: true, configurable: true });
  Object.defineProperty(globalThis, "Date", { value: Shifted, writable: true, configurable: true });

  const origin = Object.getOwnPropertyDescriptor(Performance.prototype, "timeOrigin");
  if (origin && origin.get) {
    Object.defineProperty(Performance.prototype, "timeOrigin", {
      configurable: true,
      enumerable: true,
      get() { return origin.get.call(this) + offset; },
    });
  }
  // Formats without a date mean now; the format getter is bound to its formatter.
  const formats = Intl.DateTimeFormat.prototype;
  const format = Object.getOwnPropertyDescriptor(formats, "format").get;
  Object.defineProperty(formats, "format", {
    configurable: true,
    get() {
      const bound = format.call(this);
      return (date) => bound(date === undefined ? now() : date);
    },
  });
  const parts = formats.formatToParts;
  formats.formatToParts = function formatToParts(date) {
    return parts.call(this, date === undefined ? now() : date);
  };
  // A page that could read the real time by a second way would make the shift a half truth.
  delete globalThis.Temporal;
})();
