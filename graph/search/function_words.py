"""English, folded, data only: words that a question is built with and not about, and forms that no ending tells.

Words of asking and of saying are among them: every sentence of a corpus is somebody's saying.
"""

_WORDS = """
  a an the this that these those such same
  i me my you your he him his she her it its we us our they them their one ones
  anybody anyone anything nobody none nothing somebody someone something everybody everyone everything
  who whom whose what which when where why how whether
  much many more most few any some each every all both either neither no not nor only also just even ever
  and or but if then than so as because while though although
  of in on at to from by with without about for into onto over under between among through during before after
  since until against within upon out off up down near there here
  am is are was were be been being isnt arent wasnt werent
  do does did doing done dont doesnt didnt
  has have had having hasnt havent hadnt
  can could may might must shall should will would cannot cant couldnt wont wouldnt shouldnt
  say says said saying tell tells told according please exactly really actually happen happens happened
"""
FUNCTION_WORDS = frozenset(_WORDS.split())
# Whatever begins with one of these is asked; those below ask for an answer of their own kind.
_ASKING = """
  who whom whose what which when where why how whether is are was were do does did has have had can could will would
"""
ASKING = frozenset(_ASKING.split())
ASKED_FOR = frozenset({"many", "much", "when", "where"})

_IRREGULAR = """
  begin began begun
  blow blew blown
  break broke broken
  bring brought
  build built
  buy bought
  catch caught
  child children
  come came
  dig dug
  drive drove driven
  fall fell fallen
  fight fought
  find found
  flee fled
  get got
  give gave given
  go went gone
  hide hid hidden
  hold held
  keep kept
  know knew known
  lead led
  leave left
  lose lost
  man men
  meet met
  pay paid
  rise rose risen
  run ran
  see saw seen
  sell sold
  send sent
  shoot shot
  speak spoke spoken
  strike struck
  take took taken
  think thought
  win won
  woman women
  write wrote written
"""
# a form → all forms of its word
IRREGULAR = {form: tuple(line.split()) for line in _IRREGULAR.split("\n") for form in line.split()}
