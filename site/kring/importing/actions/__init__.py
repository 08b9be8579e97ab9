"""Reading, checking and storing records."""

from .reading import RejectedError, UnusableError
from .reporting import Report
from .running import import_files
from .storing import Outcome

__all__ = ["Outcome", "RejectedError", "Report", "UnusableError", "import_files"]
