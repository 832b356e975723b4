variable "vpc_id" {
  type    = string
  default = "vpc-0123456789abcdef0"
}

data "aws_iam_policy_document" "api" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["execute-api:/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = [var.vpc_id]
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "api" {
  rest_api_id = "a1b2c3"
  policy      = data.aws_iam_policy_document.api.json
}
