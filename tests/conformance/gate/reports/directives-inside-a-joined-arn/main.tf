variable "aws_region" {
  default = "eu-west-1"
}
variable "account" {
  default = "123456789012"
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.d.json
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type = "AWS"
      identifiers = [
        join("", [
          "arn:aws:iam::${var.account}:role/aws-reserved/sso.amazonaws.com",
          "%{if var.aws_region != "us-east-1"}/${var.aws_region}%{endif}",
          "/AWSReservedSSO_admin_0123456789abcdef",
        ])
      ]
    }
  }
}
