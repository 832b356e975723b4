# a secret | literal | TP_VAL_2 | +2
locals {
  mutated = "AKIAIOSFODNN7EXAMPLE"
}
