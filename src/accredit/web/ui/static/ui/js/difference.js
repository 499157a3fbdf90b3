// What differs between two texts, word by word: pieces of the kinds same, removed, added.
const MOST = 1500;
const tokens = (text) => text.match(/\s+|(?:[\p{L}\p{N}]+|[^\p{L}\p{N}\s])\s*/gu) ?? [];

export function compare(old, now) {
  const before = tokens(old);
  const after = tokens(now);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const pieces = [["same", before.slice(0, start)], ...middle, ["same", end ? before.slice(-end) : []]];
  return pieces.map(([kind, words]) => [kind, words.join("")]).filter(([, text]) => text);
}

function between(before, after) {
  if (before.length > MOST || after.length > MOST) return [["removed", before], ["added", after]];
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      lengths[a][b] = before[a].trim() === after[b].trim() ? lengths[a + 1][b + 1] + 1 : Math.max(lengths[a + 1][b], lengths[a][b + 1]);
    }
  }
  const pieces = [];
  const add = (kind, word) => (pieces.at(-1)?.[0] === kind ? pieces.at(-1)[1].push(word) : pieces.push([kind, [word]]));
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a].trim() === after[b].trim()) add("same", after[b++], a++);
    else if (b >= after.length || (a < before.length && lengths[a + 1][b] >= lengths[a][b + 1])) add("removed", before[a++]);
    else add("added", after[b++]);
  }
  return pieces;
}

export function drawn(old, now) {
  const place = document.createElement("p");
  place.className = "diff-text";
  for (const [kind, text] of compare(old, now)) {
    const piece = kind === "same" ? document.createTextNode(text) : document.createElement(kind === "added" ? "ins" : "del");
    if (kind !== "same") piece.textContent = text;
    place.append(piece);
  }
  return place;
}
