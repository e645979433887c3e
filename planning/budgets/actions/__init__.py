"""What people do with budgets. Each is one transaction, one entry of the history."""

from .agreement import decide, propose, recall, take_to_sponsor
from .ahead import place_promises
from .attachments import attach, detach
from .budgets import close_budget, create_budget, set_envelopes
from .cells import set_cells
from .clock import go_on_without_agreement, report_drift
from .evidence import judge_result, record_result, write_case
from .forecast import keep_forecast, type_forecast
from .importing import bring_file, finish_file, leave_file, map_file, take_file
from .limits import add_dimension, rename_dimension, retire_dimension, set_limits
from .lines import add_line, edit_line, note_line, remove_line
from .month_end import (
    answer_accruals,
    ask_for_accruals,
    ask_for_accruals_on_time,
    ask_for_explanations,
    ask_for_explanations_on_time,
    comment_explanation,
    explain,
)
from .opening import (
    add_opening_order,
    decide_opening,
    propose_opening,
    remove_opening_order,
    set_opening,
)
from .rollover import roll_over
from .scenarios import (
    add_step,
    create_scenario,
    promote_scenario,
    refresh_scenario,
    remove_scenario,
    remove_step,
)
from .targets import set_target
from .transfers import decide_transfer, move, recall_transfer, reverse_transfer
from .true_up import give_back_unspent, spend_later

__all__ = [
    "set_opening",
    "remove_opening_order",
    "propose_opening",
    "decide_opening",
    "add_opening_order",
    "give_back_unspent",
    "spend_later",
    "roll_over",
    "keep_forecast",
    "type_forecast",
    "add_dimension",
    "remove_step",
    "remove_scenario",
    "refresh_scenario",
    "promote_scenario",
    "create_scenario",
    "add_step",
    "take_file",
    "map_file",
    "leave_file",
    "finish_file",
    "bring_file",
    "add_line",
    "attach",
    "answer_accruals",
    "ask_for_accruals",
    "ask_for_accruals_on_time",
    "ask_for_explanations",
    "ask_for_explanations_on_time",
    "close_budget",
    "comment_explanation",
    "create_budget",
    "decide",
    "decide_transfer",
    "detach",
    "edit_line",
    "go_on_without_agreement",
    "explain",
    "judge_result",
    "move",
    "note_line",
    "place_promises",
    "propose",
    "recall",
    "recall_transfer",
    "record_result",
    "remove_line",
    "rename_dimension",
    "retire_dimension",
    "report_drift",
    "reverse_transfer",
    "set_cells",
    "set_envelopes",
    "set_limits",
    "set_target",
    "take_to_sponsor",
    "write_case",
]
