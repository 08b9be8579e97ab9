"""What people asked, what they want to hear of, and the words and results that moderators look after."""

from .asked import AskedMark, AskedWords
from .own import RecentSearch, SavedSearch
from .tended import Pin, Synonyms

__all__ = ["AskedMark", "AskedWords", "Pin", "RecentSearch", "SavedSearch", "Synonyms"]
