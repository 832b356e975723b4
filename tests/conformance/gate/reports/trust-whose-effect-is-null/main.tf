variable "effect" {
  type    = string
  default = null
}
data "aws_iam_policy_document" "trust" {
  statement {
    effect  = var.effect
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
