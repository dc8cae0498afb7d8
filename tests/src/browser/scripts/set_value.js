// Sets a field's value the way a choice by hand does: the browser's own setter, then input and change.
const [element, value] = arguments;
const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value");
own.set.call(element, value);
element.dispatchEvent(new Event("input", { bubbles: true }));
element.dispatchEvent(new Event("change", { bubbles: true }));
return element.value === value;
