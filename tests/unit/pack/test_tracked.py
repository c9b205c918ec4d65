import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.tracked import Proposal, proposal_value, read_proposal

times = st.none() | st.datetimes() | st.datetimes(timezones=st.just(dt.UTC))


@given(st.text(), times)
def test_a_proposal_survives_its_mark(author, time):
    assert read_proposal(proposal_value(Proposal(author, time))) == Proposal(author, time)


def test_a_value_without_a_time_is_an_author():
    assert read_proposal("Graham Marsh") == Proposal("Graham Marsh")
    assert read_proposal("") == Proposal("")
