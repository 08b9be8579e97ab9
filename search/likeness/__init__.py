"""Which things are like each other, by the words of this site's own texts alone: no model of anybody else's.

Words that stand in the same texts come to lie near each other in a space of some hundred directions (latent
semantic analysis), so two texts are near without a word in common. `learning` finds the space, `model` places
texts in it, `storage` and `writing` keep where everything lies, `shelf` answers what is near.
"""
