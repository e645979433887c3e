import pytest

from tests.cast import make_cast


@pytest.fixture
def committed_cast(transactional_db):
    """The cast, committed, for tests with connections of their own."""
    return make_cast()
