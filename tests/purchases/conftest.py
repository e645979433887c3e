import pytest

from planning.people.scope import scope
from tests.cast import member


@pytest.fixture
def office(inside):
    """The cast with somebody who decides for security and somebody who decides for legal."""
    inside.security = member(inside.workspace, "Aiko Tanaka", "technology", "planner", holds=["security"])
    inside.legal = member(inside.workspace, "Lena Recht", "finance", "planner", holds=["legal"])
    return inside


@pytest.fixture
def committed_cast(committed_cast):
    """With a second lead of marketing."""
    cast = committed_cast
    with scope(cast.workspace):
        cast.second_cmo = member(cast.workspace, "Mila Zwei", "marketing", "lead")
    return cast
