# hard-coded account | literal | TP_VAL_1 | +2
locals {
  mutated = "arn:aws:sqs:us-east-1:123456789012:queue-x"
}
