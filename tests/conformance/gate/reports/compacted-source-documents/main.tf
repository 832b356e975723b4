variable "attach_wide" { default = false }
data "aws_iam_policy_document" "wide" {
  count = var.attach_wide ? 1 : 0
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::b"]
  }
}
data "aws_iam_policy_document" "narrow" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/*"]
  }
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = compact([
    var.attach_wide ? data.aws_iam_policy_document.wide[0].json : "",
    data.aws_iam_policy_document.narrow.json,
  ])
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
