variable "applications" { default = [] }
locals { applications = toset(concat(["default"], var.applications)) }
resource "aws_kms_key" "key" { for_each = local.applications }
resource "aws_sns_topic" "t" {
  name = "topic-t"
  kms_master_key_id = aws_kms_key.key["default"].arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
