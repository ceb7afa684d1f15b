from uuid import UUID

import pytest
from sqlalchemy import func, select

from eventday.db import db
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import models, queries, skills
from tests.factories import make_slot


def _activity(title: str) -> UUID:
    return queries.slot(make_slot(title=title)).activity_id


def test_activities_that_attest_the_same_share_one_skill(each_app):
    one, other = _activity("Lớp học số 1"), _activity("Lớp học số 2")

    skills.attest(one, "Quét mã VietQR để thanh toán")
    skills.attest(other, " Quét mã  VietQR để thanh toán ")

    assert {queries.activity(one).skill, queries.activity(other).skill} == {"Quét mã VietQR để thanh toán"}
    assert db.session.scalar(select(func.count()).select_from(models.Skill)) == 1


def test_an_empty_title_takes_it_back(each_app):
    activity = _activity("Lớp học số 3")
    skills.attest(activity, "Đăng nhập VNeID")

    skills.attest(activity, "")

    assert queries.activity(activity).skill is None


def test_an_activity_that_is_not_there_attests_nothing(each_app):
    with pytest.raises(NotFound):
        skills.attest(ids.new(), "Đăng nhập VNeID")

    assert db.session.scalar(select(func.count()).select_from(models.Skill)) == 0
