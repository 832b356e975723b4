data "aws_organizations_organization" "ours" {}

resource "aws_cloudwatch_event_permission" "ours" {
  principal    = "*"
  statement_id = "Ours"
  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = data.aws_organizations_organization.ours.id
  }
}
