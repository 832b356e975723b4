# a secret | literal | TP_VAL_2 | +2
locals {
  mutated = "AKIAQ3EGVEKWZN7XMPLT"
}
