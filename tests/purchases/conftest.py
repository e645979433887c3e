import pytest

from planning.people.scope import scope
from tests.cast import member
from tests.purchases import make


@pytest.fixture
def office(inside):
    return make.office(inside)


@pytest.fixture
def committed_cast(committed_cast):
    """With a second lead of marketing."""
    cast = committed_cast
    with scope(cast.workspace):
        cast.second_cmo = member(cast.workspace, "Mila Zwei", "marketing", "lead")
    return cast
