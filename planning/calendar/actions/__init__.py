"""What people can do with the calendar, by the thing they do it to."""

from .categories import add_category, change_category, restore_category, retire_category
from .closing import close, reopen, soft_close, tie_out
from .holidays import add_holiday, import_holidays, remove_holiday, set_hours
from .rates import add_rate, import_rates

__all__ = [
    "add_category", "add_holiday", "add_rate", "change_category", "close", "import_holidays", "import_rates",
    "remove_holiday", "reopen", "restore_category", "retire_category", "set_hours", "soft_close",
    "tie_out",
]  # fmt: skip
