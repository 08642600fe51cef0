"""Settings come from the environment, or the start stops with one plain line."""

from pathlib import Path

import pytest

from server.config import Settings, WrongSetting, described, from_surroundings, load


def test_without_any_variable_it_runs_on_this_machine() -> None:
    settings = load({})
    assert settings.port == 8080
    assert settings.public_address == "http://localhost:8080"
    assert settings.sample_sign_in


def test_the_public_address_follows_the_port() -> None:
    assert load({"PORT": "9000"}).public_address == "http://localhost:9000"


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text("# a remark\nPORT=9001\nGOAL_DAYS='14'\n# HOST=nowhere\n")
    monkeypatch.setenv("PORT", "9002")
    settings = from_surroundings(file)
    assert (settings.port, settings.goal_days, settings.host) == (9002, 14, "127.0.0.1")


def test_an_empty_variable_is_no_variable() -> None:
    assert load({"PORT": ""}).port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "synpunkter.example.se"),
        ("PUBLIC_URL", "http://synpunkter.example.se"),
        ("PUBLIC_URL", "https://synpunkter.example.se/path"),
        ("SECRET", "short"),
        ("DEV_SIGN_IN", "perhaps"),
        ("GOAL_DAYS", "0"),
        ("LOG_LEVEL", "loud"),
        ("DIRECTORY", "no/such/file.json"),
    ],
)
def test_a_wrong_setting_stops_the_start_by_name_with_an_example(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        load({name: value})
    assert wrong.value.name == name
    assert "For example" in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_the_line_never_tells_what_the_secret_was() -> None:
    with pytest.raises(WrongSetting) as wrong:
        load({"SECRET": "hunter2"})
    assert "hunter2" not in str(wrong.value)


def test_a_file_that_may_be_sent_fits_into_a_request() -> None:
    assert load({"FILE_MB": "59", "MAX_UPLOAD_MB": "60"}).file_mb == 59
    with pytest.raises(WrongSetting, match="MAX_UPLOAD_MB"):
        load({"FILE_MB": "60", "MAX_UPLOAD_MB": "60"})


def test_a_public_address_needs_a_secret() -> None:
    with pytest.raises(WrongSetting, match="SECRET"):
        load({"PUBLIC_URL": "https://synpunkter.example.se"})


def test_where_others_come_or_other_processes_keys_lie_where_somebody_has_put_them() -> None:
    for served in ({"DATABASE_URL": "postgresql://localhost/gensvar"}, PUBLIC | {"KEYS": ""}):
        with pytest.raises(WrongSetting, match="keys add"):
            load(served)
    assert load({}).key_file == Path("var/keys")


PUBLIC = {"PUBLIC_URL": "https://synpunkter.example.se", "SECRET": "x" * 32, "KEYS": "/etc/gensvar/keys"}
PROXIED = {"PROXIES": "1"}
OUTSIDE = [{"HOST": host} for host in ("0.0.0.0", "::", "127.0.0.2", "192.0.2.1", "web", "*")]  # noqa: S104
"""Where others can reach the port, whatever they write as host in a request."""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_sample_sign_in_is_there_on_this_very_machine(host: str) -> None:
    assert load({"HOST": host}).sample_sign_in
    assert load({"HOST": host, "DEV_SIGN_IN": "yes"}).sample_sign_in
    assert not load({"HOST": host, "DEV_SIGN_IN": "no"}).sample_sign_in


@pytest.mark.parametrize("reachable", [PUBLIC, PROXIED, *OUTSIDE], ids=str)
def test_sample_sign_in_is_never_where_others_can_reach_the_service(reachable: dict[str, str]) -> None:
    assert not load(reachable).sample_sign_in
    with pytest.raises(WrongSetting, match="DEV_SIGN_IN"):
        load({**reachable, "DEV_SIGN_IN": "yes"})


def test_sample_sign_in_is_there_through_a_proxy_only_where_that_is_said_and_nobody_else_reaches_it() -> None:
    assert load({**PROXIED, "DEV_SIGN_IN": "proxied"}).sample_proxied
    assert load({**PROXIED, "DEV_SIGN_IN": "proxied"}).sample_sign_in
    for chosen in ("auto", "yes", "no"):
        assert not load({"DEV_SIGN_IN": chosen}).sample_proxied
    for reachable in (PUBLIC, *OUTSIDE):
        with pytest.raises(WrongSetting, match="DEV_SIGN_IN"):
            load({**reachable, "DEV_SIGN_IN": "proxied"})


def test_every_setting_has_help_and_an_example_that_can_be_used() -> None:
    for name, help_text, _, example in described():
        assert help_text.endswith("."), name
        assert example, name
    usable = {name: example for name, _, _, example in described() if name != "DIRECTORY"}
    assert load(usable).port == 8080


def test_paths_are_paths() -> None:
    assert load({"DATABASE": "a/b.db"}).database == Path("a/b.db")
    assert Settings().kept == Path("var")


def test_redis_is_for_processes_that_share_a_database() -> None:
    with pytest.raises(WrongSetting, match="DATABASE_URL"):
        load({"REDIS_URL": "redis://localhost"})
    both = {"REDIS_URL": "redis://localhost", "DATABASE_URL": "postgresql://localhost/gensvar", "KEYS": "keys"}
    assert load(both).redis_url == "redis://localhost"


def test_only_postgresql_can_stand_instead_of_the_file() -> None:
    with pytest.raises(WrongSetting, match="DATABASE_URL") as told:
        load({"DATABASE_URL": "mysql://somebody:hush@localhost/gensvar"})
    assert "hush" not in str(told.value)
