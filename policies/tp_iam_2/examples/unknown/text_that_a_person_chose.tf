data "aws_ssm_parameter" "arn" {
  name = "/market/arn"
}

data "aws_iam_policy_document" "trade" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [data.aws_ssm_parameter.arn.value] # expect: unknown
  }
}

resource "aws_iam_policy" "trade" {
  policy = data.aws_iam_policy_document.trade.json
}
