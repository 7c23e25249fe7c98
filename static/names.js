// Search for names in the static edition: from small files, by how names begin.
// Without this script the search page leads through all names from A to Z.

const MOST = 50;
const MOST_FILES = 16;
const KINDS = { person: "Person", organisation: "Organisation", event: "Event" };

// As `entities/folding.py` folds on the server; the index has the tables for it.
export function folder({ accents, spelt }) {
  const isAccent = (point) => {
    let low = 0;
    let high = accents.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (point < accents[middle][0]) high = middle - 1;
      else if (point > accents[middle][1]) low = middle + 1;
      else return true;
    }
    return false;
  };
  const isIdeograph = (point) =>
    (point >= 0x3040 && point <= 0x30ff) ||
    (point >= 0x3400 && point <= 0x9fff) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0x20000 && point <= 0x3ffff);
  // Sign by sign: a whole word would end in a final sigma.
  const lower = (text) =>
    [...text].map((sign) => sign.toUpperCase().toLowerCase()).join("");
  const spaced = (sign) => {
    if (isIdeograph(sign.codePointAt(0))) return ` ${sign} `;
    if (/[\p{L}\p{N}\p{M}]/u.test(sign)) return sign;
    return "'’ʼ".includes(sign) ? "" : " ";
  };
  return (text) => {
    const apart = lower(text.normalize("NFKD")).normalize("NFKD");
    const bare = [...apart].filter((sign) => !isAccent(sign.codePointAt(0))).join("");
    const plain = [...bare.normalize("NFC")].map((sign) => spelt[sign] ?? sign).join("");
    return [...plain].map(spaced).join("").split(" ").filter(Boolean);
  };
}

// All words of the query begin words of the name.
function isMeant(words, folded) {
  const own = folded.split(" ");
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

function rank(words, folded) {
  const query = words.join(" ");
  if (folded === query) return 0;
  return folded.startsWith(query) ? 1 : 2;
}

class Names {
  constructor(place) {
    this.place = place;
    this.files = new Map();
  }

  async fetched(path) {
    if (!this.files.has(path)) {
      const asked = fetch(path).then((answer) => {
        if (!answer.ok) throw new Error(path);
        return answer.json();
      });
      asked.catch(() => this.files.delete(path));
      this.files.set(path, asked);
    }
    return this.files.get(path);
  }

  // The best names for what was typed, each record once.
  async find(text) {
    const index = await this.fetched(this.place);
    const words = folder(index)(text);
    if (!words.length) return [];
    const longest = words.reduce((one, other) => (other.length > one.length ? other : one));
    const files = Object.entries(index.files)
      .filter(([start]) => start.startsWith(longest) || longest.startsWith(start))
      .slice(0, MOST_FILES);
    const read = await Promise.all(files.map(([, path]) => this.fetched(path)));
    const meant = read
      .flat()
      .filter((name) => isMeant(words, name[4]))
      .sort((one, other) => rank(words, one[4]) - rank(words, other[4]) || (one[4] < other[4] ? -1 : 1));
    const records = new Map();
    for (const name of meant) if (!records.has(name[1])) records.set(name[1], name);
    return [...records.values()].slice(0, MOST);
  }
}

class Results {
  constructor(section) {
    this.section = section;
    this.names = new Names(section.dataset.names);
    this.input = document.querySelector("input[type=search]");
    this.input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `?${new URLSearchParams({ q: this.input.value })}`);
      this.show();
    });
    this.input.addEventListener("input", () => this.show());
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    if (this.input.value) this.show();
  }

  async show() {
    const asked = this.input.value.trim();
    const tally = this.section.querySelector("[role=status]");
    try {
      const found = asked ? await this.names.find(asked) : [];
      if (asked !== this.input.value.trim()) return;
      const size = found.length === MOST ? `The first ${MOST} names` : `${found.length} ${found.length === 1 ? "name" : "names"}`;
      tally.textContent = asked ? size : "";
      this.section.querySelector("ul").replaceChildren(...found.map(row));
    } catch {
      tally.textContent = "The names could not be loaded. Try again, or choose a letter below.";
    }
  }
}

function row([words, href, kind, of]) {
  const item = document.createElement("li");
  const kicker = document.createElement("p");
  kicker.className = "kicker";
  kicker.textContent = KINDS[kind];
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = of || words;
  heading.append(link);
  item.append(kicker, heading);
  if (of) {
    const also = document.createElement("p");
    also.className = "about";
    also.textContent = `Also met as ${words}`;
    item.append(also);
  }
  return item;
}

for (const section of document.querySelectorAll("[data-names]")) new Results(section);
