variable "policy_arn" {
  type = string
}

resource "aws_iam_role_policy_attachment" "trade" {
  role       = "trade"
  policy_arn = var.policy_arn # expect: unknown
}

data "aws_ssm_parameter" "policy" {
  name = "/desk/policy-arn"
}

resource "aws_iam_role_policy_attachment" "kept_elsewhere" {
  role       = "trade"
  policy_arn = data.aws_ssm_parameter.policy.value # expect: unknown
}
