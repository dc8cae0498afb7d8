// Brings an element into view and says whether a pointer at its middle would reach it.
const [element] = arguments;
if (!element.isConnected || element.disabled) return false;
element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
const box = element.getClientRects()[0];
if (!box || box.width === 0 || box.height === 0) return false;
const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return hit !== null && (element.contains(hit) || (hit.control === element) || hit.contains(element));
