# hard-coded account | heredoc | TP_VAL_1 | +3
locals {
  mutated = <<-EOT
    arn:aws:sqs:us-east-1:123456789012:queue-x
  EOT
}
