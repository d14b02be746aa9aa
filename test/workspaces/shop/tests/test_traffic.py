"""The waves of visitors."""

from app.traffic import Wave


def test_visitors_rise_to_the_crest_and_fall_back() -> None:
    wave = Wave(trough=2, crest=30, period_seconds=40)
    assert [wave.visitors(second) for second in (0, 10, 20, 30, 40)] == [2, 16, 30, 16, 2]
