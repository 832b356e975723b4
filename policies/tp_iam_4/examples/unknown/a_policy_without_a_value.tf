variable "policy_arn" {
  type = string
}

resource "aws_iam_role_policy_attachment" "trade" {
  role       = "trade"
  policy_arn = var.policy_arn # expect: unknown
}
