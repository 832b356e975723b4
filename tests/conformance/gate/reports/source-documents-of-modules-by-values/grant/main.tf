variable "action" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = [var.action]
    resources = ["arn:aws:sns:us-east-1:111122223333:t"]
  }
}
output "json" { value = data.aws_iam_policy_document.d.json }
