from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member, Role, Side, Workspace

from .membership import HOLDS
from .zones import ZoneSelect, zones


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    side = forms.ChoiceField(label=_("Side"), choices=[(side.value, side.label.capitalize()) for side in Side])
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label.capitalize()) for role in Role], initial="planner"
    )


class PlaceForm(forms.Form):
    side = forms.ChoiceField(label=_("Side"), choices=[(side.value, side.label.capitalize()) for side in Side])
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label.capitalize()) for role in Role])
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    holds = forms.MultipleChoiceField(
        label=_("Also decides"), choices=HOLDS.items(), required=False, widget=forms.CheckboxSelectMultiple
    )


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=Member.objects.none(), empty_label=_("Choose somebody"))
    starts = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(
        label=_("Until"), widget=DateInput(), help_text=_("The first day on which they no longer decide.")
    )

    def __init__(self, *args, holder, **kwargs):
        super().__init__(*args, **kwargs)
        same_side = (
            Member.objects.of(holder.workspace).active().on(holder.side).filter(role__in=[Role.LEAD, Role.PLANNER])
        )
        self.fields["deputy"].queryset = same_side.exclude(pk=holder.pk).people().select_related("workspace")


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False, widget=ZoneSelect)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=TimeInput())
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=TimeInput(),
        help_text=_("No mail comes between these times; it comes after."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = [("", _("The workspace's")), *zones()]


class TokenForm(forms.Form):
    label = forms.CharField(label=_("What is it for?"), max_length=80)


class NameForm(forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ["name", "leads_need_second_factor"]


class SettingsForm(forms.ModelForm):
    """Everything; while no budget is agreed."""

    class Meta:
        model = Workspace
        fields = ["name", "leads_need_second_factor", "currency", "fiscal_start", "fiscal_label", "timezone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["timezone"].widget = ZoneSelect(choices=zones())
        self.fields["fiscal_start"].widget = forms.Select(choices=list(MONTHS.items()))

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()


class NewcomerForm(forms.Form):
    """Somebody who has no account yet says who they are."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. You can add a passkey or a second factor afterwards."),
    )

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]
