// Starts the application and says plainly when it cannot start. It does nothing else.
const script = document.getElementById("boot-script");
const box = document.getElementById("boot");

function say(english, russian) {
  if (!box || !box.isConnected) return;
  box.classList.add("boot--stopped");
  box.replaceChildren(
    ...[["en", english], ["ru", russian]].map(([lang, text]) => {
      const line = document.createElement("p");
      line.lang = lang;
      line.textContent = text;
      return line;
    }),
  );
}

function isOffice() {
  try {
    return localStorage.getItem("cascade-office") === "1";
  } catch {
    return false;
  }
}

async function start() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") {
    say(
      "This browser is too old for Cascade. Use a current Chrome, Edge, Firefox or Safari.",
      "Браузер слишком стар для Cascade. Нужен современный Chrome, Edge, Firefox или Safari.",
    );
    return;
  }
  try {
    // A browser that has opened an office account loads the application with the office's screens.
    const { app, wasm, officeApp, officeWasm } = script.dataset;
    const whole = async () => (await import(officeApp)).default({ module_or_path: officeWasm });
    const small = async () => (await import(app)).default({ module_or_path: wasm });
    if (isOffice()) await whole();
    // Rarely needed screens are only in the whole application; without it the small one says so.
    else if (/^\/(records|receipts|parcels)(\/|$)/.test(location.pathname)) await whole().catch(small);
    else await small();
  } catch (fault) {
    console.error(fault);
    say(
      "The page could not start. Your records on this device are safe. Check the connection and reload.",
      "Страница не запустилась. Ваши записи на этом устройстве целы. Проверьте связь и перезагрузите страницу.",
    );
  }
}

start();
