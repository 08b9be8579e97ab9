"""Loading the demo: all or nothing, its dates moved to now."""

import shutil
from datetime import date, timedelta

import pytest

from communities.models import CommunityPage
from kring.home.actions import demo
from kring.importing.models import ImportedRecord
from kring.people.models import Skill, User


def test_a_damaged_demo_leaves_an_empty_site(db, tmp_path, monkeypatch):
    folder = shutil.copytree(demo.FOLDER, tmp_path / "demo")
    with (folder / "communities.jsonl").open("a") as stream:
        stream.write('{"id": "broken", "created": "2025-01-01"}\n')
    monkeypatch.setattr(demo, "FOLDER", folder)
    with pytest.raises(ValueError, match=r"The demo is damaged: .*title is missing"):
        demo.load_demo(date(2026, 11, 25))
    counts = [model.objects.count() for model in (User, Skill, CommunityPage, ImportedRecord)]
    assert counts == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "record, found",
    [
        ({"created": "2026-11-05"}, {"created": "2026-11-19"}),
        ({"created": "2026-11-05T11:20:00+01:00"}, {"created": "2026-11-19T11:20:00+01:00"}),
        ({"answers": [{"created": "2026-12-30"}]}, {"answers": [{"created": "2027-01-13"}]}),
        ({"title": "2026-11-05", "tags": ["2026-11-05"]}, {"title": "2026-11-05", "tags": ["2026-11-05"]}),
        ({"review_on": "2027-02-01"}, {"review_on": "2027-02-15"}),
        ({"created": "yesterday"}, {"created": "yesterday"}),
    ],
)
def test_dates_move_by_weeks_and_nothing_else_does(record, found):
    assert demo.moved(record, timedelta(weeks=2)) == found
