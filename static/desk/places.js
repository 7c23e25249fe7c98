// Places in the article: code points of the stored text, as the server counts them.
// A browser counts UTF-16 units; every way between the two goes through this file.

const points = (text) => [...text].length;

export const paragraphs = (article) => [...article.querySelectorAll(".words")];

const startOf = (words) => Number(words.dataset.start);

// The place, from start to end, of what a range covers; null if it is no words.
export function placeOf(article, range) {
  let start = null;
  let end = null;
  for (const words of paragraphs(article)) {
    if (!range.intersectsNode(words)) continue;
    const inside = document.createRange();
    inside.selectNodeContents(words);
    const before = inside.cloneRange();
    if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0)
      inside.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0)
      inside.setEnd(range.endContainer, range.endOffset);
    const covered = inside.toString();
    if (!covered.trim()) continue;
    before.setEnd(inside.startContainer, inside.startOffset);
    const from = startOf(words) + points(before.toString());
    start ??= from;
    end = from + points(covered);
  }
  return start === null ? null : { start, end };
}

// The range that shows a place; null if the article has changed under it.
export function rangeOf(article, { start, end }) {
  const from = boundary(article, start, false);
  const to = boundary(article, end, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function boundary(article, place, isEnd) {
  const all = paragraphs(article);
  const holds = (one) => (isEnd ? startOf(one) < place : startOf(one) <= place);
  const words = all.filter(holds).at(-1);
  if (!words) return null;
  let left = place - startOf(words);
  const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let last = null;
  while (texts.nextNode()) {
    last = texts.currentNode;
    const units = [...last.data];
    if (left <= units.length) return [last, units.slice(0, left).join("").length];
    left -= units.length;
  }
  return last && [last, last.data.length];
}

// Every sentence of the article, in order.
export function sentences(article) {
  return paragraphs(article).flatMap((words) =>
    words.dataset.sentences.split(" ").filter(Boolean).map((one) => {
      const [start, end] = one.split("-").map(Number);
      return { start, end };
    }),
  );
}

// Every word, without the marks around it.
export function everyWord(article) {
  return paragraphs(article).flatMap((words) => {
    const text = words.textContent;
    return [...text.matchAll(/[\p{L}\p{N}\p{M}$£€¥][^\s]*[\p{L}\p{N}\p{M}%]|[\p{L}\p{N}%]/gu)].map(
      (match) => {
        const start = startOf(words) + points(text.slice(0, match.index));
        return { start, end: start + points(match[0]) };
      },
    );
  });
}
