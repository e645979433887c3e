"""What a new workspace starts with: categories as marketing and technology buy them, theirs to change."""

from django.utils import translation
from django.utils.translation import gettext as _

from .models import Category, Domain


def tree():
    """{domain: {branch: [leaves]}}, in the language that is active."""
    return {
        Domain.MARKETING: {
            _("Media"): [
                _("Search"), _("Social"), _("Display and video"), _("Television and radio"), _("Outdoor and print"),
            ],
            _("Agencies and freelancers"): [
                _("Creative agency"), _("Media agency"), _("Public relations"), _("Freelancers"),
            ],
            _("Content and production"): [_("Photography and film"), _("Copy and translation"), _("Print and mailing")],
            _("Events and sponsoring"): [_("Trade fairs"), _("Own events"), _("Sponsoring")],
            _("Research and insight"): [_("Market research"), _("Brand tracking")],
            _("Promotion and loyalty"): [_("Vouchers and samples"), _("Loyalty programme")],
        },
        Domain.TECHNOLOGY: {
            _("Marketing technology"): [
                _("Customer data platform"), _("E-mail and automation"), _("Advertising technology"),
                _("Personalisation and testing"), _("Consent and preference"),
            ],
            _("Commerce and web"): [_("Web shop"), _("Content management"), _("Search and recommendation")],
            _("Data and analytics"): [_("Analytics tools"), _("Data warehouse"), _("Data services")],
            _("Cloud and hosting"): [_("Cloud services"), _("Content delivery"), _("Monitoring")],
            _("Security"): [_("Identity and access"), _("Channel security"), _("Audits and tests")],
            _("Software licences"): [_("Productivity"), _("Artificial intelligence tools")],
            _("Projects and integration"): [_("Implementation partners"), _("Integration"), _("Contractors")],
        },
        Domain.OTHER: {
            _("People cost"): [_("Salaries"), _("Training"), _("Travel")],
            _("Unallocated"): [],
        },
    }  # fmt: skip


def seed(workspace) -> list[Category]:
    """Give an empty workspace its categories, in its own language; with categories already, nothing changes."""

    if Category.objects.of(workspace).exists():
        return []
    with translation.override(workspace.language):
        made = [
            branch(workspace, domain, name, leaves)
            for domain, names in tree().items()
            for name, leaves in names.items()
        ]
    return [category for categories in made for category in categories]


def branch(workspace, domain, name, leaves) -> list[Category]:
    parent = Category.objects.create(workspace=workspace, name=name, domain=domain)
    children = [Category(workspace=workspace, parent=parent, name=leaf, domain=domain) for leaf in leaves]
    return [parent, *Category.objects.bulk_create(children)]
