module "grant" {
  source   = "./grant"
  for_each = { a = "sqs:SendMessage", b = "sns:*" }
  action   = each.value
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = values(module.grant)[*].json
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
