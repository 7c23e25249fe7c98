"""Words that a reader of English knows and a program must be told, in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a full stop never ends a sentence.
BEFORE_A_NAME = _words(
    """
    adm brig capt cmdr col cpl dr fr gen gov hon lt maj messrs mr mrs ms mx pres
    prof rep rev sen sgt st ste supt e.g i.e cf viz vs v approx est incl ca
    """
)
# After these it ends none if a number follows.
BEFORE_A_NUMBER = _words(
    """
    no nos nr vol p pp para art ch sec fig figs eq jan feb mar apr jun jul aug sep
    sept oct nov dec
    """
)
# After these, as after initials, it ends one if a sentence surely starts.
MAY_END = _words("inc ltd co corp bros plc jr sr dept univ assn ave blvd")

# Function words, and others with which sentences start: capitals there mean nothing.
COMMON = _words(
    """
    a an the this that these those such same other another each every either neither
    both all any some no none many much more most few fewer less least several i you
    he she it we they one ones me him her us them my your his its our their mine
    yours hers ours theirs myself himself herself itself themselves who whom whose
    which what when where why how whether and or but nor so yet for if then than as
    because since although though while whereas unless until till once after before
    during despite of in on at by to from with without within into onto upon over
    under above below between among amongst amid across against along around behind
    beyond beside besides near off out outside inside through throughout toward
    towards via per unlike like up down about concerning regarding except
    notwithstanding is are was were be been being am has have had having do does did
    doing done can could may might must shall should will would not only also even
    just still already again too very quite rather almost nearly here there now
    today tomorrow yesterday meanwhile however therefore thus hence moreover
    furthermore additionally nevertheless nonetheless indeed instead otherwise
    finally first firstly second secondly third thirdly last lastly next later
    earlier soon recently currently previously formerly initially simultaneously
    shortly sometimes often usually always never ever perhaps maybe probably
    apparently reportedly allegedly notably importantly interestingly similarly
    likewise overall according given based following including amidst ahead back
    both asked said says say told tells added adds explained argues argued believes
    believed founded born known called named launched educated led made take see
    read learn leave let note look click follow share sign get yes no well please
    thanks sorry hello former late early new old young big small good bad great
    little own early earlier few recent such early much native local global national
    international editor's editors
    """
)

# Words before a name that say what somebody is, never who.
TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness president
    premier chancellor king queen prince princess emperor pope minister secretary
    senator congressman congresswoman representative governor mayor ambassador judge
    justice general admiral colonel captain major lieutenant sergeant chief
    executive officer chairman chairwoman chair director ceo cfo cto coo founder
    co-founder cofounder investor analyst spokesman spokeswoman spokesperson deputy
    vice acting former ex prime foreign state
    """
)
# Parts of titles that are none alone: the Prime in Prime Minister.
TITLE_PREFIXES = _words("chief prime deputy vice acting former ex foreign state")
PERSON_TITLES = TITLES - TITLE_PREFIXES

# Capitalised by rule of spelling, and names of nobody whom claims are about.
NEVER_NAMES = _words(
    """
    i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn
    winter christmas easter ramadan ai agi ml llm llms gpu gpus cpu cpus api apis
    app apps it ict iot vr ar ceo cfo cto coo cso vp hr pr pm am gmt utc et est pst
    us usa uk eu uae un u.s u.k u.n e.u gdp ipo ipos vat tv pc pcs gen internet web
    ok faq pdf url covid covid-19 dna x-ray iphone ipad ios macos usd gbp eur cny
    jpy rmb
    """
)

# Not all the world: the places that news names most.
PLACES = _words(
    """
    africa america antarctica asia australia europe eurasia oceania afghanistan
    algeria argentina austria bangladesh belarus belgium bolivia brazil britain
    bulgaria burma cambodia cameroon canada chile china colombia croatia cuba cyprus
    czechia denmark ecuador egypt england estonia ethiopia finland france georgia
    germany ghana greece guatemala haiti honduras hungary iceland india indonesia
    iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea
    kosovo kuwait laos latvia lebanon libya lithuania luxembourg malaysia mali malta
    mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands
    nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru
    philippines poland portugal qatar romania russia rwanda scotland senegal serbia
    singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan
    tanzania thailand tunisia turkey uganda ukraine uruguay uzbekistan venezuela
    vietnam wales yemen zambia zimbabwe beijing berlin brussels delhi dubai geneva
    hangzhou london madrid moscow mumbai paris rome seoul shanghai shenzhen tokyo
    vienna washington east west north south
    """
)
PLACE_ENDINGS = _words(
    """
    province valley street avenue road square city county district island islands
    sea ocean river lake bay mountain mountains kong states kingdom emirates
    republic peninsula desert coast
    """
)
DEMONYMS = _words(
    """
    african american arab asian australian austrian belgian brazilian british
    bulgarian canadian chilean chinese colombian croatian cuban czech danish dutch
    egyptian english estonian european finnish french german ghanaian greek
    hungarian icelandic indian indonesian iranian iraqi irish israeli italian
    japanese jordanian kenyan korean latvian lebanese lithuanian malaysian mexican
    moroccan nepalese nigerian norwegian pakistani palestinian peruvian polish
    portuguese romanian russian scottish serbian singaporean slovak spanish swedish
    swiss syrian taiwanese thai tibetan tunisian turkish ukrainian venezuelan
    vietnamese welsh western eastern northern southern
    """
)

ORGANISATION_WORDS = _words(
    """
    academy administration agency airlines alliance associates association authority
    bank brothers bureau capital college commission committee company co corp
    corporation council court daily department energy exchange federation foundation
    fund funds gazette group herald holdings hospital inc industries institute
    institution investments journal lab laboratories laboratory labs limited llc ltd
    magazine management media ministry motors museum network news office
    organisation organization parliament partners party plc police post press quant
    reserve review school senate securities society solutions systems technologies
    technology telegraph times tribune trust union university ventures ai
    """
)
# Small words that stand inside names.
INSIDE_NAMES = _words("of de del della der den di da dos du la le van von bin al")
# After these, “in” says into what, not where.
INTO = _words(
    """
    believe believed believer believers confidence faith holding holdings interest
    interested invest invested investing investment investments investor investors
    position share shares stake stakes stock trust
    """
)
