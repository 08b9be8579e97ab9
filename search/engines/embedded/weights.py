"""What the clauses of a question weigh: measured on eleven collections in Dutch and English."""

STEM_WEIGHT = 0.9
PREFIX_WEIGHT = 0.9
SPLIT_WEIGHT = 0.7
PARTS_WEIGHT = 0.6
PART_WEIGHT = 0.35
STOP_WEIGHT = 0.15
# Automata score a constant; this many times the rarity of what they match comes near a term's score.
AUTOMATON_FREQUENCY = 1.5
TIE = 0.1
COVERAGE = 2.0
PHRASE_WEIGHTS = {"title": 0.2, "body": 0.15}
SAME_TITLE = 20.0
SAME_BEGINNING = 6.0
# An automaton takes the longer to make the longer its text is.
LONGEST_BEGINNING = 60
CODE_SCORE = 4.0
