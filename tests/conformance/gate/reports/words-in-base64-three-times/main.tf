locals {
  blob = "WkVkb2JFbElSakZoVjA1eVNVZEtlV0l6WkhWSlIxcDJaVU5DY1dSWE1YZGplVUoyWkcxV2VVbElVbTlhVTBKcllqSmpQUT09"
}
