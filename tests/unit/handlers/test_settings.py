import json
from pathlib import Path

import pytest
from handlers.settings import Settings, SettingsError, code_identity

ENVIRONMENT = {"AUDIT_TABLE": "a", "LOG_ORIGIN": "o", "MARKET_TABLE": "m", "ROUTE": "trade"}


def test_settings_have_defaults_where_the_deployment_says_nothing() -> None:
    settings = Settings.read(ENVIRONMENT)
    assert (settings.late_after_ms, settings.minute_shards, settings.hour_shards, settings.record_shards) == (
        1000,
        8,
        4,
        1,
    )
    assert settings.namespace == "Tapeproof"


@pytest.mark.parametrize("name", sorted(ENVIRONMENT))
def test_a_missing_variable_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.read(ENVIRONMENT | {name: " "})
    assert "Terraform" in caught.value.diagnostics()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_ITEM_BYTES", "4095"),
        ("MAX_ITEM_BYTES", "500000"),
        ("MINUTE_SHARDS", "0"),
        ("HOUR_SHARDS", "257"),
        ("RECORD_SHARDS", "x"),
        ("LATE_AFTER_MS", "-1"),
        ("LATE_AFTER_MS", "9" * 5000),
        ("MINUTE_SHARDS", "٣"),
    ],
)
def test_a_number_out_of_its_range_is_refused_with_the_range(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be a whole number from"):
        Settings.read(ENVIRONMENT | {name: value})


def test_the_code_is_named_by_the_record_of_its_build(tmp_path: Path) -> None:
    record = tmp_path / "build.json"
    assert code_identity({}, record).code_sha256 == "unbuilt"
    record.write_text(json.dumps({"contents_sha256": "ab", "version": "0.1.0"}))
    identity = code_identity({"AWS_LAMBDA_FUNCTION_VERSION": "7"}, record)
    assert (identity.code_sha256, identity.version) == ("ab", "0.1.0+7")
