"""The rules of the house, so that its quality does not depend on anybody's memory."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from alignment.celery import TIMETABLE
from alignment.celery import app as celery
from planning.shared.templatetags.frame import ROOMS as NAVIGATION
from planning.trail.acts import ACTIONS

ROOT = settings.BASE_DIR
ORDER = {room: number for number, room in enumerate(settings.ROOMS)}
SOURCES = [path for path in (ROOT / "planning").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "planning").parts[0]


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("planning"):
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("planning.")}
    return rooms


@pytest.mark.parametrize("room", settings.ROOMS)
def test_a_room_imports_only_downward(room):
    upward = {
        f"{path.relative_to(ROOT)} imports {other}"
        for path in SOURCES
        if room_of(path) == room
        for other in imported_rooms(path)
        if ORDER[other] < ORDER[room]
    }
    assert not upward


def test_the_readme_shows_every_room_from_top_to_bottom():
    assert re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(), re.M) == settings.ROOMS


def test_foreign_keys_point_only_downward():
    upward = {
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.local_fields
        if field.is_relation and field.related_model._meta.app_label in ORDER
        if ORDER[field.related_model._meta.app_label] < ORDER[model._meta.app_label]
    }
    assert not upward


# ── Doors and actions ────────────────────────────────────────────────────────────────────────────────────────────────
def routes(patterns=None, prefix=""):
    """Every (path, view) of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from routes(pattern.url_patterns, path)


def rooms_routes():
    return [(path, view) for path, view in routes() if path.startswith("<slug:workspace>/")]


def test_every_page_of_a_workspace_has_a_door():
    assert rooms_routes()
    assert not [path for path, view in rooms_routes() if not getattr(view, "is_door", False)]


def test_people_can_do_what_the_routes_offer_and_nothing_else():
    offered = {act.verb for _path, view in routes() for act in getattr(view, "does", ())}
    known = {verb for verb, act in ACTIONS.items() if act.by == "person"}
    assert offered == known


def test_every_post_route_names_its_action():
    unnamed = [path for path, view in rooms_routes() if "POST" in view.rules and not view.does]
    assert not unnamed


def test_the_clock_does_what_the_timetable_says_and_nothing_else():
    celery.loader.import_default_modules()
    assert set(TIMETABLE) <= set(celery.tasks)
    tasks = "\n".join(path.read_text() for path in SOURCES if path.name == "tasks.py")
    idle = [verb for verb, act in ACTIONS.items() if act.by == "clock" and not re.search(rf"\b{act.__name__}\b", tasks)]
    assert not idle


def test_what_senders_can_do_the_api_offers():
    api = "\n".join(path.read_text() for path in SOURCES if room_of(path) == "api")
    assert not [v for v, act in ACTIONS.items() if act.by == "sender" and f".{act.__name__}(" not in api]


# Pages people come to in another way than by a link: from outside, or asked for by a script.
COME_TO_OTHERWISE = {"notices:bell"}


def named_looks(patterns=None, space=""):
    """room:name of every page of a workspace that is looked at and needs no thing in its address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(pattern, URLPattern):
            yield from named_looks(pattern.url_patterns, pattern.namespace or space)
        elif "GET" in getattr(pattern.callback, "rules", ()) and "<" not in str(pattern.pattern):
            yield f"{space}:{pattern.name}"


def test_a_link_leads_to_every_page():
    """A room's first page stands in the navigation, or another room leads to it; the room's own pages do the rest."""
    told = {path: path.read_text() for path in [*SOURCES, *TEMPLATES] if path.name != "urls.py"}
    lost = set()
    for name in named_looks():
        room, page = name.split(":")
        elsewhere = (text for path, text in told.items() if page != "index" or room not in path.parts)
        if not any(re.search(rf"[\"']{name}[\"']", text) for text in elsewhere):
            lost.add(name)
    assert lost - COME_TO_OTHERWISE == {f"{room.name}:index" for room in NAVIGATION} & lost


def test_every_action_says_what_it_does():
    assert not [verb for verb, act in ACTIONS.items() if "{subject}" not in str(act.says)]


# ── Templates ────────────────────────────────────────────────────────────────────────────────────────────────────────
LIBRARIES = ("account/", "mfa/", "socialaccount/", "allauth/", "usersessions/", "bootstrap5/", "django/", "ninja/")
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def name_of(template: Path) -> str:
    return template.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_compiles_and_keeps_the_policy(template):
    text = template.read_text()
    get_template(name_of(template))
    if not name_of(template).startswith(("notices/mail", "mail/")):  # mail readers know no style sheets
        assert not re.search(r"<script(?![^>]*(?:src=|type=\"application/json\"))|\sstyle=\"|\son[a-z]+=\"", text)


def test_no_template_is_unused():
    code = "\n".join(path.read_text() for path in [*SOURCES, *TEMPLATES, *(ROOT / "alignment").rglob("*.py")])
    names = [name_of(template) for template in TEMPLATES]
    unused = [
        name
        for name in names
        if name not in BY_NAME
        and not name.startswith(LIBRARIES)
        and f'"{name}"' not in code
        and f"'{name}'" not in code
    ]
    assert not unused


def test_every_form_that_changes_something_is_protected_and_done_once():
    bare = [
        name_of(template)
        for template in TEMPLATES
        if not name_of(template).startswith(LIBRARIES)
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", template.read_text(), re.S | re.I)
        if "csrf_token" not in form or "{% once" not in form
    ]
    assert not bare


def test_no_form_puts_its_tokens_into_an_address():
    assert not [name_of(template) for template in TEMPLATES if re.search(r"formmethod=.?get", template.read_text())]


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_no_junk_drawers():
    forbidden = {"utils", "helpers", "common", "services", "managers", "mixins"}
    assert not [path.relative_to(ROOT) for path in SOURCES if path.stem in forbidden]


def test_nobody_asks_the_machine_what_day_it_is():
    machine = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|datetime\.today\(|time\.time\(")
    asking = [
        str(path.relative_to(ROOT)) for path in SOURCES if path.name != "clock.py" and machine.search(path.read_text())
    ]
    assert not asking
