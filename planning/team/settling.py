"""What a workspace is: its name, whether leads need a second factor, and, until a budget is agreed, its calendar."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.people.models import Workspace
from planning.shared.locking import lock
from planning.shared.plain import difference
from planning.shared.refusals import Refused
from planning.signoffs.models import Paper
from planning.trail.acts import action, record

FIXED = ("currency", "fiscal_start", "fiscal_label", "timezone")
FREE = ("name", "leads_need_second_factor")


def calendar_is_fixed(workspace) -> bool:
    """Once a budget was agreed its amounts and months mean something; what they are counted in stays."""
    return Paper.objects.of(workspace).filter(kind="budget", state=Paper.State.AGREED).exists()


@action(_("changed the settings of {subject}"))
def change_settings(member, **fields) -> Workspace:
    """Change name, second factor and, while no budget is agreed, currency, fiscal calendar and time zone.

    Refused: a fixed field that differs once a budget is agreed, a zone or currency that does not exist.
    """
    workspace = lock(Workspace.objects.all(), member.workspace_id)
    fields = {name: fields[name] for name in (*FREE, *FIXED) if name in fields}
    before = {name: getattr(workspace, name) for name in fields}
    changed = difference(before, fields)
    touched = {change["field"] for change in changed}
    if touched & set(FIXED) and calendar_is_fixed(workspace):
        raise Refused(
            _g("Currency, fiscal year and time zone stay as they are once a budget is agreed."),
            min(touched & set(FIXED)),
        )
    if fields.get("timezone", "UTC") not in available_timezones():
        raise Refused(_g("“%(zone)s” is not a time zone.") % {"zone": fields["timezone"]}, "timezone")
    for name, value in fields.items():
        setattr(workspace, name, value)
    try:
        workspace.full_clean(validate_unique=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field) from error
    workspace.save(update_fields=list(fields))
    if changed:
        record(
            change_settings,
            member,
            workspace,
            before={name: before[name] for name in sorted(touched)},
            after={name: fields[name] for name in sorted(touched)},
        )
    return workspace
