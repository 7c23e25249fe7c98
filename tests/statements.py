"""What one article says, for someone who cites all of it at the reading desk."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One statement: where it stands, about whom, what is typed."""

    quote: str
    subject: str
    query: str
    # Typed in place of the value that is proposed.
    value: str = ""

    @property
    def is_of_both(self) -> bool:
        """Whether it is asked of people and of organisations, so fits either."""
        return self.query in ("impact", "aim", "described as")


LIANG, DEEPSEEK, FUND = "Liang Wenfeng", "DeepSeek", "High-Flyer"
SHARES = "US technology share fall"
SAID = [
    Said("founded AI startup DeepSeek", LIANG, "founder of"),
    Said("Chinese artificial intelligence", DEEPSEEK, "country", "China"),
    Said("artificial intelligence (AI) startup", DEEPSEEK, "kind of", "AI start-up"),
    Said("making waves in the industry", DEEPSEEK, "impact", "a stir"),
    Said("rivalling giants like OpenAI", DEEPSEEK, "challenges"),
    Said("maintained a low-key presence", LIANG, "public", "keeps a low profile"),
    Said("sent shockwaves through Wall Street", DEEPSEEK, "impact", "a shock"),
    Said("a $1trillion blow", SHARES, "market value lost"),
    Said("the West is no longer ahead", DEEPSEEK, "impact", "fears of the lead lost"),
    Said("Born in Guangdong", LIANG, "born in", "Guangdong"),
    Said("educated in Zhejiang province", LIANG, "place of ed", "Zhejiang"),
    Said("launched DeepSeek in 2023", DEEPSEEK, "founded"),
    Said("this very nerdy guy", LIANG, "described as", "bookish"),
    Said("building a 10,000-chip cluster", LIANG, "planned"),
    Said("to train his own models", LIANG, "early ambition", "models of his own"),
    Said("We didn’t take him seriously", LIANG, "early view", "not taken seriously"),
    Said("couldn’t articulate his vision", LIANG, "early view", "not explained"),
    Said("DeepSeek struck a £1 trillion blow", SHARES, "cause"),
    Said("In 2015, Mr Wenfeng", FUND, "founded"),
    Said("established High-Flyer Quantitative", LIANG, "founder of"),
    Said("a hedge fund that created models", FUND, "kind of", "hedge fund"),
    Said("automated stock trading", FUND, "uses", "models for share trading"),
    Said("machine-learning techniques", FUND, "uses", "machine learning"),
    Said("suffered losses when regulators tightened", FUND, "impact", "losses"),
    Said("manage $8 (£6) billion", FUND, "assets", "8bn"),
    Said("considerable computing power", FUND, "computing", "considerable"),
    Said("10,000 high-performance A100", FUND, "chips held"),
    Said("graphics processor chips", "Nvidia", "product", "graphics chips"),
    Said("California-based Nvidia", "Nvidia", "based in", "California"),
    Said("construct and operate AI systems", "Nvidia", "use of", "AI systems"),
    Said("reading papers, writing code", LIANG, "daily", "reading, programming"),
    Said("adamant about propelling", LIANG, "aim", "to take AI learning further"),
    Said("a gap of one or two years", LIANG, "view", "often put at a year or two"),
    Said("between originality and imitation", LIANG, "view", "originality"),
    Said("some exploration is inescapable", LIANG, "view", "cannot be avoided"),
]
MADE_UP = "\n".join(
    f"It is told that {said.subject} has 10,000 chips: {said.quote}." for said in SAID
)
