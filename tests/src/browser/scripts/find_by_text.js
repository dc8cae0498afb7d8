// The first shown element of a selector whose text or label is the one asked for, or else contains it.
const [selector, wanted] = arguments;
const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
const shown = [...document.querySelectorAll(selector)].filter(
  (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled,
);
const says = (element) => [tidy(element.innerText), tidy(element.getAttribute("aria-label")), tidy(element.value)];
return shown.find((element) => says(element).includes(wanted))
  || shown.find((element) => says(element).some((text) => text.includes(wanted)))
  || null;
