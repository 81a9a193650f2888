"""Settings: flags above the environment above the file above the defaults; nothing crashes."""

from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from playground.settings import Settings, find_places, load


def test_without_a_file_the_defaults_stand(tmp_path: Path) -> None:
    assert load(find_places(tmp_path), {}) == (Settings(), [])


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    places = find_places(tmp_path)
    places.config.write_text('language = "ru"\nseconds = 2\n', "utf-8")
    settings, problems = load(places, {"PLAYGROUND_LANGUAGE": "pt-BR"})
    assert (settings.language, settings.seconds, problems) == ("pt-BR", 2.0, [])


def test_keys_are_set_by_action(tmp_path: Path) -> None:
    places = find_places(tmp_path)
    places.config.write_text('[keys]\nrun = "f5,ctrl+r"\n', "utf-8")
    assert load(places, {})[0].keys == {"run": "f5,ctrl+r"}


def test_an_unknown_name_is_said_with_the_nearest(tmp_path: Path) -> None:
    places = find_places(tmp_path)
    places.config.write_text('langage = "ru"\n', "utf-8")
    settings, problems = load(places, {})
    assert settings == Settings()
    assert "langage" in problems[0]
    assert "language" in problems[0]


def test_a_value_that_does_not_fit_is_said_and_the_default_stands(tmp_path: Path) -> None:
    settings, problems = load(find_places(tmp_path), {"PLAYGROUND_SECONDS": "soon"})
    assert settings.seconds == Settings().seconds
    assert "seconds" in problems[0]


def test_a_broken_file_is_said(tmp_path: Path) -> None:
    places = find_places(tmp_path)
    places.config.write_bytes(b"language = \xff")
    settings, problems = load(places, {})
    assert settings == Settings()
    assert str(places.config) in problems[0]


@given(st.binary(max_size=60))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_settings(tmp_path: Path, data: bytes) -> None:
    places = find_places(tmp_path)
    places.config.write_bytes(data)
    assert isinstance(load(places, {})[0], Settings)


def test_home_moves_everything(tmp_path: Path) -> None:
    places = find_places(tmp_path / "São Paulo Москва")
    for place in (places.config, places.data, places.cache, places.log, places.resume):
        assert place.is_relative_to(tmp_path / "São Paulo Москва")
